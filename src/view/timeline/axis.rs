//! The axis: where on the timeline an event stands, for the whole run at once.
//!
//! A *position* counts units that are pixels where nothing is zoomed. Time stands still in a *column* wherever something
//! happens: a column has [`PAD`], and a [`SLOT`] for each poll in it, in order (and one for a poll that goes on from the
//! column before). Between columns time passes to scale, and has at least [`TIME_SHARE`] of what the columns have.
//! Positions never fall from one event to the next, and are the same at every cursor.
//!
//! The scale of time depends on the whole run, and so changes while a run grows. What is kept does not: of each stretch of
//! a few events where it begins, as a [`Spot`], which is how wide the columns before it are and what time it is. A spot
//! becomes a position when it is asked for.

use super::walk::{GAP, PAD, SLOT, Spot, WITHIN, Walk};
use crate::trace::Trace;

const TIME_SHARE: f64 = 0.39;
/// What passing time has at least, if any passes.
const TIME_LEAST: f64 = 400.0;
/// Events of a stretch.
const STRETCH: usize = 128;

/// An event on the axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stand {
    pub(super) event: usize,
    pub(super) at: f64,
    pub(super) column: u32,
}

/// Where each event stands: 188 KiB for a million events.
#[derive(Debug, Default)]
pub(super) struct Axis {
    /// Before the first event of each stretch.
    starts: Vec<Walk>,
    /// Behind the last event.
    end: Walk,
    /// The time of the first event.
    begin: u64,
    /// Units of a unit of time.
    per_time: f64,
    extent: f64,
}

impl Axis {
    /// Takes note of event `i`, which is the next one, and says where it stands.
    #[inline]
    pub(super) fn follow(&mut self, trace: &Trace, i: usize) -> Spot {
        let time = trace.time(i);
        if i == 0 {
            self.begin = time;
            self.end = Walk::beginning_at(time);
        }
        if i.is_multiple_of(STRETCH) {
            self.starts.push(self.end);
        }
        self.end.pass(trace.columns.kind(i), time);
        self.end.spot()
    }

    /// Finds the scale of time, after events were followed.
    pub(super) fn scale(&mut self) {
        let (wide, long) = (self.end.width_of_all(), self.end.spot().time - self.begin);
        let passing = if long == 0 { 0.0 } else { (wide * TIME_SHARE).max(TIME_LEAST) };
        self.per_time = if long == 0 { 0.0 } else { passing / long as f64 };
        self.extent = wide + passing;
    }

    /// Bytes that it takes.
    pub(super) fn memory(&self) -> usize {
        size_of_val(&*self.starts)
    }

    /// The position of the run's end.
    pub(super) fn extent(&self) -> f64 {
        self.extent
    }

    /// The position of a spot.
    #[inline]
    pub(super) fn at(&self, spot: Spot) -> f64 {
        spot.width() + (spot.time - self.begin) as f64 * self.per_time
    }

    /// How long a time is.
    #[inline]
    pub(super) fn length(&self, time: u64) -> f64 {
        time as f64 * self.per_time
    }

    /// A walk that stands before the first event of the stretch of `event`, and that event.
    fn walk_before(&self, event: usize) -> (Walk, usize) {
        let i = event / STRETCH;
        (self.starts.get(i).copied().unwrap_or_default(), i * STRETCH)
    }

    /// The events from `from` on, each with its position.
    pub(super) fn scan<'a>(&'a self, trace: &'a Trace, from: usize) -> impl Iterator<Item = Stand> + 'a {
        let (mut walk, begin) = self.walk_before(from);
        (begin..trace.len()).filter_map(move |event| {
            walk.pass(trace.columns.kind(event), trace.time(event));
            (event >= from).then(|| Stand { event, at: self.at(walk.spot()), column: walk.column() })
        })
    }

    /// The position of a cursor: of the event before it.
    pub(super) fn place(&self, trace: &Trace, cursor: usize) -> f64 {
        cursor.checked_sub(1).and_then(|event| self.scan(trace, event).next()).map_or(0.0, |s| s.at)
    }

    /// How many events stand at or before a position.
    pub(super) fn events_to(&self, trace: &Trace, at: f64) -> usize {
        let first = |i: usize| self.scan(trace, i * STRETCH).next().map_or(f64::INFINITY, |s| s.at);
        let (mut low, mut high) = (0, self.starts.len());
        while low < high {
            let middle = low.midpoint(high);
            if first(middle) <= at {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let beyond = self.scan(trace, low.saturating_sub(1) * STRETCH).find(|s| s.at > at);
        beyond.map_or(trace.len(), |s| s.event)
    }

    /// The middle of a time's column, if it has one; or where it would be.
    pub(super) fn place_of_time(&self, trace: &Trace, time: u64) -> f64 {
        let event = match time.checked_sub(1) {
            Some(before) => trace.columns.first_after(before),
            None => 0,
        };
        let Some(first) = self.scan(trace, event).next() else {
            return self.extent + self.length(time.saturating_sub(trace.end_time()));
        };
        first.at - self.length(trace.time(event).saturating_sub(time))
    }

    /// The columns of the events from `from` to before `to`: of each its time in ms, and where it begins and ends.
    pub(super) fn columns(&self, trace: &Trace, from: usize, to: usize) -> Vec<(f64, f64, f64)> {
        let (mut walk, begin) = self.walk_before(from);
        let mut found: Vec<(u32, f64, f64, f64)> = Vec::new();
        for event in begin..to {
            let before = walk;
            walk.pass(trace.columns.kind(event), trace.time(event));
            let rest = if walk.is_within() { SLOT - WITHIN } else { 0.0 };
            let end = self.at(walk.spot()) + rest + PAD / 2.0;
            match found.last_mut() {
                Some(last) if last.0 == walk.column() => last.3 = end,
                _ => {
                    let start = self.at(walk.column_start(&before)) - PAD / 2.0;
                    found.push((walk.column(), trace.unit.to_ms(walk.spot().time), start, end));
                }
            }
        }
        let first = if from == 0 { 0 } else { self.scan(trace, from).next().map_or(0, |s| s.column) };
        found.into_iter().filter(|c| c.0 >= first).map(|(_, time, from, to)| (time, from, to)).collect()
    }

    /// Where a poll ends, less the gap behind it.
    pub(super) fn before_gap(at: f64) -> f64 {
        at - GAP
    }
}
