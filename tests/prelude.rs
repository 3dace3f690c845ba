//! The prelude's futures, by what their tasks log. Runs under Miri, too: the mutex is written with `unsafe`.

#![cfg(not(target_arch = "wasm32"))]

use pollscope::executor::Executor;
use pollscope::prelude::*;
use pollscope::record::{Budget, TraceRecorder};
use pollscope::trace::event::End;
use pollscope::trace::{Event, TimeUnit};

/// Runs a program as the main task and compares what it logs, with the time of each line.
fn check(main: impl Future<Output = ()> + 'static, expected: &[&str]) {
    let executor = Executor::new(TraceRecorder::new(TimeUnit::VirtualMs, Budget::default(), None));
    executor.block_on(main).expect("it comes to its end");
    let trace = executor.recorder().finish();
    let line = |i| match trace.event(i) {
        Event::Logged { text, .. } => Some(format!("{} {}", trace.time(i), trace.name(text))),
        _ => None,
    };
    assert_eq!((0..trace.len()).filter_map(line).collect::<Vec<_>>(), expected);
}

#[test]
fn mutex_is_had_by_one_task_at_a_time() {
    check(
        async {
            let shared = Rc::new(Mutex::new(0));
            let tasks: Vec<_> = (1..=3)
                .map(|n| {
                    let shared = shared.clone();
                    spawn(async move {
                        let mut guard = shared.lock().await;
                        let before = *guard;
                        sleep(10).await;
                        *guard = before + n;
                        log!("{n} makes it {}", *guard);
                    })
                })
                .collect();
            for task in tasks {
                task.await;
            }
            log!("{}", *shared.lock().await);
        },
        &["10 1 makes it 1", "20 2 makes it 3", "30 3 makes it 6", "30 6"],
    );
}

#[test]
fn mutex_passes_the_wake_of_a_lock_that_is_dropped_on() {
    check(
        async {
            let shared = Rc::new(Mutex::new(String::from("a")));
            let guard = shared.lock().await;
            let (first, second) = (shared.clone(), shared.clone());
            let gives_up = spawn(async move {
                drop(select(first.lock(), sleep(5)).await);
                log!("gave up");
            });
            let waits = spawn(async move {
                second.lock().await.push('b');
                log!("had it");
            });
            sleep(5).await;
            drop(guard);
            gives_up.await;
            waits.await;
            log!("{}", *shared.lock().await);
        },
        &["5 gave up", "5 had it", "5 ab"],
    );
}

#[test]
fn join_polls_all_its_children_at_once() {
    check(
        async {
            let (a, b, c) = join!(sleep(10), async { 2 }, sleep(20)).await;
            log!("{a:?} {b} {c:?}");
        },
        &["20 () 2 ()"],
    );
}

#[test]
fn race_drops_its_loser_where_it_is() {
    struct Guard;
    impl Drop for Guard {
        fn drop(&mut self) {
            log!("dropped");
        }
    }
    check(
        async {
            let slow = async {
                let _guard = Guard;
                sleep(50).await;
                "slow"
            };
            let fast = async {
                sleep(5).await;
                "fast"
            };
            log!("{}", race(slow, fast).await);
        },
        &["5 dropped", "5 fast"],
    );
}

#[test]
fn channel_ends_when_its_last_sender_is_dropped() {
    check(
        async {
            let (sender, mut receiver) = channel();
            for n in 1..=2 {
                let sender = sender.clone();
                drop(spawn(async move {
                    sleep(n * 10).await;
                    sender.send(n);
                }));
            }
            drop(sender);
            while let Some(n) = receiver.recv().await {
                log!("{n}");
            }
            log!("no more");
        },
        &["10 1", "20 2", "20 no more"],
    );
}

#[test]
fn guard_across_an_await_of_its_own_lock_is_a_deadlock() {
    let executor = Executor::new(());
    let end = executor.block_on(async {
        let mutex = Mutex::new(());
        let _guard = mutex.lock().await;
        mutex.lock().await;
    });
    assert_eq!(end, Err(End::Deadlock(1)));
}

#[test]
fn ready_is_ready_and_pending_never_is() {
    let executor = Executor::new(());
    assert_eq!(executor.block_on(ready(7)), Ok(7));
    let executor = Executor::new(());
    assert_eq!(executor.block_on(pending::<()>()), Err(End::Deadlock(1)));
}
