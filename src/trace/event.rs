//! What can happen in a run: the [`Event`]s of a trace, and the order that they keep.
//!
//! An event says what happened, never what it means: replay folds events into a
//! [`Frame`](super::Frame), and the page's catalogues make sentences from them.
//!
//! # The ordering contract
//!
//! 1. Events stand in the order in which they happened. Their time never goes back.
//! 2. The first event of a task is `Spawned`, followed at once by `Enqueued` (but for a lane of callbacks, which is
//!    never enqueued). Ids count from 1 and are never reused.
//! 3. `PollStarted` takes the task from the ready queue: from its front, unless the schedule says otherwise. Every `PollStarted` is closed by
//!    exactly one `PollEnded` of the same task, or the run ends inside it. Polls of one executor do not nest.
//! 4. Between the two stands what the task did: `Entered` and `Exited` (properly nested), timers that it set and
//!    cancelled, what became of wakers, its logs, `ClockAdvanced` (by `compute`), its allocations, the spawns and
//!    drops that it made; and `Model` events, whose time has come meanwhile.
//! 5. `Woken` says what the wake did. When it says `Queued`, `Enqueued` of that task follows at once. A task
//!    that was woken during its own poll is enqueued right after its `PollEnded`, unless it is dropped then.
//! 6. `StateChanged` stands right before the `PollEnded` of every poll of a task whose machine is known, whether or not
//!    the state or the bytes changed: on a target where bytes cannot be read, nobody knows.
//! 7. After `PollEnded(Ready)` the task is `Dropped(Completed)`: what its drop does follows, then the wake of
//!    whoever joins it. After `Dropped` no event polls, enqueues or drops the task again.
//! 8. `TimerFired` is followed at once by what it causes: a `CallStarted`, a `Rang`, or a `Woken` unless the waker that
//!    it held was of another make. Each timer is set once, and fired or cancelled at most once.
//! 9. Virtual time moves only in `ClockAdvanced` (outside of polls straight to the next deadline or arrival),
//!    and with `Model` events, which were merged in by their time.
//! 10. `Looked`, `Locked`, `PolledAgain` stand within the poll of the future that they are about. What a person changed
//!     (`Changed`) stands between two polls, right before what it causes; a panic that was asked for, and a `WakeLost`
//!     in place of the `Woken` that it was, wherever these are.
//! 11. `Ended` is the last event, and there is exactly one in a finished run.

use super::ids::{BlobId, FutureId, MachineId, NameId, PromiseId, SiteId, SourceId, TaskId, TimerId};

/// What a poll returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Outcome {
    /// `Poll::Pending`.
    Pending,
    /// `Poll::Ready`.
    Ready,
    /// It did not return: it panicked.
    Panicked,
}

/// What a wake did to its task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum WakeEffect {
    /// The task was asleep and joins the ready queue.
    Queued,
    /// The task stood in the ready queue already: the two wakes are one.
    Coalesced,
    /// The task is being polled: it joins the queue after this poll.
    DuringPoll,
    /// The task is done: nothing happens.
    AfterDone,
}

/// Who woke a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WakeSource {
    /// The timer fired.
    Timer(TimerId),
    /// The task, in its poll (possibly itself).
    Task(TaskId),
    /// The promise settled, and its reaction ran.
    Promise(PromiseId),
    /// A channel, a mutex or a bell had what the task waits for.
    Source(SourceId),
    /// Code outside of the executor.
    Outside,
}

/// What a person changed in a run, at the point where it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Change {
    /// The task is woken, by nobody of the run.
    Wake,
    /// The task is cancelled.
    Drop,
    /// The timer fires before its time.
    Fire,
    /// The task is polled next, before those that stand in front of it.
    Next,
    /// The task panics at the next future that it polls.
    Panic,
}

/// Why a task's future was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum DropReason {
    /// It returned `Ready`.
    Completed,
    /// It was cancelled.
    Cancelled,
    /// The executor was dropped before it was done.
    Shutdown,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum End {
    /// Nothing is left to do.
    Completed,
    /// Tasks wait, and nothing that is left will wake them. Carries how many.
    Deadlock(u32),
    /// The budget of polls is used up. Carries the budget.
    Polls(u32),
    /// The budget of events is used up. Carries the budget.
    Events(u32),
    /// The budget of memory for the trace is used up. Carries the budget in KiB.
    Memory(u32),
    /// The budget of virtual time is used up. Carries the budget in ms.
    Time(u32),
    /// A task panicked.
    Panicked,
    /// A person stopped it.
    Stopped,
    /// A live run waited as long as it may. Carries how many tasks still wait.
    GaveUp(u32),
}

/// How a promise settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Settled {
    /// With a value.
    Resolved,
    /// With a reason.
    Rejected,
}

/// A step of one call in a simulated staffing of the call centre, or of one task on simulated workers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Phase {
    /// The caller has arrived and queues.
    Arrived,
    /// The clerk changes to this seat, which costs time.
    Seated,
    /// The clerk takes the number and dials.
    Dialling,
    /// It rings.
    Ringing,
    /// The callee has answered, but no seat is free.
    Answered,
    /// The message is delivered.
    Talking,
    /// The call is over.
    Served,
    /// The worker turns to this task, which costs time.
    Switching,
    /// The task computes.
    Computing,
    /// It asks its source, and has the worker meanwhile.
    Looking,
    /// It stands still in a blocking call, and keeps the worker.
    Blocked,
    /// It waits, and has given the worker back.
    Waiting,
    /// It could go on, but has no worker.
    Ready,
    /// The worker was taken from it in the middle of its work.
    Preempted,
    /// The task is done.
    Finished,
}

