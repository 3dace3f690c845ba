//! Runs that do not end by themselves.

use super::{check, healthy};
use expect_test::expect;
use pollscope::prelude::*;

#[test]
fn sleep_of_no_time_for_ever() {
    check(
        async {
            loop {
                sleep(0).await;
            }
        },
        &expect![[r#"
            time_stands_still task 1 and 0 others, 10000 polls at 0 ms
              at sleep(0).await;
              0 task 1 spawned by driver: main
              0 end: Polls(10000)
        "#]],
    );
}

#[test]
fn two_who_send_to_each_other_for_ever() {
    check(
        async {
            let (to_a, mut from_b) = channel::<()>();
            let (to_b, mut from_a) = channel::<()>();
            to_a.send(());
            drop(spawn(async move {
                while from_b.recv().await.is_some() {
                    to_b.send(());
                }
            }));
            drop(spawn(async move {
                while from_a.recv().await.is_some() {
                    to_a.send(());
                }
            }));
        },
        &expect![[r#"
            time_stands_still task 2 and 1 others, 10000 polls at 0 ms
              at while from_b.recv().await.is_some() {
              0 task 1 spawned by driver: main
              0 end: Polls(10000)
        "#]],
    );
}

#[test]
fn race_with_one_that_gives_way_for_ever() {
    check(
        async {
            let spins = async {
                loop {
                    ready(()).await;
                    yield_now().await;
                }
            };
            race(spins, sleep(10)).await;
        },
        &expect![[r#"
            time_stands_still task 1 and 0 others, 10000 polls at 0 ms
              at yield_now().await;
              0 task 1 spawned by driver: main
              0 end: Polls(10000)
        "#]],
    );
}

#[test]
fn task_that_panics() {
    check(
        async {
            sleep(5).await;
            let none: Option<u32> = None;
            sleep(none.expect("there is a time")).await;
        },
        &expect![[r#"
            panicked task 1: 
              awaited sleep(5).await;
              5 task 1 panic:
        "#]],
    );
}

#[test]
fn ticker_that_is_cut_off_is_healthy() {
    healthy(async {
        loop {
            sleep(10).await;
        }
    });
}

#[test]
fn very_many_tasks_at_one_instant_are_healthy() {
    healthy(async {
        let all: Vec<_> = (0..2000).map(|_| spawn(yield_now())).collect();
        for one in all {
            one.await;
        }
    });
}

#[test]
fn order_of_two_that_are_ready_at_once_is_healthy() {
    healthy(async {
        let x = async {
            yield_now().await;
            log!("x");
        };
        let y = async { log!("y") };
        join!(x, y).await;
        drop(spawn(async { log!("z") }));
    });
}
