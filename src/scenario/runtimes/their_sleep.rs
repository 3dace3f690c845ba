//! Their sleep: ready once a turn of their loop
//! has rung it. It asks no executor.

use super::wheel::Wheel;
use crate::prelude::*;
use std::cell::{Cell, RefCell};

pub struct Timer {
    pub due: u64,
    pub has_rung: Cell<bool>,
    pub waker: RefCell<Option<Waker>>,
}

pub struct TheirSleep {
    wheel: Rc<Wheel>,
    ms: u32,
    timer: Option<Rc<Timer>>,
}

pub fn their_sleep(
    wheel: &Rc<Wheel>,
    ms: u32,
) -> Watched<TheirSleep> {
    watched(
        "TheirSleep",
        TheirSleep {
            wheel: wheel.clone(),
            ms,
            timer: None,
        },
    )
}

impl Future for TheirSleep {
    type Output = ();

    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<()> {
        let timer = self.timer();
        if timer.has_rung.get() {
            return Poll::Ready(());
        }
        // Whoever polls: the waker stays here.
        let waker = cx.waker().clone();
        self.wheel.driver.is_silent();
        self.wheel.driver.keeps(&waker);
        timer.waker.replace(Some(waker));
        Poll::Pending
    }
}

impl TheirSleep {
    /// Set in the first poll.
    fn timer(&mut self) -> Rc<Timer> {
        let Self { wheel, ms, timer } = self;
        let set = || {
            let timer = Rc::new(Timer {
                due: now() + u64::from(*ms),
                has_rung: Cell::new(false),
                waker: RefCell::default(),
            });
            wheel.set(&timer);
            wheel.driver.has_timer(*ms);
            timer
        };
        timer.get_or_insert_with(set).clone()
    }
}

impl Drop for TheirSleep {
    fn drop(&mut self) {
        let Some(timer) = &self.timer else {
            return;
        };
        self.wheel.forget(timer);
        if timer.waker.take().is_some() {
            self.wheel.driver.lets_go();
        }
    }
}
