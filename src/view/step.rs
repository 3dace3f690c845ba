//! Steps and jumps: where the next event of a kind is, found without reading the events in between.
//!
//! A *summary* says of each chunk of the columns which kinds of events and which tasks are in it. A search reads the
//! summaries, a thousandth of the events, and then the one chunk in which it ends (or few: that a kind and a task are both
//! in a chunk does not mean that they meet in an event).

use crate::trace::ids::TaskId;
use crate::trace::{Columns, Kind, TimeUnit, Trace};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What one step goes over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum StepUnit {
    /// One event.
    Event,
    /// To the end of a poll (or call).
    Poll,
    /// To the first event at another time; in a live run, to the start of a macrotask or of a frame's callback.
    Tick,
    /// To a wake.
    Wake,
    /// To a change of a machine's state, or of bytes.
    State,
    /// To a timer that is set, fires or is cancelled.
    Timer,
    /// To a drop.
    Drop,
    /// To a poll, a wake, and whatever else is no bookkeeping.
    Notable,
}

impl StepUnit {
    const fn kinds(self) -> &'static [Kind] {
        match self {
            StepUnit::Event => Kind::ALL,
            StepUnit::Poll => &[Kind::PollEnded, Kind::CallEnded],
            StepUnit::Tick => &[Kind::MacrotaskStarted, Kind::FrameStarted],
            StepUnit::Wake => &[Kind::Woken],
            StepUnit::State => &[Kind::StateChanged, Kind::Placed, Kind::Moved, Kind::Pinned],
            StepUnit::Timer => &[Kind::TimerSet, Kind::TimerFired, Kind::TimerCancelled],
            StepUnit::Drop => &[Kind::Dropped, Kind::Taken],
            StepUnit::Notable => NOTABLE,
        }
    }
}

/// What is told of a run where its bookkeeping is not.
const NOTABLE: &[Kind] = &[
    Kind::Spawned,
    Kind::PollStarted,
    Kind::PollEnded,
    Kind::WakerHeld,
    Kind::Signalled,
    Kind::FoundEmpty,
    Kind::Locked,
    Kind::Unlocked,
    Kind::WakeLost,
    Kind::Changed,
    Kind::PolledAgain,
    Kind::DroppedUnpolled,
    Kind::Begun,
    Kind::Discarded,
    Kind::BellSet,
    Kind::Entrusted,
    Kind::Turned,
    Kind::Registered,
    Kind::Arrived,
    Kind::Reported,
    Kind::Drained,
    Kind::KeptForNobody,
    Kind::CellRead,
    Kind::CellWritten,
    Kind::Boxed,
    Kind::Freed,
    Kind::Refused,
    Kind::Woken,
    Kind::TimerSet,
    Kind::TimerFired,
    Kind::Logged,
    Kind::Panicked,
    Kind::Ended,
    Kind::CallStarted,
    Kind::PromiseCreated,
    Kind::PromiseSettled,
    Kind::Reaction,
    Kind::Received,
    Kind::Aborted,
    Kind::Listened,
    Kind::StreamMade,
    Kind::Pulled,
    Kind::ChunkMade,
    Kind::StreamHolds,
    Kind::StreamFull,
    Kind::ReaderTaken,
    Kind::ChunkRead,
    Kind::ReaderLeft,
    Kind::StreamCancelled,
    Kind::StreamClosed,
    Kind::StackSuspended,
    Kind::StackResumed,
    Kind::Spun,
    Kind::MicrotaskStarted,
    Kind::MacrotaskStarted,
    Kind::FrameStarted,
    Kind::Placed,
    Kind::Taken,
    Kind::Moved,
    Kind::Pinned,
];

/// Kinds of events, a bit for each.
pub(super) type Kinds = u128;

pub(super) const fn bit(kind: Kind) -> Kinds {
    1 << kind as u8
}

const _: () = assert!(Kind::ALL.len() <= Kinds::BITS as usize, "a summary has a bit for each kind");

const TASK_BITS: usize = 512;

