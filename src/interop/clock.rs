//! The browser's clock.

use super::work::work_until;
use crate::clock::Clock;
use crate::trace::TimeUnit;
use std::cell::Cell;

/// `performance.now()` since the run began, in microseconds. Browsers coarsen it; it never goes back.
pub struct BrowserClock {
    performance: Option<web_sys::Performance>,
    origin: Cell<f64>,
    last: Cell<u64>,
}

impl BrowserClock {
    /// It stands at 0.
    #[expect(clippy::new_without_default, reason = "a clock that is made has begun to go")]
    pub fn new() -> Self {
        let performance = web_sys::window().and_then(|w| w.performance());
        let clock = BrowserClock { performance, origin: Cell::new(0.0), last: Cell::new(0) };
        clock.start();
        clock
    }

    /// When the run began, in ms of `performance.now()`.
    pub(super) fn origin(&self) -> f64 {
        self.origin.get()
    }

    /// Begins to count from now.
    pub fn start(&self) {
        self.origin.set(self.performance.as_ref().map_or(0.0, web_sys::Performance::now));
        self.last.set(0);
    }
}

impl Clock for BrowserClock {
    fn unit(&self) -> TimeUnit {
        TimeUnit::BrowserUs
    }

    fn now(&self) -> u64 {
        let now = self.performance.as_ref().map_or(0.0, |p| p.now() - self.origin.get());
        self.last.set(self.last.get().max((now * 1000.0) as u64));
        self.last.get()
    }

    fn advance(&self, _by: u64) {}

    fn work(&self, by: u64) -> bool {
        let end = self.now().saturating_add(by);
        work_until(|| self.now() >= end);
        true
    }
}
