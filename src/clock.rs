//! Clocks: what an executor reads the time from.
//!
//! The core never asks the machine for the time. A deterministic run has a [`VirtualClock`], which moves only when it is
//! advanced; a live run has the browser's, which lives in the interop room.

use crate::trace::TimeUnit;
use std::cell::Cell;

/// A source of time, in its [`unit`](Clock::unit) since the run began.
pub trait Clock {
    /// What [`now`](Clock::now) counts.
    fn unit(&self) -> TimeUnit;

    /// The time. Never goes back.
    fn now(&self) -> u64;

    /// Moves the clock on by `by` of its unit, if it is virtual; a real one goes by itself.
    fn advance(&self, by: u64);

    /// A task works for `by` of its unit. Whether time has passed for it: a virtual clock moves on; one that goes by itself does
    /// nothing, unless it can have the processor work that long.
    fn work(&self, by: u64) -> bool {
        self.advance(by);
        self.unit() == TimeUnit::VirtualMs
    }

    /// Blocks the thread until about `by` of its unit have passed, on a clock that goes by itself. It is called where nothing is
    /// ready and only time can help.
    ///
    /// # Panics
    /// Where the thread cannot be blocked, as in a browser: there an event loop drives the executor.
    fn wait(&self, by: u64) {
        panic!(
            "this clock goes by itself and cannot wait {by} {:?}: drive the executor from an event loop, with Until::Idle",
            self.unit()
        );
    }
}

/// The last time of a virtual clock: numbers of JavaScript are exact up to it.
pub(crate) const LATEST: u64 = 1 << 53;

/// A clock in milliseconds that stands still until it is advanced, at most to 2<sup>53</sup>.
#[derive(Debug, Default)]
pub struct VirtualClock(Cell<u64>);

impl Clock for VirtualClock {
    fn unit(&self) -> TimeUnit {
        TimeUnit::VirtualMs
    }

    fn now(&self) -> u64 {
        self.0.get()
    }

    fn advance(&self, by: u64) {
        self.0.set(self.0.get().saturating_add(by).min(LATEST));
    }
}
