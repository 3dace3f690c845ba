//! A driver: what the runtime of somebody else has in place of the executor's timers, and for its sockets. It keeps wakers, and rings
//! what is due or ready when its loop is turned; the executor does not know that there is one. Which socket a waker is kept for, the
//! poll says that found it with nothing.
//!
//! What is due when, and whose waker it has, is code of the program: this has it recorded.

use crate::executor::{Source, entrusted, found_empty, turned, used, wake_from};
use crate::trace::SourceKind;
use std::task::Waker;

/// Records what becomes of the wakers that a runtime of another make keeps.
#[derive(Debug)]
pub struct Driver {
    source: Source,
}

impl Default for Driver {
    fn default() -> Self {
        Driver::new()
    }
}

impl Driver {
    /// A driver that has nothing yet.
    pub fn new() -> Self {
        Driver { source: Source::new(SourceKind::Driver) }
    }

    /// The polled future gives it a timer that is due in `ms` milliseconds.
    #[track_caller]
    pub fn has_timer(&self, ms: u32) {
        entrusted(self.source.id(), ms);
    }

    /// The polled future asked whether its timer has rung, and it has not.
    pub fn is_silent(&self) {
        found_empty(self.source.id());
    }

    /// It keeps a waker of the polled task.
    pub fn keeps(&self, waker: &Waker) {
        self.source.holds(waker);
    }

    /// It lets go of a waker of the task that runs: the timer is gone that had it.
    pub fn lets_go(&self) {
        used(|| self.source.id());
        self.source.released();
    }

    /// Its loop is turned once, and finds so many timers due, or sockets ready.
    pub fn is_turned(&self, due: usize) {
        turned(self.source.id(), u32::try_from(due).unwrap_or(u32::MAX));
    }

    /// It wakes whom it kept a waker of.
    pub fn wakes(&self, waker: Waker) {
        wake_from(self.source.id(), waker);
    }
}
