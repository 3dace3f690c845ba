//! What events say by one word: outcomes, effects, sources of wakes, changes, ends.
//!
//! The variants' numbers are those of links and files, and never change. This file must not know the events.

use super::codes::codes;
use super::ids::{MachineId, PromiseId, SourceId, TaskId, TimerId};

codes! {
    /// What a poll returned.
    pub enum Outcome {
        /// `Poll::Pending`.
        Pending = 0,
        /// `Poll::Ready`.
        Ready = 1,
        /// It did not return: it panicked.
        Panicked = 2,
    }
}

codes! {
    /// What a wake did to its task.
    pub enum WakeEffect {
        /// The task was asleep and joins the ready queue.
        Queued = 0,
        /// The task stood in the ready queue already: the two wakes are one.
        Coalesced = 1,
        /// The task is being polled: it joins the queue after this poll.
        DuringPoll = 2,
        /// The task is done: nothing happens.
        AfterDone = 3,
    }
}

codes! {
    /// Who woke a task.
    pub enum WakeSource: carrying {
        /// The timer fired.
        Timer(timer: TimerId) = 0,
        /// The task, in its poll (possibly itself).
        Task(task: TaskId) = 1,
        /// The promise settled, and its reaction ran.
        Promise(promise: PromiseId) = 2,
        /// A channel, a mutex or a bell had what the task waits for.
        Source(source: SourceId) = 3,
        /// Code outside of the executor.
        Outside = 4,
    }
}

codes! {
    /// What a person changed in a run, at the point where it happened.
    pub enum Change {
        /// The task is woken, by nobody of the run.
        Wake = 0,
        /// The task is cancelled.
        Drop = 1,
        /// The timer fires before its time.
        Fire = 2,
        /// The task is polled next, before those that stand in front of it.
        Next = 3,
        /// The task panics at the next future that it polls.
        Panic = 4,
    }
}

codes! {
    /// Why a task's future was dropped.
    pub enum DropReason {
        /// It returned `Ready`.
        Completed = 0,
        /// It was cancelled.
        Cancelled = 1,
        /// The executor was dropped before it was done.
        Shutdown = 2,
    }
}

codes! {
    /// How a run ended. What cuts a run off from outside its recorder cannot write: the one who received the trace so far
    /// adds it.
    pub enum End: carrying {
        /// Nothing is left to do.
        Completed = 0,
        /// Tasks wait, and nothing that is left will wake them. Carries how many.
        Deadlock(n: u32) = 1,
        /// The budget of polls is used up. Carries the budget.
        Polls(n: u32) = 2,
        /// The budget of events is used up. Carries the budget.
        Events(n: u32) = 3,
        /// The budget of memory for the trace is used up. Carries the budget in KiB.
        Memory(n: u32) = 4,
        /// The budget of virtual time is used up. Carries the budget in ms.
        Time(n: u32) = 5,
        /// A task panicked.
        Panicked = 6,
        /// A person stopped it.
        Stopped = 7,
        /// A live run waited as long as it may. Carries how many tasks still wait.
        GaveUp(n: u32) = 8,
        /// A poll did not return, and the run was cut off.
        Hung = 9,
        /// The stack overflowed.
        Stack = 10,
        /// There was no memory left.
        OutOfMemory = 11,
        /// The program trapped, for a reason that nothing says.
        Trapped = 12,
    }
}

codes! {
    /// How a promise settled.
    pub enum Settled {
        /// With a value.
        Resolved = 0,
        /// With a reason.
        Rejected = 1,
    }
}

/// A machine's state of which nothing is known.
pub const UNKNOWN_STATE: u16 = u16::MAX;

/// A task whose future has no known machine.
pub const NO_MACHINE: MachineId = MachineId(u16::MAX);
