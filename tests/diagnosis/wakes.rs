//! Wakes and wakers that are lost on the way: between the look and the waker, with the last waker, by a person.

use super::{check, healthy, run_with, written};
use expect_test::expect;
use pollscope::prelude::*;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;

#[test]
fn look_before_the_waker_is_left_misses_a_ring_between_the_two() {
    /// It rings where it is prepared.
    struct Late(Rc<Cell<bool>>, Rc<RefCell<Option<Waker>>>);
    impl Future for Late {
        type Output = ();
        fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
            if self.0.get() {
                return Poll::Ready(());
            }
            self.0.set(true);
            if let Some(waker) = self.1.take() {
                waker.wake();
            }
            *self.1.borrow_mut() = Some(cx.waker().clone());
            Poll::Pending
        }
    }
    check(
        async { watched("Late", Late(Rc::default(), Rc::default())).await },
        &expect![[r#"
            held_by_itself task 1 Late
              at async { watched("Late", Late(Rc::default(), Rc::default())).await },
              0 task 1 > Late
              0 end: Deadlock(1)
        "#]],
    );
}

#[test]
fn last_waker_that_is_dropped_unused() {
    check(
        async {
            let kept = Rc::new(RefCell::new(None));
            let other = kept.clone();
            drop(spawn(async move {
                sleep(5).await;
                drop(other.take());
            }));
            poll_fn(|cx| {
                kept.replace(Some(cx.waker().clone()));
                Poll::<()>::Pending
            })
            .await;
        },
        &expect![[r#"
            waker_gone task 1 in the poll of 2
              5 task 1 waker dropped: 0
        "#]],
    );
}

#[test]
fn wake_that_a_person_takes_away() {
    let trace = run_with("t1.w1-lose", 100, async { sleep(5).await });
    expect![[r#"
        wake_lost task 1 by the timer of 5 ms
          awaited let trace = run_with("t1.w1-lose", 100, async { sleep(5).await });
          5 task 1 wake by timer 1 lost
    "#]]
    .assert_eq(&written(&trace));
}

#[test]
fn waker_that_only_its_own_task_keeps() {
    check(
        async {
            let mut kept = None;
            poll_fn(|cx| {
                kept = Some(cx.waker().clone());
                Poll::<()>::Pending
            })
            .await;
            drop(kept);
        },
        &expect![[r#"
            held_by_itself task 1 
              0 end: Deadlock(1)
        "#]],
    );
}

/// Looks at a bell, has something else to do, and leaves its waker.
struct Slow {
    bell: Bell,
    looks_again: bool,
}

impl Future for Slow {
    type Output = ();
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.bell.has_rung() {
            return Poll::Ready(());
        }
        compute(10); // it rings meanwhile
        self.bell.keep(cx.waker().clone());
        if self.looks_again && self.bell.has_rung() {
            return Poll::Ready(());
        }
        Poll::Pending
    }
}

/// Bells ring between polls: one that is due is left the waker before it does.
#[test]
fn bell_that_is_due_in_the_poll_that_looks_is_healthy() {
    healthy(async { watched("Slow", Slow { bell: bell(5), looks_again: false }).await });
}

#[test]
fn look_after_the_waker_is_left_is_healthy() {
    healthy(async { watched("Slow", Slow { bell: bell(5), looks_again: true }).await });
}

#[test]
fn bell_that_rings_between_the_look_and_a_later_wait() {
    check(
        async {
            let bell = bell(5);
            if !bell.has_rung() {
                sleep(10).await;
                let kept = poll_fn(|cx| {
                    bell.keep(cx.waker().clone());
                    Poll::<()>::Pending
                });
                watched("kept", kept).await;
            }
        },
        &expect![[r#"
            signalled_before_waker task 1 for bell 1, which rang at 5 ms
              at bell.keep(cx.waker().clone());
              awaited watched("kept", kept).await;
              0 task 1 found bell 1 empty
              5 bell 1 signalled
              10 task 1 waker held by bell 1
              10 end: Deadlock(1)
        "#]],
    );
}

#[test]
fn look_in_each_poll_is_healthy() {
    healthy(async {
        let bell = bell(5);
        if !bell.has_rung() {
            sleep(10).await;
            let kept = poll_fn(|cx| {
                if bell.has_rung() {
                    return Poll::Ready(());
                }
                bell.keep(cx.waker().clone());
                Poll::Pending
            });
            watched("kept", kept).await;
        }
    });
}

#[test]
fn wake_of_its_own_task_by_value_is_healthy() {
    healthy(async {
        let mut is_second = false;
        let gives_way = poll_fn(move |cx| {
            if std::mem::replace(&mut is_second, true) {
                return Poll::Ready(());
            }
            cx.waker().clone().wake();
            Poll::Pending
        });
        watched("GivesWay", gives_way).await;
    });
}

#[test]
fn finished_task_whose_waker_is_still_held_is_healthy() {
    healthy(async {
        let kept = Rc::new(RefCell::new(None));
        let keeps = kept.clone();
        let other = spawn(poll_fn(move |cx| {
            keeps.replace(Some(cx.waker().clone()));
            Poll::Ready(())
        }));
        other.await;
        sleep(5).await;
        if let Some(waker) = kept.take() {
            waker.wake();
        }
    });
}

#[test]
fn task_that_is_not_polled_yet_is_healthy() {
    let trace = run_with("", 1, async {
        for _ in 0..3 {
            drop(spawn(sleep(5)));
        }
    });
    assert_eq!(written(&trace), "", "{}", trace.to_text());
}

#[test]
fn child_that_is_detached_and_outlives_its_parent_is_healthy() {
    healthy(async {
        drop(spawn(async {
            sleep(50).await;
            log!("done");
        }));
        sleep(5).await;
    });
}
