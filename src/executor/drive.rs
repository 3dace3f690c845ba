//! How far an executor is driven, and by what.

use crate::trace::event::End;
use crate::trace::ids::TaskId;

/// How far to drive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// Until nothing is ready and no timer is set.
    Quiescent,
    /// Until the clock stands at (or, after a poll that computed, past) this time.
    Time(u64),
    /// Until this task is done.
    Done(TaskId),
    /// Until nothing is ready: an event loop has the clock.
    Idle,
}

/// How far a drive came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// As far as it was to be; more may follow.
    Reached,
    /// The polls of this drive are used up; or, [until nothing is ready](Until::Idle), a task has worked, and time has
    /// passed on a clock that goes by itself.
    Paused,
    /// The run is over, and its end is recorded.
    Ended(End),
}

/// An event loop that drives an executor.
pub trait Host {
    /// A task became ready while the executor was not being driven: drive it soon.
    fn ready(&self);
    /// A timer was set: drive it in `ms` milliseconds.
    fn timer(&self, ms: u32);
    /// A timer was dropped before it fired.
    fn timer_cancelled(&self) {}
    /// The event loop does not drive it any more.
    fn left(&self) {}
}
