//! What can happen in a run: the [`Event`]s of a trace, and the order that they keep.
//!
//! An event says what happened, never what it means: the viewer folds events
//! into what is so at a cursor, and the page's catalogues make sentences from them.
//!
//! # The ordering contract
//!
//! 1. Events stand in the order in which they happened. Their time never goes back.
//! 2. The first event of a task is `Spawned`, followed at once by `Enqueued` (but for a lane of callbacks, which is
//!    never enqueued). Ids count from 1 and are never reused.
//! 3. `PollStarted` takes the task from the ready queue: from its front, unless the schedule says otherwise. Every `PollStarted` is closed by
//!    exactly one `PollEnded` of the same task, or the run ends inside it. Polls of one executor do not nest; in a
//!    [recording of another application](super::Head::is_of_another), those of several threads overlap.
//! 4. Between the two stands what the task did: `Entered` and `Exited` (properly nested), timers that it set and
//!    cancelled, what became of wakers, its logs, `ClockAdvanced` (by `compute`), its allocations, the spawns and
//!    drops that it made.
//! 5. `Woken` says what the wake did. When it says `Queued`, `Enqueued` of that task follows at once. A task
//!    that was woken during its own poll is enqueued right after its `PollEnded`, unless it is dropped then.
//! 6. `StateChanged` stands right before the `PollEnded` of every poll of a task whose machine is known, whether or not
//!    the state or the bytes changed: on a target where bytes cannot be read, nobody knows.
//! 7. After `PollEnded(Ready)` the task is `Dropped(Completed)`: what its drop does follows, then the wake of
//!    the task that joins it. After `Dropped` no event polls, enqueues or drops the task again.
//! 8. `TimerFired` is followed at once by what it causes: a `CallStarted`, a `Signalled`, or a `Woken` unless the waker that
//!    it held was of another make. Each timer is set once, and fired or cancelled at most once.
//! 9. Virtual time moves only in `ClockAdvanced` (outside of polls straight to the next deadline or arrival).
//! 10. `FoundEmpty`, `Locked`, `PolledAgain` stand within the poll of the future that they are about. What a person changed
//!     (`Changed`) stands between two polls, right before what it causes; a panic that was asked for, and a `WakeLost`
//!     in place of the `Woken` that it was, wherever these are.
//! 11. `Ended` is the last event, and there is exactly one in a finished run.

pub use super::events::{Event, Kind};
pub use super::values::{Change, DropReason, End, NO_MACHINE, Outcome, Settled, UNKNOWN_STATE, WakeEffect, WakeSource};