/// What is in one chunk.
#[derive(Clone, Copy, Debug)]
struct Summary {
    kinds: Kinds,
    /// A bit for each task that is in it, and for those whose number differs from its by a multiple of [`TASK_BITS`].
    tasks: [u64; TASK_BITS / 64],
}

/// What is in each chunk of the columns.
#[derive(Debug, Default)]
pub(super) struct Summaries(Vec<Summary>);

impl Summaries {
    /// Takes note of event `i`, which is the next one.
    pub(super) fn follow(&mut self, columns: &Columns, i: usize) {
        let chunk = i / Columns::CHUNK;
        if self.0.len() <= chunk {
            self.0.push(Summary { kinds: 0, tasks: [0; TASK_BITS / 64] });
        }
        let (summary, task) = (&mut self.0[chunk], columns.task(i).0 as usize % TASK_BITS);
        summary.kinds |= bit(columns.kind(i));
        summary.tasks[task / 64] |= 1 << (task % 64);
    }

    #[cfg(test)]
    fn of(columns: &Columns) -> Self {
        let mut summaries = Summaries::default();
        (0..columns.len()).for_each(|i| summaries.follow(columns, i));
        summaries
    }

    /// The kinds of some events, a bit for each.
    pub(super) fn kinds(&self, columns: &Columns, events: Range<usize>) -> Kinds {
        let (mut i, mut kinds) = (events.start, 0);
        while i < events.end {
            let chunk = i / Columns::CHUNK;
            let end = events.end.min((chunk + 1) * Columns::CHUNK);
            if end - i == Columns::CHUNK {
                kinds |= self.0[chunk].kinds;
            } else {
                kinds |= (i..end).fold(0, |all, i| all | bit(columns.kind(i)));
            }
            i = end;
        }
        kinds
    }

    /// How many events are told where bookkeeping is not.
    pub(super) fn notable(&self, columns: &Columns) -> u32 {
        let kinds = NOTABLE.iter().fold(0, |all, &kind| all | bit(kind));
        (0..columns.len()).filter(|&i| kinds & bit(columns.kind(i)) != 0).count() as u32
    }

    /// The last event before `to` that is of one of some kinds, a bit for each.
    pub(super) fn last_of(&self, columns: &Columns, kinds: Kinds, to: usize) -> Option<usize> {
        self.before(columns, to, &Wanted { kinds, task: TaskId::NONE })
    }

    /// The first event from `from` on that is of one of `kinds`, and of `task` if there is one.
    fn after(&self, columns: &Columns, from: usize, wanted: &Wanted) -> Option<usize> {
        let first = from / Columns::CHUNK;
        let chunks = self.0.iter().enumerate().skip(first).filter(|(_, s)| wanted.may_be_in(s));
        let mut events = chunks.map(|(c, _)| {
            let from = from.max(c * Columns::CHUNK);
            (from..columns.len().min((c + 1) * Columns::CHUNK)).find(|&i| wanted.is(columns, i))
        });
        events.find_map(|found| found)
    }

    /// The last such event before `to`.
    fn before(&self, columns: &Columns, to: usize, wanted: &Wanted) -> Option<usize> {
        let chunks = self.0[..to.div_ceil(Columns::CHUNK)].iter().enumerate().rev();
        let mut events = chunks.filter(|(_, s)| wanted.may_be_in(s)).map(|(c, _)| {
            let to = to.min((c + 1) * Columns::CHUNK);
            (c * Columns::CHUNK..to).rev().find(|&i| wanted.is(columns, i))
        });
        events.find_map(|found| found)
    }
}

struct Wanted {
    kinds: Kinds,
    task: TaskId,
}

impl Wanted {
    fn may_be_in(&self, summary: &Summary) -> bool {
        let task = self.task.0 as usize % TASK_BITS;
        summary.kinds & self.kinds != 0 && (!self.task.is_some() || summary.tasks[task / 64] >> (task % 64) & 1 == 1)
    }

    fn is(&self, columns: &Columns, i: usize) -> bool {
        bit(columns.kind(i)) & self.kinds != 0 && (!self.task.is_some() || columns.task(i) == self.task)
    }
}

