//! Timers of other runtimes, in drivers that somebody turns, or nobody.

use super::{check, healthy};
use expect_test::expect;
use pollscope::prelude::*;
use std::cell::{Cell, RefCell};

/// A timer of another runtime: its `due` is what its driver looks at, and nothing else is.
#[derive(Default)]
struct Timer {
    due: u64,
    has_rung: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

#[derive(Clone, Default)]
struct Wheel(Rc<(Driver, RefCell<Vec<Rc<Timer>>>)>);

impl Wheel {
    fn turn(&self) {
        let (driver, timers) = &*self.0;
        let due: Vec<_> = timers.borrow_mut().extract_if(.., |timer| timer.due <= now()).collect();
        driver.is_turned(due.len());
        for timer in due {
            timer.has_rung.set(true);
            if let Some(waker) = timer.waker.take() {
                driver.wakes(waker);
            }
        }
    }

    fn sleep(&self, ms: u32) -> Watched<Nap> {
        watched("Nap", Nap { wheel: self.clone(), ms, timer: None })
    }
}

struct Nap {
    wheel: Wheel,
    ms: u32,
    timer: Option<Rc<Timer>>,
}

impl Future for Nap {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        let (driver, timers) = &*this.wheel.0;
        let timer = this.timer.get_or_insert_with(|| {
            let timer = Rc::new(Timer { due: now() + u64::from(this.ms), ..Timer::default() });
            timers.borrow_mut().push(timer.clone());
            driver.has_timer(this.ms);
            timer
        });
        if timer.has_rung.get() {
            return Poll::Ready(());
        }
        driver.is_silent();
        driver.keeps(cx.waker());
        timer.waker.replace(Some(cx.waker().clone()));
        Poll::Pending
    }
}

impl Drop for Nap {
    fn drop(&mut self) {
        let (driver, timers) = &*self.wheel.0;
        if let Some(timer) = &self.timer {
            timers.borrow_mut().retain(|other| !Rc::ptr_eq(other, timer));
            if timer.waker.take().is_some() {
                driver.lets_go();
            }
        }
    }
}

#[test]
fn driver_that_nobody_turns() {
    check(
        async {
            let wheel = Wheel::default();
            let theirs = wheel.clone();
            drop(spawn(async move { theirs.sleep(20).await }));
            sleep(50).await;
        },
        &expect![[r#"
            undriven task 2 Nap in foreign driver 1, due at 20 ms
              at drop(spawn(async move { theirs.sleep(20).await }));
              0 task 2 waker held by foreign driver 1
              50 end: Deadlock(1)
        "#]],
    );
}

#[test]
fn driver_that_is_turned_too_early() {
    check(
        async {
            let wheel = Wheel::default();
            let theirs = wheel.clone();
            drop(spawn(async move { theirs.sleep(20).await }));
            sleep(10).await;
            wheel.turn();
        },
        &expect![[r#"
            undriven task 2 Nap in foreign driver 1, due at 20 ms, turned last at 10 ms
              at drop(spawn(async move { theirs.sleep(20).await }));
              0 task 2 waker held by foreign driver 1
              10 end: Deadlock(1)
        "#]],
    );
}

#[test]
fn driver_that_is_turned_for_the_first_of_two() {
    check(
        async {
            let wheel = Wheel::default();
            for ms in [10, 30] {
                let theirs = wheel.clone();
                drop(spawn(async move { theirs.sleep(ms).await }));
            }
            sleep(20).await;
            wheel.turn();
        },
        &expect![[r#"
            undriven task 3 Nap in foreign driver 1, due at 30 ms, turned last at 20 ms
              at drop(spawn(async move { theirs.sleep(ms).await }));
              0 task 3 waker held by foreign driver 1
              20 end: Deadlock(1)
        "#]],
    );
}

/// A second timer of one task: the first rang in time.
#[test]
fn driver_that_is_turned_no_more() {
    check(
        async {
            let wheel = Wheel::default();
            let theirs = wheel.clone();
            drop(spawn(async move {
                theirs.sleep(10).await;
                theirs.sleep(10).await;
            }));
            sleep(10).await;
            wheel.turn();
        },
        &expect![[r#"
            undriven task 2 Nap in foreign driver 1, due at 20 ms, turned last at 10 ms
              at theirs.sleep(10).await;
              10 task 2 waker held by foreign driver 1
              10 end: Deadlock(1)
        "#]],
    );
}

#[test]
fn driver_that_is_turned_is_healthy() {
    healthy(async {
        let wheel = Wheel::default();
        for ms in [10, 30] {
            let theirs = wheel.clone();
            drop(spawn(async move { theirs.sleep(ms).await }));
        }
        for _ in 0..4 {
            sleep(10).await;
            wheel.turn();
        }
    });
}

/// Late, as a busy loop may be: it rings.
#[test]
fn driver_that_is_turned_late_is_healthy() {
    healthy(async {
        let wheel = Wheel::default();
        let theirs = wheel.clone();
        drop(spawn(async move { theirs.sleep(10).await }));
        sleep(100).await;
        wheel.turn();
    });
}

#[test]
fn timer_that_is_dropped_before_anybody_turns_is_healthy() {
    healthy(async {
        let wheel = Wheel::default();
        race(wheel.sleep(20), sleep(10)).await;
        race(sleep(10), wheel.sleep(5)).await;
    });
}

#[test]
fn timer_that_nobody_awaits_is_healthy() {
    healthy(async {
        let wheel = Wheel::default();
        {
            let mut nap = pin!(wheel.sleep(20));
            select(nap.as_mut(), sleep(5)).await;
        }
        sleep(50).await;
    });
}

/// What a driver rang is another matter than what it was turned for: the lock is to blame.
#[test]
fn task_that_is_stuck_elsewhere_is_not_the_driver_s() {
    check(
        async {
            let wheel = Wheel::default();
            let lock = Rc::new(Mutex::new(()));
            let (theirs, other) = (wheel.clone(), lock.clone());
            drop(spawn(async move {
                let _guard = other.lock().await;
                theirs.sleep(10).await;
                let _again = other.lock().await;
            }));
            sleep(10).await;
            wheel.turn();
            drop(lock);
        },
        &expect![[r#"
            deadlock task 2 waits for mutex 1 of task 2
              at let _guard = other.lock().await;
              awaited let _again = other.lock().await;
              waits let _again = other.lock().await;
              taken let _guard = other.lock().await;
              0 task 2 locked mutex 1
              10 task 2 > Lock
              10 end: Deadlock(1)
        "#]],
    );
}
