//! Timers, as `sleep` sets them.

use super::support::check;
use expect_test::expect;
use pollscope::prelude::{compute, log, sleep};
use std::task::Poll;

#[test]
fn sleep_is_not_ready_before_its_timer_fired() {
    check(
        |executor| {
            drop(executor.spawn("computes past its deadline", async {
                let nap = sleep(3);
                compute(10);
                nap.await;
                log!("after the nap, which began when it was first polled");
            }));
        },
        &expect![[r#"
            0  task 1 spawned by driver: computes past its deadline
            0  task 1 enqueued
            0  task 1 poll 1
            0  task 1 created Sleep
            10  task 1 computed 10
            10  task 1   > Sleep
            10  task 1 waker cloned: 1
            10  timer 1 set for task 1 in 3
            10  task 1   < Sleep Pending
            10  task 1 Pending
            13  clock +3
            13  timer 1 fired
            13  task 1 woken by timer 1
            13  task 1 enqueued
            13  task 1 waker dropped: 0
            13  task 1 poll 2
            13  task 1   > Sleep
            13  task 1   < Sleep Ready
            13  task 1 log: after the nap, which began when it was first polled
            13  task 1 Ready
            13  task 1 dropped: Completed
            13  end
        "#]],
    );
}

#[test]
fn sleep_that_is_dropped_cancels_its_timer() {
    check(
        |executor| {
            drop(executor.spawn("gives up", async {
                let mut nap = Box::pin(sleep(50));
                std::future::poll_fn(|cx| {
                    assert!(nap.as_mut().poll(cx).is_pending());
                    Poll::Ready(())
                })
                .await;
                drop(nap);
                log!("nobody waits");
            }));
        },
        &expect![[r#"
            0  task 1 spawned by driver: gives up
            0  task 1 enqueued
            0  task 1 poll 1
            0  task 1 created Sleep
            0  task 1   > Sleep
            0  task 1 waker cloned: 1
            0  timer 1 set for task 1 in 50
            0  task 1   < Sleep Pending
            0  timer 1 cancelled
            0  task 1 waker dropped: 0
            0  task 1 log: nobody waits
            0  task 1 Ready
            0  task 1 dropped: Completed
            0  end
        "#]],
    );
}
