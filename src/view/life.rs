//! The life of a task: what it can be doing, and which event takes it from one state to the next.
//!
//! ```text
//!  Spawned ──Enqueued──► Ready ──PollStarted──► Running ──PollEnded(Pending)──► Pending ──Enqueued──► Ready …
//!                                                  │
//!                                                  ├──PollEnded(Ready)────► Done
//!                                                  └──PollEnded(Panicked)─► Panicked
//!  any of the first four ──Dropped──► Cancelled
//! ```
//!
//! A lane of callbacks begins as Pending, for a timer holds its first callback. `CallStarted` makes it Running;
//! `CallEnded` makes it Pending if the call left another callback with somebody, and Done if not.
//!
//! This is the only place that knows: the state of a run ([`State`](super::State)) asks here, and the timeline and the
//! diagnosis ask that state.

use crate::trace::TaskKind;
use crate::trace::event::{DropReason, Event, Outcome};
use serde::Serialize;

/// What a task is doing. Each has one colour, one shape and one word on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// Never polled yet, and not enqueued.
    #[default]
    Spawned,
    /// In the ready queue.
    Ready,
    /// Being polled (or, for callbacks, being called).
    Running,
    /// Its last poll returned `Pending`.
    Pending,
    /// It returned `Ready`.
    Done,
    /// It was dropped before it was done.
    Cancelled,
    /// It panicked.
    Panicked,
}

impl TaskState {
    /// Every state, in the order of the declaration.
    pub const ALL: [TaskState; 7] = [
        TaskState::Spawned,
        TaskState::Ready,
        TaskState::Running,
        TaskState::Pending,
        TaskState::Done,
        TaskState::Cancelled,
        TaskState::Panicked,
    ];

    /// The state in which a task begins.
    pub(super) fn first(kind: TaskKind) -> TaskState {
        match kind {
            TaskKind::Future => TaskState::Spawned,
            TaskKind::Callbacks => TaskState::Pending,
        }
    }

    /// Whether the task's life is over. A lane of callbacks may still be called again after `Done`.
    pub(super) fn is_end(self) -> bool {
        matches!(self, TaskState::Done | TaskState::Cancelled | TaskState::Panicked)
    }

