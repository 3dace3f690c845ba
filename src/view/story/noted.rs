//! What is noted of a run's beats, tasks and roles, and the largest of a kind: what [`Facts`](super::Facts) consist of.

use super::beats::{Beat, BeatKind};
use crate::trace::ids::{SourceId, TaskId};

/// A beat, and what is known of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Noted {
    pub(super) beat: Beat,
    /// When what its poll waited for was there, in the trace's unit.
    pub(super) due: u64,
    /// By how much the poll is later than that.
    pub(super) late: u64,
    /// What the poll computed.
    pub(super) hold: u64,
    /// See `Facts::signature`.
    pub(super) signature: u64,
}

impl Noted {
    /// Of an event alone, which is between polls.
    pub(super) fn between(at: u32) -> Self {
        Noted::of(Beat { kind: BeatKind::Gap, task: TaskId::NONE, from: at, to: at + 1 })
    }

    pub(super) fn of(beat: Beat) -> Self {
        Noted { beat, due: 0, late: 0, hold: 0, signature: 0 }
    }
}

/// What is known of a task.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Task {
    /// When what it waits for was there, in the trace's unit, since its last poll.
    pub(super) due: Option<u64>,
    /// What it looked at last.
    pub(super) sees: SourceId,
    pub(super) is_asleep: bool,
    /// Whether a task spawned it.
    pub(super) is_inner: bool,
    /// The event with which it was over.
    pub(super) over: Option<u32>,
}

/// What is known of the tasks of one role.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RoleFacts {
    /// The first poll of one of them.
    pub(super) first_poll: Option<u32>,
    /// How many are over.
    pub(super) ends: u32,
    /// The beats of the first and the last end.
    pub(super) first_end: u32,
    pub(super) last_end: u32,
    /// The last that returned `Ready`.
    pub(super) last_ready: Option<u32>,
}

/// The largest of its kind, and the beat that it is of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Record {
    pub(super) size: u64,
    pub(super) beat: Option<u32>,
}

impl Record {
    pub(super) fn set(&mut self, size: u64, beat: u32) {
        if size > self.size {
            *self = Record { size, beat: Some(beat) };
        }
    }

    /// Whether it is of that beat, and larger than `much`.
    pub(super) fn is_of(&self, beat: u32, much: u64) -> bool {
        self.beat == Some(beat) && self.size > much
    }
}