/// One thing that happened. See the [module](self) for the order that events keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "what each argument is, its type says")]
pub enum Event {
    /// A future was handed to the executor. Its name, size and address stand in the trace's task table.
    Spawned { task: TaskId },
    /// The task stands at the back of the ready queue.
    Enqueued { task: TaskId },
    /// The task was taken from the ready queue (its front, unless the schedule says otherwise), and its `nth` poll (from
    /// 1) began.
    PollStarted { task: TaskId, nth: u32 },
    /// The poll returned. `site` is the `.await` (or the call of `poll`) that it stopped at, if it is pending there.
    PollEnded { task: TaskId, outcome: Outcome, site: SiteId },
    /// A future inside of the task was polled, from the line `site`.
    Entered { task: TaskId, future: NameId, site: SiteId, id: FutureId },
    /// That future returned.
    Exited { task: TaskId, future: NameId, outcome: Outcome },
    /// The machine moved between two of its states, or stayed (`from == to`) and only its bytes changed.
    StateChanged { task: TaskId, from: u16, to: u16, bytes: BlobId },
    /// The task's waker was cloned; `count` clones are alive now.
    WakerCloned { task: TaskId, count: u32 },
    /// A clone of the task's waker was dropped or used up; `count` are alive now.
    WakerDropped { task: TaskId, count: u32 },
    /// A waker of the task is held by something that is not a timer.
    WakerHeld { task: TaskId, by: WakeSource },
    /// It lets go of that waker without using it.
    WakerReleased { task: TaskId, by: WakeSource },
    /// A bell rang: whoever left a waker there is woken next.
    Rang { bell: SourceId },
    /// The task looked at a source in its poll and found nothing; whether it left a waker there is another event.
    Looked { task: TaskId, at: SourceId },
    /// The task has the mutex from now on.
    Locked { task: TaskId, mutex: SourceId },
    /// It gave the mutex back.
    Unlocked { task: TaskId, mutex: SourceId },
    /// A wake of the task was lost: a person took it out of the run.
    WakeLost { task: TaskId, by: WakeSource },
    /// A person changed the run here. `timer` is the one that fires.
    Changed { change: Change, task: TaskId, timer: TimerId },
    /// A future inside of the task was polled though it had returned `Ready` before.
    PolledAgain { task: TaskId, future: NameId },
    /// A future was dropped, by the task, that had never been polled.
    DroppedUnpolled { task: TaskId, future: NameId },
    /// The task was woken.
    Woken { task: TaskId, by: WakeSource, effect: WakeEffect },
    /// The timer was set, `after` ms from now, and holds the waker of `task`.
    TimerSet { timer: TimerId, task: TaskId, after: u32 },
    /// The timer fired.
    TimerFired { timer: TimerId, task: TaskId },
    /// The timer was dropped before it fired.
    TimerCancelled { timer: TimerId, task: TaskId },
    /// The task's future was dropped.
    Dropped { task: TaskId, reason: DropReason },
    /// The task (or, for task 0, the driver) allocated since the last such event.
    Allocated { task: TaskId, count: u32, bytes: u32 },
    /// The task logged a line.
    Logged { task: TaskId, text: NameId, site: SiteId },
    /// The clock moved on by `by`: inside a poll that computed, or (task 0) because nothing was ready.
    ClockAdvanced { task: TaskId, by: u32, site: SiteId },
    /// Nothing is ready; the executor gives the thread back to the browser.
    Idle,
    /// The task panicked with this message.
    Panicked { task: TaskId, message: NameId },
    /// The run is over.
    Ended { end: End },

    /// A callback was called on the lane of `task`.
    CallStarted { task: TaskId, nth: u32 },
    /// It returned.
    CallEnded { task: TaskId },

    /// A promise was created.
    PromiseCreated { promise: PromiseId, name: NameId },
    /// The scenario settled a promise of its own.
    PromiseSettled { promise: PromiseId, how: Settled, value: NameId },
    /// A reaction to the promise runs.
    Reaction { promise: PromiseId, name: NameId },
    /// `queueMicrotask` was called.
    MicrotaskQueued { name: NameId },
    /// That microtask runs.
    MicrotaskStarted { name: NameId },
    /// It returned.
    MicrotaskEnded { name: NameId },
    /// `setTimeout` was called, for `after` ms.
    MacrotaskQueued { name: NameId, after: u32 },
    /// That callback runs.
    MacrotaskStarted { name: NameId },
    /// It returned.
    MacrotaskEnded { name: NameId },

    /// The line `site` ran: of a callback on the lane of `task`, or (task 0) of a plain program.
    Line { task: TaskId, site: SiteId },
    /// A value lives in a slot of memory, with these bytes.
    Placed { place: u32, bytes: BlobId },
    /// The value was moved out of its slot, into a variable; its bytes stay behind.
    Taken { place: u32 },
    /// The value's bytes were copied to another slot: it moved.
    Moved { from: u32, to: u32, bytes: BlobId },

    /// A step of a simulated staffing; of a real one only `Arrived`, for that is nothing a task does.
    Model { staffing: u8, phase: Phase, call: u32, seat: u32 },
}

/// A machine's state of which nothing is known.
pub const UNKNOWN_STATE: u16 = u16::MAX;

/// A task whose future has no known machine.
pub const NO_MACHINE: MachineId = MachineId(u16::MAX);
