//! The promises made to tasks about wakes and polls, one test or more for each, by the whole trace of a small program.

use super::support::{Slot, check};
use expect_test::expect;
use pollscope::executor::Executor;
use pollscope::prelude::{log, now, sleep, yield_now};
use std::task::Poll;

#[test]
fn promise_1_a_woken_task_is_polled_again() {
    check(
        |executor| {
            let slot = Slot::default();
            drop(executor.spawn("waits", slot.clone()));
            drop(executor.spawn("wakes", async move { slot.open() }));
        },
        &expect![[r#"
            0  task 1 spawned by driver: waits
            0  task 1 enqueued
            0  task 2 spawned by driver: wakes
            0  task 2 enqueued
            0  task 1 poll 1
            0  task 1 waker cloned: 1
            0  task 1 Pending
            0  task 2 poll 1
            0  task 1 waker cloned: 2
            0  task 1 woken by task 2
            0  task 1 enqueued
            0  task 1 waker dropped: 1
            0  task 2 Ready
            0  task 2 dropped: Completed
            0  task 1 poll 2
            0  task 1 Ready
            0  task 1 dropped: Completed
            0  task 1 waker dropped: 0
            0  end
        "#]],
    );
}

#[test]
fn promise_2_a_task_woken_twice_is_polled_once() {
    check(
        |executor| {
            let slot = Slot::default();
            drop(executor.spawn("waits", slot.clone()));
            drop(executor.spawn("wakes twice", async move {
                slot.waker().wake_by_ref();
                slot.open();
            }));
        },
        &expect![[r#"
            0  task 1 spawned by driver: waits
            0  task 1 enqueued
            0  task 2 spawned by driver: wakes twice
            0  task 2 enqueued
            0  task 1 poll 1
            0  task 1 waker cloned: 1
            0  task 1 Pending
            0  task 2 poll 1
            0  task 1 waker cloned: 2
            0  task 1 woken by task 2
            0  task 1 enqueued
            0  task 1 waker dropped: 1
            0  task 1 waker cloned: 2
            0  task 1 woken by task 2, coalesced
            0  task 1 waker dropped: 1
            0  task 2 Ready
            0  task 2 dropped: Completed
            0  task 1 poll 2
            0  task 1 Ready
            0  task 1 dropped: Completed
            0  task 1 waker dropped: 0
            0  end
        "#]],
    );
}

#[test]
fn promise_3_a_task_is_not_polled_after_ready() {
    check(
        |executor| {
            drop(executor.spawn("wakes itself and is ready", async {
                let waker = std::future::poll_fn(|cx| Poll::Ready(cx.waker().clone())).await;
                waker.wake();
            }));
        },
        &expect![[r#"
                0  task 1 spawned by driver: wakes itself and is ready
                0  task 1 enqueued
                0  task 1 poll 1
                0  task 1 waker cloned: 1
                0  task 1 woken by itself, during its poll
                0  task 1 waker dropped: 0
                0  task 1 Ready
                0  task 1 dropped: Completed
                0  end
        "#]],
    );
}

#[test]
fn promise_5_a_wake_after_completion_does_nothing() {
    let slot = Slot::default();
    let kept = slot.clone();
    check(
        |executor| {
            drop(executor.spawn("waits", slot.clone()));
            drop(executor.spawn("wakes", async move {
                let late = slot.waker();
                slot.open();
                yield_now().await;
                late.wake();
            }));
        },
        &expect![[r#"
            0  task 1 spawned by driver: waits
            0  task 1 enqueued
            0  task 2 spawned by driver: wakes
            0  task 2 enqueued
            0  task 1 poll 1
            0  task 1 waker cloned: 1
            0  task 1 Pending
            0  task 2 poll 1
            0  task 1 waker cloned: 2
            0  task 1 waker cloned: 3
            0  task 1 woken by task 2
            0  task 1 enqueued
            0  task 1 waker dropped: 2
            0  task 2 created YieldNow
            0  task 2   > YieldNow
            0  task 2 woken by itself, during its poll
            0  task 2   < YieldNow Pending
            0  task 2 Pending
            0  task 2 enqueued
            0  task 1 poll 2
            0  task 1 Ready
            0  task 1 dropped: Completed
            0  task 2 poll 2
            0  task 2   > YieldNow
            0  task 2   < YieldNow Ready
            0  task 1 woken by task 2, after it was done
            0  task 1 waker dropped: 1
            0  task 2 Ready
            0  task 2 dropped: Completed
            0  end
        "#]],
    );
    // The executor is gone; its wakers are not.
    kept.waker().wake();
}

#[test]
fn promise_5_a_wake_from_another_thread_is_seen() {
    let executor = Executor::new(());
    let slot = Slot::default();
    let waits = executor.spawn("waits", slot.clone());
    executor.step();
    slot.open.set(true);
    let waker = slot.waker();
    std::thread::spawn(move || waker.wake()).join().expect("waking does not panic");
    executor.run();
    assert!(waits.is_finished());
}

#[test]
fn promise_6_a_task_that_wakes_itself_is_queued_after_its_poll() {
    check(
        |executor| {
            drop(executor.spawn("yields", async {
                yield_now().await;
                log!("again");
            }));
            drop(executor.spawn("other", async { log!("first") }));
        },
        &expect![[r#"
            0  task 1 spawned by driver: yields
            0  task 1 enqueued
            0  task 2 spawned by driver: other
            0  task 2 enqueued
            0  task 1 poll 1
            0  task 1 created YieldNow
            0  task 1   > YieldNow
            0  task 1 woken by itself, during its poll
            0  task 1   < YieldNow Pending
            0  task 1 Pending
            0  task 1 enqueued
            0  task 2 poll 1
            0  task 2 log: first
            0  task 2 Ready
            0  task 2 dropped: Completed
            0  task 1 poll 2
            0  task 1   > YieldNow
            0  task 1   < YieldNow Ready
            0  task 1 log: again
            0  task 1 Ready
            0  task 1 dropped: Completed
            0  end
        "#]],
    );
}

#[test]
fn promise_7_tasks_are_polled_in_the_order_of_the_queue() {
    check(
        |executor| {
            for name in ["a", "b", "c"] {
                drop(executor.spawn(name, async move {
                    // The first wakes last.
                    sleep(if name == "a" { 2 } else { 1 }).await;
                    log!("{name} at {}", now());
                }));
            }
        },
        &expect![[r#"
            0  task 1 spawned by driver: a
            0  task 1 enqueued
            0  task 2 spawned by driver: b
            0  task 2 enqueued
            0  task 3 spawned by driver: c
            0  task 3 enqueued
            0  task 1 poll 1
            0  task 1 created Sleep
            0  task 1   > Sleep
            0  task 1 waker cloned: 1
            0  timer 1 set for task 1 in 2
            0  task 1   < Sleep Pending
            0  task 1 Pending
            0  task 2 poll 1
            0  task 2 created Sleep
            0  task 2   > Sleep
            0  task 2 waker cloned: 1
            0  timer 2 set for task 2 in 1
            0  task 2   < Sleep Pending
            0  task 2 Pending
            0  task 3 poll 1
            0  task 3 created Sleep
            0  task 3   > Sleep
            0  task 3 waker cloned: 1
            0  timer 3 set for task 3 in 1
            0  task 3   < Sleep Pending
            0  task 3 Pending
            1  clock +1
            1  timer 2 fired
            1  task 2 woken by timer 2
            1  task 2 enqueued
            1  task 2 waker dropped: 0
            1  timer 3 fired
            1  task 3 woken by timer 3
            1  task 3 enqueued
            1  task 3 waker dropped: 0
            1  task 2 poll 2
            1  task 2   > Sleep
            1  task 2   < Sleep Ready
            1  task 2 log: b at 1
            1  task 2 Ready
            1  task 2 dropped: Completed
            1  task 3 poll 2
            1  task 3   > Sleep
            1  task 3   < Sleep Ready
            1  task 3 log: c at 1
            1  task 3 Ready
            1  task 3 dropped: Completed
            2  clock +1
            2  timer 1 fired
            2  task 1 woken by timer 1
            2  task 1 enqueued
            2  task 1 waker dropped: 0
            2  task 1 poll 2
            2  task 1   > Sleep
            2  task 1   < Sleep Ready
            2  task 1 log: a at 2
            2  task 1 Ready
            2  task 1 dropped: Completed
            2  end
        "#]],
    );
}
