//! Their runtime: a wheel of timers, and one
//! turn of its loop.

use super::their_sleep::Timer;
use crate::prelude::*;
use std::cell::RefCell;

type Timers = Vec<Rc<Timer>>;

#[derive(Default)]
pub struct Wheel {
    timers: RefCell<Timers>,
    pub driver: Driver,
}

impl Wheel {
    /// One turn: what is due rings.
    pub fn turn(&self) {
        let due = self.take_due(now());
        self.driver.is_turned(due.len());
        for timer in due {
            timer.has_rung.set(true);
            let waker = timer.waker.take();
            if let Some(waker) = waker {
                self.driver.wakes(waker);
            }
        }
    }

    /// In how many ms something is due.
    pub fn next(&self) -> Option<u32> {
        let timers = self.timers.borrow();
        let all = timers.iter();
        let due = all.map(|t| t.due).min()?;
        Some(due.saturating_sub(now()) as u32)
    }

    fn take_due(&self, now: u64) -> Timers {
        let mut all = self.timers.borrow_mut();
        all.extract_if(.., |t| t.due <= now)
            .collect()
    }

    pub fn set(&self, timer: &Rc<Timer>) {
        let mut all = self.timers.borrow_mut();
        all.push(timer.clone());
    }

    pub fn forget(&self, timer: &Rc<Timer>) {
        let mut all = self.timers.borrow_mut();
        all.retain(|t| !Rc::ptr_eq(t, timer));
    }
}
