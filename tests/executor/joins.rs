//! Join handles: who waits for a task, and who does not.

use super::support::check;
use expect_test::expect;
use pollscope::prelude::{JoinHandle, log, sleep, spawn};

#[test]
fn join_handle_wakes_the_task_that_awaits_it() {
    check(
        |executor| {
            drop(executor.spawn("main", async {
                let child: JoinHandle<u32> = spawn(async {
                    sleep(5).await;
                    42
                });
                log!("got {}", child.await);
            }));
        },
        &expect![[r#"
            0  task 1 spawned by driver: main
            0  task 1 enqueued
            0  task 1 poll 1
            0  task 1 asked
            0  task 2 spawned by task 1: join_handle_wakes_the_task_that_awaits_it
            0  task 2 enqueued
            0  task 1   > JoinHandle
            0  task 1 waker cloned: 1
            0  task 1 waker held by task 2
            0  task 1   < JoinHandle Pending
            0  task 1 Pending
            0  task 2 poll 1
            0  task 2 created Sleep
            0  task 2   > Sleep
            0  task 2 waker cloned: 1
            0  timer 1 set for task 2 in 5
            0  task 2   < Sleep Pending
            0  task 2 Pending
            5  clock +5
            5  timer 1 fired
            5  task 2 woken by timer 1
            5  task 2 enqueued
            5  task 2 waker dropped: 0
            5  task 2 poll 2
            5  task 2   > Sleep
            5  task 2   < Sleep Ready
            5  task 2 Ready
            5  task 2 dropped: Completed
            5  task 1 woken by task 2
            5  task 1 enqueued
            5  task 1 waker dropped: 0
            5  task 1 poll 2
            5  task 1   > JoinHandle
            5  task 1   < JoinHandle Ready
            5  task 1 log: got 42
            5  task 1 Ready
            5  task 1 dropped: Completed
            5  end
        "#]],
    );
}

#[test]
fn join_handle_detaches_when_dropped() {
    check(
        |executor| {
            drop(executor.spawn("main", async {
                drop(spawn(async {
                    sleep(5).await;
                    log!("went on");
                }));
            }));
        },
        &expect![[r#"
            0  task 1 spawned by driver: main
            0  task 1 enqueued
            0  task 1 poll 1
            0  task 1 asked
            0  task 2 spawned by task 1: join_handle_detaches_when_dropped
            0  task 2 enqueued
            0  task 1 Ready
            0  task 1 dropped: Completed
            0  task 2 poll 1
            0  task 2 created Sleep
            0  task 2   > Sleep
            0  task 2 waker cloned: 1
            0  timer 1 set for task 2 in 5
            0  task 2   < Sleep Pending
            0  task 2 Pending
            5  clock +5
            5  timer 1 fired
            5  task 2 woken by timer 1
            5  task 2 enqueued
            5  task 2 waker dropped: 0
            5  task 2 poll 2
            5  task 2   > Sleep
            5  task 2   < Sleep Ready
            5  task 2 log: went on
            5  task 2 Ready
            5  task 2 dropped: Completed
            5  end
        "#]],
    );
}

#[test]
fn holder_of_a_waker_is_forgotten_when_it_lets_go() {
    check(
        |executor| {
            drop(executor.spawn("gives up on a child", async {
                let child = spawn(std::future::pending::<()>());
                let _ = pollscope::prelude::select(child, sleep(1)).await;
                sleep(1).await;
            }));
        },
        &expect![[r#"
            0  task 1 spawned by driver: gives up on a child
            0  task 1 enqueued
            0  task 1 poll 1
            0  task 1 asked
            0  task 2 spawned by task 1: Pending
            0  task 2 enqueued
            0  task 1 created Sleep
            0  task 1 created Select
            0  task 1   > Select
            0  task 1   > JoinHandle
            0  task 1 waker cloned: 1
            0  task 1 waker held by task 2
            0  task 1   < JoinHandle Pending
            0  task 1   > Sleep
            0  task 1 waker cloned: 2
            0  timer 1 set for task 1 in 1
            0  task 1   < Sleep Pending
            0  task 1   < Select Pending
            0  task 1 Pending
            0  task 2 poll 1
            0  task 2 Pending
            1  clock +1
            1  timer 1 fired
            1  task 1 woken by timer 1
            1  task 1 enqueued
            1  task 1 waker dropped: 1
            1  task 1 poll 2
            1  task 1   > Select
            1  task 1   > JoinHandle
            1  task 1 waker cloned: 2
            1  task 1 waker dropped: 1
            1  task 1 waker held by task 2
            1  task 1   < JoinHandle Pending
            1  task 1   > Sleep
            1  task 1   < Sleep Ready
            1  task 1   < Select Ready
            1  task 1 waker let go by task 2
            1  task 1 waker dropped: 0
            1  task 1 created Sleep
            1  task 1   > Sleep
            1  task 1 waker cloned: 1
            1  timer 2 set for task 1 in 1
            1  task 1   < Sleep Pending
            1  task 1 Pending
            2  clock +1
            2  timer 2 fired
            2  task 1 woken by timer 2
            2  task 1 enqueued
            2  task 1 waker dropped: 0
            2  task 1 poll 3
            2  task 1   > Sleep
            2  task 1   < Sleep Ready
            2  task 1 Ready
            2  task 1 dropped: Completed
            2  end: Deadlock(1)
        "#]],
    );
}