    /// The state right after `event`, which is one of this task. `is_held`: whether anybody holds its waker, or its next
    /// callback, right after it.
    pub(super) fn after(self, event: Event, is_held: bool) -> TaskState {
        match event {
            Event::CallStarted { .. } => TaskState::Running,
            // What is over stays as it ended: a future that returned is dropped afterwards.
            Event::Enqueued { .. } | Event::PollStarted { .. } | Event::Dropped { .. } if self.is_end() => self,
            Event::Enqueued { .. } => TaskState::Ready,
            Event::PollStarted { .. } => TaskState::Running,
            Event::PollEnded { outcome, .. } => match outcome {
                Outcome::Pending => TaskState::Pending,
                Outcome::Ready => TaskState::Done,
                Outcome::Panicked => TaskState::Panicked,
            },
            Event::CallEnded { .. } if is_held => TaskState::Pending,
            Event::CallEnded { .. } => TaskState::Done,
            Event::Panicked { .. } => TaskState::Panicked,
            Event::Dropped { reason, .. } => match reason {
                DropReason::Completed => TaskState::Done,
                DropReason::Cancelled | DropReason::Shutdown => TaskState::Cancelled,
            },
            // Its beginning is `first`.
            Event::Spawned { .. } => self,
            // What happens in its polls, to its wakers and to its timers.
            Event::Entered { .. }
            | Event::Exited { .. }
            | Event::StateChanged { .. }
            | Event::PolledAgain { .. }
            | Event::DroppedUnpolled { .. }
            | Event::Allocated { .. }
            | Event::Boxed { .. }
            | Event::Freed { .. }
            | Event::Logged { .. }
            | Event::Line { .. }
            | Event::ClockAdvanced { .. }
            | Event::WakerCloned { .. }
            | Event::WakerDropped { .. }
            | Event::WakerHeld { .. }
            | Event::WakerReleased { .. }
            | Event::WakeLost { .. }
            | Event::Woken { .. }
            | Event::FoundEmpty { .. }
            | Event::Locked { .. }
            | Event::Unlocked { .. }
            | Event::Changed { .. }
            | Event::Created { .. }
            | Event::Begun { .. }
            | Event::Discarded { .. }
            | Event::Asked { .. }
            | Event::BellSet { .. }
            | Event::Entrusted { .. }
            | Event::Turned { .. }
            | Event::Registered { .. }
            | Event::Arrived { .. }
            | Event::Reported { .. }
            | Event::Drained { .. }
            | Event::Spun { .. }
            | Event::KeptForNobody { .. }
            | Event::Wrapped { .. }
            | Event::ReaderTaken { .. }
            | Event::ChunkRead { .. }
            | Event::ReaderLeft { .. }
            | Event::CellRead { .. }
            | Event::CellWritten { .. }
            | Event::TimerSet { .. }
            | Event::TimerFired { .. }
            | Event::TimerCancelled { .. } => self,
            // These are of no task.
            Event::Signalled { .. }
            | Event::Refused { .. }
            | Event::Idle
            | Event::Ended { .. }
            | Event::PromiseCreated { .. }
            | Event::PromiseSettled { .. }
            | Event::Reaction { .. }
            | Event::Received { .. }
            | Event::Aborted { .. }
            | Event::Listened { .. }
            | Event::StreamMade { .. }
            | Event::Pulled { .. }
            | Event::ChunkMade { .. }
            | Event::StreamHolds { .. }
            | Event::StreamFull { .. }
            | Event::StreamCancelled { .. }
            | Event::StreamClosed { .. }
            | Event::StackSuspended { .. }
            | Event::StackResumed { .. }
            | Event::MicrotaskQueued { .. }
            | Event::MicrotaskStarted { .. }
            | Event::MicrotaskEnded { .. }
            | Event::MacrotaskQueued { .. }
            | Event::MacrotaskStarted { .. }
            | Event::MacrotaskEnded { .. }
            | Event::MessagePosted { .. }
            | Event::MacrotaskCleared { .. }
            | Event::FrameQueued { .. }
            | Event::FrameStarted { .. }
            | Event::FrameEnded { .. }
            | Event::Placed { .. }
            | Event::Taken { .. }
            | Event::Moved { .. }
            | Event::Pinned { .. } => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::TaskState::*;
    use super::*;
    use crate::trace::ids::{SiteId, TaskId};

    const TASK: TaskId = TaskId(1);

    fn ended(outcome: Outcome) -> Event {
        Event::PollEnded { task: TASK, outcome, site: SiteId::NONE }
    }

    /// The states that a task goes through with these events.
    fn states(kind: TaskKind, events: &[(Event, bool)]) -> Vec<TaskState> {
        let mut state = TaskState::first(kind);
        let after = |&(event, is_held): &(Event, bool)| {
            state = state.after(event, is_held);
            state
        };
        events.iter().map(after).collect()
    }

    #[test]
    fn future_goes_from_poll_to_poll_and_ends_as_it_returned() {
        let poll = (Event::PollStarted { task: TASK, nth: 1 }, true);
        let events = [
            (Event::Enqueued { task: TASK }, false),
            poll,
            (ended(Outcome::Pending), true),
            (Event::Enqueued { task: TASK }, false),
            poll,
            (ended(Outcome::Ready), false),
            (Event::Dropped { task: TASK, reason: DropReason::Completed }, false),
        ];
        assert_eq!(states(TaskKind::Future, &events), [Ready, Running, Pending, Ready, Running, Done, Done]);
    }

    #[test]
    fn future_that_is_dropped_is_cancelled_unless_its_life_was_over() {
        let drop = |reason| Event::Dropped { task: TASK, reason };
        for state in TaskState::ALL {
            let expected = if state.is_end() { state } else { Cancelled };
            assert_eq!(state.after(drop(DropReason::Cancelled), true), expected, "{state:?}");
            assert_eq!(state.after(drop(DropReason::Shutdown), true), expected, "{state:?}");
        }
    }

    #[test]
    fn callbacks_are_done_when_a_call_leaves_no_other() {
        let call = (Event::CallStarted { task: TASK, nth: 1 }, false);
        let events =
            [call, (Event::CallEnded { task: TASK }, true), call, (Event::CallEnded { task: TASK }, false), call];
        assert_eq!(TaskState::first(TaskKind::Callbacks), Pending);
        assert_eq!(states(TaskKind::Callbacks, &events), [Running, Pending, Running, Done, Running]);
    }
}
