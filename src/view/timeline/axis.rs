//! The axis: where on the timeline an event stands, for the whole run at once.
//!
//! A *position* counts units that are pixels where nothing is zoomed. Time stands still in a *column* wherever something
//! happens: a column has [`PAD`], and a [`SLOT`] for each poll in it, in order (and one for a poll that goes on from the
//! column before). Between columns time passes to scale, and has at least [`TIME_SHARE`] of what the columns have.
//! Positions never fall from one event to the next, and are the same at every cursor.
//!
//! Of each stretch of a few events the axis keeps where it begins; within one it counts.

use crate::trace::Kind;
use crate::trace::{TimeUnit, Trace};

/// The width of a poll, with the gap behind it.
pub(super) const SLOT: f64 = 18.0;
/// The gap.
pub(super) const GAP: f64 = 3.0;
/// What a column has besides, half of it before its polls.
const PAD: f64 = 8.0;
/// How far into a poll its events stand, as a part of the slot.
const WITHIN: f64 = 0.6;
const TIME_SHARE: f64 = 0.39;
/// Events of a stretch.
const STRETCH: usize = 128;
/// What passing time has at least, if any passes.
const TIME_LEAST: f64 = 400.0;

/// A walk along the events, counting columns and slots.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Walk {
    /// Slots that are full.
    slots: u32,
    /// Columns before this one.
    columns: u32,
    time: u64,
    /// Whether a poll is under way, and whether something has happened in it.
    open: bool,
    within: bool,
}

impl Walk {
    /// The next event.
    #[inline]
    pub(super) fn pass(&mut self, kind: Kind, time: u64) {
        if time != self.time {
            self.time = time;
            self.columns += 1;
            self.slots += u32::from(self.open);
        }
        match kind {
            Kind::PollStarted | Kind::CallStarted => (self.open, self.within) = (true, false),
            Kind::PollEnded | Kind::CallEnded if self.open => {
                self.slots += 1;
                (self.open, self.within) = (false, false);
            }
            _ => self.within = self.open,
        }
    }

    /// The number of the column.
    pub(super) fn column(&self) -> u32 {
        self.columns
    }

    /// The width of all columns so far, this one up to here.
    fn width(&self) -> f64 {
        let within = if self.within { WITHIN } else { 0.0 };
        (f64::from(self.slots) + within) * SLOT + f64::from(self.columns) * PAD + PAD / 2.0
    }
}

/// An event on the axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stand {
    pub(super) event: usize,
    pub(super) at: f64,
    pub(super) column: u32,
}

#[derive(Clone, Copy, Debug)]
struct Start {
    /// Before the stretch's first event.
    walk: Walk,
    /// Where that stands.
    at: f64,
}

/// Where each event stands: 312 KiB for a million events.
#[derive(Debug)]
pub(super) struct Axis {
    starts: Vec<Start>,
    begin: u64,
    /// Units of a unit of time.
    per_time: f64,
    extent: f64,
}

impl Axis {
    /// Counts, and calls `polled` for each poll that begins.
    pub(super) fn new(trace: &Trace, mut polled: impl FnMut(usize)) -> Self {
        let columns = &trace.columns;
        let begin = if columns.is_empty() { 0 } else { columns.time(0) };
        let (mut starts, mut walk) = (Vec::new(), Walk { time: begin, ..Walk::default() });
        for i in 0..columns.len() {
            if i % STRETCH == 0 {
                starts.push(Start { walk, at: 0.0 });
            }
            let kind = columns.kind(i);
            walk.pass(kind, columns.time(i));
            if matches!(kind, Kind::PollStarted | Kind::CallStarted) {
                polled(i);
            }
        }
        let (wide, long) = (walk.width() + PAD / 2.0 + if walk.open { SLOT } else { 0.0 }, trace.end_time() - begin);
        let passing = if long == 0 { 0.0 } else { (wide * TIME_SHARE).max(TIME_LEAST) };
        let per_time = if long == 0 { 0.0 } else { passing / long as f64 };
        let mut axis = Axis { starts, begin, per_time, extent: wide + passing };
        for i in 0..axis.starts.len() {
            let at = axis.place(trace, i * STRETCH + 1);
            axis.starts[i].at = at;
        }
        axis
    }

