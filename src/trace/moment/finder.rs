//! Naming points of a run, and finding them among events that come one after the other: in a trace, or while the run goes.

use super::series::{Place, Series, is_edge, starts_span};
use super::{At, Moment};
use crate::trace::event::Event;
use crate::trace::ids::TaskId;
use crate::trace::{Kind, Trace};

/// Whether an event is of a kind that numbers of version 1 count.
pub fn counts_in_version_1(event: Event) -> bool {
    event.kind().since() == 1
}

/// Looks for a point of a run, event by event.
#[derive(Clone, Copy, Debug)]
pub struct Finder {
    at: At,
    place: Place,
    /// Events so far that are counted.
    count: u32,
    /// The cursor after the last event that comes before the point in any run.
    nearest: usize,
    found: Option<usize>,
}

impl Finder {
    /// Before the first event.
    pub fn new(at: At) -> Self {
        let found = (at == At::Event(0)).then_some(0);
        Finder { at, place: Place::default(), count: 0, nearest: 0, found }
    }

    /// Takes in event `i`, the next one that is not [ignored](Self::ignores).
    pub fn see(&mut self, i: usize, event: Event) {
        let series = self.place.next(event);
        let (is_counted, is_before, nth) = match self.at {
            At::Event(nth) => (counts_in_version_1(event), true, nth),
            At::Moment(Moment { series: of, nth }) => (series == of, of.comes_after(series), nth),
        };
        if self.found.is_none() && (is_counted || is_before) {
            self.nearest = i + 1;
        }
        self.count += u32::from(is_counted);
        if is_counted && self.count == nth {
            self.found.get_or_insert(i + 1);
        }
    }

    /// The cursor of the point, if it has passed.
    pub fn found(&self) -> Option<usize> {
        self.found
    }

    /// Whether a wake of `task`, if that is the next event, is the one that is looked for.
    pub fn is_next_wake(&self, task: TaskId) -> bool {
        match self.at {
            At::Event(nth) => self.count + 1 == nth,
            At::Moment(Moment { series, nth }) => series == Series::Wakes(task) && self.count + 1 == nth,
        }
    }

    /// Whether events of this kind need not be seen.
    pub fn ignores(&self, kind: Kind) -> bool {
        match self.at {
            At::Event(_) => false,
            At::Moment(moment) => moment.series.ignores(kind),
        }
    }
}

/// The name of the point after `cursor` events; none at the start. Past the end it is that of the end.
pub fn moment_of(trace: &Trace, cursor: usize) -> Option<Moment> {
    let last = cursor.min(trace.len()).checked_sub(1)?;
    // Where a poll or call starts, nothing depends on what was before it.
    let start = (0..last).rev().find(|&i| starts_span(trace.columns.kind(i))).unwrap_or(0);
    let mut place = Place::default();
    for i in start..last {
        if is_edge(trace.columns.kind(i)) {
            place.next(trace.event(i));
        }
    }
    let series = place.next(trace.event(last));
    let mut finder = Finder::new(At::Moment(Moment { series, nth: u32::MAX }));
    for i in 0..=last {
        if !finder.ignores(trace.columns.kind(i)) {
            finder.see(i, trace.event(i));
        }
    }
    Some(Moment { series, nth: finder.count })
}

/// Where a point of a run is in a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
pub struct Found {
    /// The cursor.
    pub cursor: usize,
    /// Whether that is the very point. If not, the trace has none, and the cursor is the nearest one that is before it in
    /// any run.
    pub exact: bool,
}

/// Where a point is in a trace, or the nearest cursor before it.
pub fn find(trace: &Trace, at: At) -> Found {
    let mut finder = Finder::new(at);
    for i in 0..trace.len() {
        if finder.found.is_some() {
            break;
        }
        if !finder.ignores(trace.columns.kind(i)) {
            finder.see(i, trace.event(i));
        }
    }
    let ends = matches!(at, At::Moment(Moment { series: Series::Ended, .. }));
    let nearest = if ends { trace.len() } else { finder.nearest };
    Found { cursor: finder.found.unwrap_or(nearest), exact: finder.found.is_some() }
}
