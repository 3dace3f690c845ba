//! Wakes and wakers that are lost on the way: between the look and the waker, with the last waker, by a person.

use super::{check, run_with, written};
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
