//! The driver: time and timers, as leaf futures ask for them in their polls.
//!
//! It does not know what is recorded. (Spawning needs the type of the future: that is the executor's own.)

use crate::trace::ids::SiteId;
use std::num::NonZeroU32;
use std::task::Waker;

/// What the owner of a timer has: a number that no other timer of this process has, of whatever driver. After two billion
/// timers of a process the numbers begin again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimerKey(pub NonZeroU32);

impl TimerKey {
    /// The highest number.
    pub const MOST: u32 = u32::MAX >> 1;
}

/// What has become of a timer that an owner asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimerState {
    /// It will fire.
    Set,
    /// It fired.
    Fired,
    /// It is none of this driver's.
    Foreign,
}

/// What leaf futures get time and timers from.
pub trait Driver {
    /// The time in milliseconds.
    fn now_ms(&self) -> u64;

    /// The polled task works for `ms` milliseconds: a virtual clock goes on. `site` is where it says so.
    fn compute(&self, ms: u32, site: SiteId);

    /// Called at every leaf that is polled, and wherever a program that is interpreted can stop.
    ///
    /// # Errors
    /// Why the polled task is to panic here: a person wants to see that, or it has used up what one poll may take.
    fn checkpoint(&self) -> Result<(), &'static str>;

    /// Sets a timer for the polled task.
    fn set_timer(&self, ms: u32, waker: Waker) -> TimerKey;

    /// What has become of a timer; if it is set, it holds `waker` from now on.
    fn keep_timer(&self, timer: TimerKey, waker: &Waker) -> TimerState;

    /// Takes back a timer, fired or not.
    fn end_timer(&self, timer: TimerKey);

    /// Calls a function outside of every task, in `ms` milliseconds.
    fn signal_after(&self, ms: u32, signal: Box<dyn FnOnce()>);

    /// Calls back on the lane that is called now, in `ms` milliseconds.
    fn call_after(&self, ms: u32, callback: Box<dyn FnOnce()>);
}