    /// Bytes that it takes.
    pub(super) fn memory(&self) -> usize {
        size_of_val(&*self.starts)
    }

    /// The position of the run's end.
    pub(super) fn extent(&self) -> f64 {
        self.extent
    }

    pub(super) fn at(&self, walk: &Walk) -> f64 {
        walk.width() + (walk.time - self.begin) as f64 * self.per_time
    }

    /// Where the column begins that the walk is in, given the slots that were full before it.
    fn column_start(&self, walk: &Walk) -> f64 {
        self.at(&Walk { within: false, ..*walk }) - PAD / 2.0
    }

    /// A walk that stands before the first event of the stretch of `event`, and that event.
    pub(super) fn walk_before(&self, event: usize) -> (Walk, usize) {
        let i = event / STRETCH;
        (self.starts.get(i).map_or(Walk::default(), |s| s.walk), i * STRETCH)
    }

    /// The events from `from` on, each with its position.
    pub(super) fn scan<'a>(&'a self, trace: &'a Trace, from: usize) -> impl Iterator<Item = Stand> + 'a {
        let columns = &trace.columns;
        let (mut walk, begin) = self.walk_before(from);
        (begin..columns.len()).filter_map(move |event| {
            walk.pass(columns.kind(event), columns.time(event));
            (event >= from).then(|| Stand { event, at: self.at(&walk), column: walk.column() })
        })
    }

    /// The position of a cursor: of the event before it.
    pub(super) fn place(&self, trace: &Trace, cursor: usize) -> f64 {
        cursor.checked_sub(1).and_then(|event| self.scan(trace, event).next()).map_or(0.0, |s| s.at)
    }

    /// How many events stand at or before a position.
    pub(super) fn events_to(&self, trace: &Trace, at: f64) -> usize {
        let i = self.starts.partition_point(|s| s.at <= at).saturating_sub(1);
        let beyond = self.scan(trace, i * STRETCH).find(|s| s.at > at);
        beyond.map_or(trace.len(), |s| s.event)
    }

    /// The middle of a time's column, if it has one; or where it would be.
    pub(super) fn place_of_time(&self, trace: &Trace, time: u64) -> f64 {
        let event = match time.checked_sub(1) {
            Some(before) => trace.columns.first_after(before),
            None => 0,
        };
        let Some(first) = self.scan(trace, event).next() else {
            return self.extent + time.saturating_sub(trace.end_time()) as f64 * self.per_time;
        };
        first.at - trace.time(event).saturating_sub(time) as f64 * self.per_time
    }

    /// The columns of the events from `from` to before `to`: of each its time in ms, and where it begins and ends.
    pub(super) fn columns(&self, trace: &Trace, from: usize, to: usize) -> Vec<(f64, f64, f64)> {
        let (mut walk, begin) = self.walk_before(from);
        let mut found: Vec<(u32, f64, f64, f64)> = Vec::new();
        let unit: TimeUnit = trace.unit;
        for event in begin..to {
            let before = walk;
            walk.pass(trace.columns.kind(event), trace.time(event));
            let end = self.at(&walk) + if walk.within { SLOT * (1.0 - WITHIN) } else { 0.0 } + PAD / 2.0;
            match found.last_mut() {
                Some(last) if last.0 == walk.columns => last.3 = end,
                _ => {
                    let start =
                        Walk { slots: before.slots + u32::from(before.open && before.columns != walk.columns), ..walk };
                    found.push((walk.columns, unit.to_ms(walk.time), self.column_start(&start), end));
                }
            }
        }
        let first = if from == 0 { 0 } else { self.scan(trace, from).next().map_or(0, |s| s.column) };
        found.into_iter().filter(|c| c.0 >= first).map(|(_, time, from, to)| (time, from, to)).collect()
    }
}
