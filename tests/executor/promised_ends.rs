//! The promises made to tasks about how futures, panics and runs end, one test or more for each.

use super::support::{Guard, check, reporting, text};
use expect_test::expect;
use pollscope::executor::Executor;
use pollscope::prelude::{log, sleep, yield_now};
use pollscope::trace::event::End;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

#[test]
fn promise_4_a_future_is_dropped_exactly_once() {
    check(
        |executor| {
            let guarded = |name| async move {
                let _guard = Guard(name);
                sleep(10).await;
            };
            drop(executor.spawn("ready", guarded("ready")));
            let cancelled = executor.spawn("cancelled", guarded("cancelled"));
            executor.step();
            executor.step();
            assert!(executor.cancel(cancelled.id()));
            assert!(!executor.cancel(cancelled.id()), "a task is cancelled once");
        },
        &expect![[r#"
            0  task 1 spawned by driver: ready
            0  task 1 enqueued
            0  task 2 spawned by driver: cancelled
            0  task 2 enqueued
            0  task 1 poll 1
            0  task 1 created Sleep
            0  task 1   > Sleep
            0  task 1 waker cloned: 1
            0  timer 1 set for task 1 in 10
            0  task 1   < Sleep Pending
            0  task 1 Pending
            0  task 2 poll 1
            0  task 2 created Sleep
            0  task 2   > Sleep
            0  task 2 waker cloned: 1
            0  timer 2 set for task 2 in 10
            0  task 2   < Sleep Pending
            0  task 2 Pending
            0  task 2 dropped: Cancelled
            0  timer 2 cancelled
            0  task 2 waker dropped: 0
            0  driver log: drop cancelled
            10  clock +10
            10  timer 1 fired
            10  task 1 woken by timer 1
            10  task 1 enqueued
            10  task 1 waker dropped: 0
            10  task 1 poll 2
            10  task 1   > Sleep
            10  task 1   < Sleep Ready
            10  task 1 log: drop ready
            10  task 1 Ready
            10  task 1 dropped: Completed
            10  end
        "#]],
    );
}

#[test]
fn promise_4_the_executor_drops_what_is_left_in_spawn_order() {
    let dropped = Rc::new(RefCell::new(Vec::new()));
    struct Note(u32, Rc<RefCell<Vec<u32>>>);
    impl Drop for Note {
        fn drop(&mut self) {
            self.1.borrow_mut().push(self.0);
        }
    }
    let executor = Executor::new(());
    for i in 1..=3 {
        let note = Note(i, dropped.clone());
        drop(executor.spawn("waits for ever", async move {
            let _note = note;
            std::future::pending::<()>().await;
        }));
    }
    assert_eq!(executor.run(), End::Deadlock(3));
    drop(executor);
    assert_eq!(*dropped.borrow(), [1, 2, 3]);
}

#[test]
fn promise_8_a_panic_ends_the_run() {
    let executor = reporting();
    drop(executor.spawn("guarded", async {
        let _guard = Guard("never recorded");
        sleep(10).await;
    }));
    drop(executor.spawn("panics", async {
        yield_now().await;
        panic!("no such number");
    }));
    let unwound = catch_unwind(AssertUnwindSafe(|| executor.run()));
    assert!(unwound.is_err());
    assert_eq!(executor.run(), End::Panicked, "nothing is polled after a panic");
    let trace = executor.recorder().finish();
    drop(executor);
    expect![[r#"
        0  task 1 spawned by driver: guarded
        0  task 1 enqueued
        0  task 2 spawned by driver: panics
        0  task 2 enqueued
        0  task 1 poll 1
        0  task 1 created Sleep
        0  task 1   > Sleep
        0  task 1 waker cloned: 1
        0  timer 1 set for task 1 in 10
        0  task 1   < Sleep Pending
        0  task 1 Pending
        0  task 2 poll 1
        0  task 2 created YieldNow
        0  task 2   > YieldNow
        0  task 2 woken by itself, during its poll
        0  task 2   < YieldNow Pending
        0  task 2 Pending
        0  task 2 enqueued
        0  task 2 poll 2
        0  task 2   > YieldNow
        0  task 2   < YieldNow Ready
        0  task 2 panic: no such number
        0  task 2 panicked
        0  end: Panicked
    "#]]
    .assert_eq(&text(&trace));
}

#[test]
fn promise_9_an_executor_is_not_run_from_inside() {
    check(
        |executor| {
            let inner = executor.clone();
            drop(executor.spawn("recursive", async move {
                let refused = catch_unwind(AssertUnwindSafe(|| inner.run()));
                log!("refused: {}", refused.is_err());
            }));
        },
        &expect![[r#"
            0  task 1 spawned by driver: recursive
            0  task 1 enqueued
            0  task 1 poll 1
            0  task 1 log: refused: true
            0  task 1 Ready
            0  task 1 dropped: Completed
            0  end
        "#]],
    );
}