/// The cursor one step on from `cursor`, or back, from 0 (before the first event) to the run's length; with a `task`, over
/// events of it alone. Where no more polls or ticks are, it goes to the run's end; where there is no more of another kind,
/// or of that task, it stays.
pub(super) fn step(
    trace: &Trace,
    summaries: &Summaries,
    cursor: usize,
    unit: StepUnit,
    forward: bool,
    task: TaskId,
) -> usize {
    let (columns, last) = (&trace.columns, trace.len());
    let cursor = cursor.min(last);
    let stays = task.is_some() || !matches!(unit, StepUnit::Event | StepUnit::Poll | StepUnit::Tick);
    let found = if unit == StepUnit::Tick && trace.unit == TimeUnit::VirtualMs {
        tick(columns, cursor, forward)
    } else {
        let wanted = Wanted { kinds: unit.kinds().iter().fold(0, |all, &kind| all | bit(kind)), task };
        if forward {
            summaries.after(columns, cursor, &wanted)
        } else {
            summaries.before(columns, cursor.saturating_sub(1), &wanted)
        }
    };
    match found {
        Some(event) => event + 1,
        None if stays => cursor,
        None if forward => last,
        None => 0,
    }
}

/// The first event at a later time than that before `cursor`; or the last one before it that was the first at its time.
fn tick(columns: &Columns, cursor: usize, forward: bool) -> Option<usize> {
    if columns.is_empty() {
        return None;
    }
    let event = if forward {
        columns.first_after(columns.time(cursor.saturating_sub(1)))
    } else {
        let time = columns.time(cursor.checked_sub(2)?);
        time.checked_sub(1).map_or(0, |before| columns.first_after(before))
    };
    // With the first event time does not move, it begins.
    (event > 0 && event < columns.len()).then_some(event)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::Event;
    use crate::trace::event::{WakeEffect, WakeSource};

    /// Four chunks of idling, with few events of two tasks in them.
    fn trace() -> Trace {
        let mut trace = Trace::new(TimeUnit::VirtualMs);
        let wake = |task| Event::Woken { task: TaskId(task), by: WakeSource::Outside, effect: WakeEffect::Queued };
        for i in 0..4096 {
            let event = match i {
                5 | 3000 => wake(1),
                1200 => wake(1 + TASK_BITS as u32),
                4000 => Event::Enqueued { task: TaskId(1) },
                _ => Event::Idle,
            };
            trace.columns.push(i / 1000, event);
        }
        trace
    }

    #[test]
    fn jumps_find_a_kind_and_a_task_across_chunks() {
        let trace = trace();
        let summaries = Summaries::of(&trace.columns);
        let go = |cursor, unit, forward, task| step(&trace, &summaries, cursor, unit, forward, TaskId(task));
        assert_eq!([0, 6, 1201, 3001].map(|at| go(at, StepUnit::Wake, true, 0)), [6, 1201, 3001, 3001]);
        assert_eq!([4096, 3001, 1201, 6].map(|at| go(at, StepUnit::Wake, false, 0)), [3001, 1201, 6, 6]);
        assert_eq!([0, 6, 3001].map(|at| go(at, StepUnit::Wake, true, 1)), [6, 3001, 3001]);
        assert_eq!([4096, 3001].map(|at| go(at, StepUnit::Wake, false, 1)), [3001, 6]);
        assert_eq!([0, 6, 3001, 4001].map(|at| go(at, StepUnit::Event, true, 1)), [6, 3001, 4001, 4001]);
    }

    #[test]
    fn ticks_stop_at_the_first_event_of_each_time() {
        let trace = trace();
        let summaries = Summaries::of(&trace.columns);
        let go = |cursor, forward| step(&trace, &summaries, cursor, StepUnit::Tick, forward, TaskId::NONE);
        assert_eq!([0, 1, 1000, 1001, 4001].map(|at| go(at, true)), [1001, 1001, 1001, 2001, 4096]);
        assert_eq!([4096, 4001, 1001, 1].map(|at| go(at, false)), [4001, 3001, 0, 0]);
    }
}
