//! Who has the thread: polls that keep it, tasks that are polled for nothing, wakes that come to nothing.

use super::leaves::Keeps;
use super::{check, healthy};
use expect_test::expect;
use pollscope::prelude::*;
use std::cell::Cell;
use std::future::poll_fn;

#[test]
fn poll_that_computes_while_others_are_due() {
    check(
        async {
            drop(spawn(async { sleep(5).await }));
            yield_now().await;
            compute(50);
        },
        &expect![[r#"
            blocked task 1 for 50 ms, 1 others, 45 ms late
              at compute(50);
              50 task 1 computed 50
        "#]],
    );
}

#[test]
fn short_computes_in_one_poll_are_one_long_one() {
    check(
        async {
            drop(spawn(async { log!("my turn") }));
            compute(9);
            compute(9);
            compute(9);
        },
        &expect![[r#"
            blocked task 1 for 27 ms, 1 others, 27 ms late
              at compute(9);
              18 task 1 computed 9
        "#]],
    );
}

#[test]
fn pieces_that_still_make_others_late() {
    check(
        async {
            drop(spawn(async {
                for _ in 0..4 {
                    sleep(5).await;
                }
            }));
            compute(50);
            yield_now().await;
            for _ in 0..3 {
                compute(10);
                yield_now().await;
            }
        },
        &expect![[r#"
            blocked task 1 for 50 ms, 1 others, 50 ms late
              at compute(50);
              50 task 1 computed 50
            blocked task 1 for 10 ms, 1 others, 10 ms late
              at compute(10);
              60 task 1 computed 10
        "#]],
    );
}

#[test]
fn short_pieces_are_healthy() {
    healthy(async {
        drop(spawn(async { sleep(5).await }));
        for _ in 0..10 {
            compute(4);
            yield_now().await;
        }
    });
}

#[test]
fn long_poll_of_the_only_task_is_healthy() {
    healthy(async {
        compute(50);
        watched("Keeps", Keeps(bell(5))).await;
        compute(50);
    });
}

#[test]
fn bell_of_its_own_task_is_no_other_task() {
    healthy(async {
        let bell = bell(5);
        let ring = watched("Keeps", Keeps(bell));
        compute(20);
        ring.await;
    });
}

/// It asks again and again.
struct Asks(Bell);

impl Future for Asks {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        compute(1);
        if self.0.has_rung() {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending // asks again
    }
}

#[test]
fn future_that_asks_again_and_again() {
    check(
        async { watched("Asks", Asks(bell(40))).await },
        &expect![[r#"
            busy_polling task 1 Asks, 16 polls
              at if self.0.has_rung() {
              awaited async { watched("Asks", Asks(bell(40))).await },
              1 task 1 Pending
              16 task 1 Pending
        "#]],
    );
}

#[test]
fn task_that_gives_way_until_a_bell_has_rung() {
    check(
        async {
            let bell = bell(40);
            while !bell.has_rung() {
                compute(1);
                yield_now().await;
            }
        },
        &expect![[r#"
            busy_polling task 1 , 16 polls
              at while !bell.has_rung() {
              1 task 1 Pending
              16 task 1 Pending
        "#]],
    );
}

#[test]
fn future_that_wakes_itself_for_nothing() {
    struct Spins(Rc<Cell<bool>>);
    impl Future for Spins {
        type Output = ();
        fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
            if self.0.get() {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        }
    }
    check(
        async {
            let flag = Rc::new(Cell::new(false));
            let set = flag.clone();
            let spins = spawn(watched("spins", Spins(flag)));
            for _ in 0..40 {
                yield_now().await;
            }
            set.set(true);
            spins.await;
        },
        &expect![[r#"
            busy_polling task 2 spins, 16 polls
              at let spins = spawn(watched("spins", Spins(flag)));
              0 task 2 Pending
              0 task 2 Pending
        "#]],
    );
}

#[test]
fn work_in_many_pieces_is_healthy() {
    healthy(async {
        let mut sum = 0_u64;
        for n in 0..100 {
            sum += n;
            yield_now().await;
        }
        log!("{sum}");
    });
}

#[test]
fn computing_beside_a_bell_is_healthy() {
    healthy(async {
        let crunch = async {
            loop {
                compute(1);
                yield_now().await;
            }
        };
        race(watched("Keeps", Keeps(bell(40))), crunch).await;
    });
}

#[test]
fn task_that_wakes_another_again_and_again() {
    check(
        async {
            let woken = spawn(async {
                let waker = poll_fn(|cx| Poll::Ready(cx.waker().clone())).await;
                for _ in 0..20 {
                    waker.wake_by_ref();
                }
                yield_now().await;
            });
            woken.await;
        },
        &expect![[r#"
            wake_storm task 2 8 times by itself
              0 task 2 woken by itself, coalesced
        "#]],
    );
}

#[test]
fn batch_of_values_is_healthy() {
    healthy(async {
        let (sender, mut receiver) = channel();
        drop(spawn(async move { (0..20).for_each(|n| sender.send(n)) }));
        while let Some(n) = receiver.recv().await {
            log!("{n}");
        }
    });
}

#[test]
fn future_that_is_polled_after_it_was_ready() {
    check(
        async {
            let mut leaf = pin!(watched("Leaf", poll_fn(|_| Poll::Ready(()))));
            leaf.as_mut().await;
            leaf.as_mut().await;
        },
        &expect![[r#"
            polled_after_ready task 1 Leaf
              at let mut leaf = pin!(watched("Leaf", poll_fn(|_| Poll::Ready(()))));
              0 task 1 polled Leaf after Ready
        "#]],
    );
}
