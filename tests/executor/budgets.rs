//! A budget that is given is kept: of polls, time and memory, and of what drops spawn at the end.

use pollscope::executor::Executor;
use pollscope::prelude::{Waker, sleep, spawn, yield_now};
use pollscope::record::{Budget, TraceRecorder};
use pollscope::trace::TimeUnit;
use pollscope::trace::event::End;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::Poll;

fn within(budget: Budget) -> Executor<TraceRecorder> {
    Executor::new(TraceRecorder::new(TimeUnit::VirtualMs, budget, None))
}

#[test]
fn budget_of_a_recorder_limits_polls() {
    let executor = within(Budget { polls: 10, ..Budget::default() });
    drop(executor.spawn("never stops", async {
        loop {
            yield_now().await;
        }
    }));
    assert_eq!(executor.run(), End::Polls(10));
    assert_eq!(executor.polls(), 10);
}

#[test]
fn budget_of_a_recorder_limits_time() {
    let executor = within(Budget { time: 5, ..Budget::default() });
    drop(executor.spawn("never stops", async {
        loop {
            sleep(2).await;
        }
    }));
    assert_eq!(executor.run(), End::Time(5));
    assert_eq!(executor.now(), 6);
}

#[test]
#[cfg(not(miri))]
fn budget_of_memory_counts_what_kept_wakers_cost() {
    let executor = within(Budget { memory: 10 << 20, ..Budget::default() });
    let wakers: Rc<RefCell<Vec<Waker>>> = Rc::default();
    let kept = wakers.clone();
    drop(executor.spawn("spawns for ever", async move {
        loop {
            let kept = kept.clone();
            let large = async move {
                let bytes = [0_u8; 100_000];
                let waker = std::future::poll_fn(|cx| Poll::Ready(cx.waker().clone())).await;
                kept.borrow_mut().push(waker);
                yield_now().await;
                assert_eq!(bytes[0], 0);
            };
            spawn(large).await;
        }
    }));
    assert_eq!(executor.run(), End::Memory(10 << 10));
    assert!((100..110).contains(&wakers.borrow().len()), "{}", wakers.borrow().len());
}

/// When it is dropped it spawns a task that holds the next one, `left` times.
struct Heir {
    left: u64,
    dropped: Rc<Cell<u64>>,
}

impl Drop for Heir {
    fn drop(&mut self) {
        self.dropped.set(self.dropped.get() + 1);
        if self.left > 0 {
            drop(spawn(hold(Heir { left: self.left - 1, dropped: self.dropped.clone() })));
        }
    }
}

async fn hold(heir: Heir) {
    std::future::pending::<()>().await;
    drop(heir);
}

#[test]
#[cfg(not(miri))]
fn drops_that_spawn_are_dropped_in_linear_time() {
    // Quadratic, it would take a minute.
    let dropped = Rc::new(Cell::new(0));
    let executor = Executor::new(());
    drop(executor.spawn("has heirs", hold(Heir { left: 100_000, dropped: dropped.clone() })));
    drop(executor);
    assert_eq!(dropped.get(), 100_001);
}

#[test]
#[cfg(not(miri))]
fn drops_that_spawn_without_end_come_to_one() {
    let dropped = Rc::new(Cell::new(0));
    let executor = Executor::new(());
    let heir = Heir { left: u64::MAX, dropped: dropped.clone() };
    let end = executor.block_on(async move {
        drop(spawn(hold(heir)));
        7
    });
    assert_eq!(end, Err(End::Polls(1_000_000)));
    drop(executor);
    assert_eq!(dropped.get(), 1_000_001, "what is left is forgotten");
}

#[test]
#[cfg(not(miri))]
fn drops_that_spawn_without_end_are_within_the_budget_of_polls() {
    let dropped = Rc::new(Cell::new(0));
    let executor = within(Budget { polls: 50, ..Budget::default() });
    let heir = Heir { left: u64::MAX, dropped: dropped.clone() };
    let end = executor.block_on(async move { drop(spawn(hold(heir))) });
    assert_eq!(end, Err(End::Polls(50)));
    let trace = executor.recorder().finish();
    assert!(trace.to_text().ends_with("end: Polls(50)\n"));
    drop(executor);
    assert_eq!(dropped.get(), 51);
}
