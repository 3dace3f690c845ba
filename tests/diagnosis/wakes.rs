//! Wakes that are lost, or that come to the right one by luck.

use super::{check, healthy, run_with, written};
use expect_test::expect;
use pollscope::prelude::*;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;

/// Right: each poll that finds nothing leaves its waker.
pub(crate) struct Keeps(pub(crate) Bell);

impl Future for Keeps {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.0.has_rung() {
            return Poll::Ready(());
        }
        self.0.keep(cx.waker().clone());
        Poll::Pending
    }
}

/// Wrong: it leaves no waker.
pub(crate) struct Forgets(pub(crate) Bell);

impl Future for Forgets {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.0.has_rung() {
            return Poll::Ready(());
        }
        Poll::Pending // nobody was told
    }
}

/// Wrong where it moves: it leaves the waker of its first poll only.
struct KeepsFirst(Bell, Cell<bool>);

impl Future for KeepsFirst {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.0.has_rung() {
            return Poll::Ready(());
        }
        if !self.1.replace(true) {
            self.0.keep(cx.waker().clone());
        }
        Poll::Pending // of the first, or not
    }
}

/// Wrong: it takes any later poll for the ring.
struct Trusts(Bell, Cell<bool>);

impl Future for Trusts {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.1.replace(true) || self.0.has_rung() {
            return Poll::Ready(());
        }
        self.0.keep(cx.waker().clone());
        Poll::Pending
    }
}

fn forgets(ms: u32) -> Watched<Forgets> {
    watched("Forgets", Forgets(bell(ms)))
}

async fn ticker(ms: u32) {
    loop {
        sleep(ms).await;
    }
}

/// Polls once, and hands on to another task.
async fn hand_on(mut leaf: impl Future<Output = ()> + Unpin + 'static) {
    let asked = poll_fn(|cx| Poll::Ready(Pin::new(&mut leaf).poll(cx)));
    if asked.await.is_pending() {
        drop(spawn(leaf));
    }
}

#[test]
fn leaf_that_leaves_its_waker_is_healthy() {
    healthy(async { watched("Keeps", Keeps(bell(5))).await });
}

#[test]
fn leaf_that_leaves_its_waker_beside_a_ticker_is_healthy() {
    healthy(async {
        race(watched("Keeps", Keeps(bell(50))), ticker(20)).await;
    });
}

#[test]
fn leaf_that_leaves_its_waker_and_is_handed_on_is_healthy() {
    healthy(async { hand_on(watched("Keeps", Keeps(bell(30)))).await });
}

#[test]
fn leaf_that_leaves_its_first_waker_in_one_task_is_healthy() {
    healthy(async {
        race(watched("KeepsFirst", KeepsFirst(bell(50), Cell::new(false))), ticker(20)).await;
    });
}

#[test]
fn leaf_that_leaves_no_waker() {
    check(
        async { forgets(5).await },
        &expect![[r#"
            no_waker task 1 Forgets
              at Poll::Pending // nobody was told
              awaited async { forgets(5).await },
              0 task 1 > Forgets
              0 task 1 < Forgets Pending
              0 task 1 Pending
        "#]],
    );
}

#[test]
fn leaf_that_leaves_no_waker_beside_a_ticker() {
    check(
        async {
            race(forgets(30), ticker(20)).await;
        },
        &expect![[r#"
            polled_by_luck task 1 Forgets because of the timer of 20 ms
              at Poll::Pending // nobody was told
              awaited race(forgets(30), ticker(20)).await;
              0 task 1 > Forgets
              0 task 1 < Forgets Pending
              20 task 1 > Forgets
        "#]],
    );
}

#[test]
fn leaf_that_leaves_no_waker_and_is_handed_on() {
    check(
        async { hand_on(forgets(5)).await },
        &expect![[r#"
        no_waker task 2 Forgets
          at Poll::Pending // nobody was told
          0 task 2 > Forgets
          0 task 2 < Forgets Pending
          0 task 2 Pending
    "#]],
    );
}

#[test]
fn leaf_that_leaves_its_first_waker_and_is_handed_on() {
    check(
        async { hand_on(watched("KeepsFirst", KeepsFirst(bell(30), Cell::new(false)))).await },
        &expect![[r#"
        stale_waker task 2 KeepsFirst: bell 1 has that of task 1
          at Poll::Pending // of the first, or not
          0 task 1 waker held by bell 1
          0 task 2 > KeepsFirst
          0 task 2 < KeepsFirst Pending
          0 task 2 Pending
    "#]],
    );
}

#[test]
fn leaf_that_does_not_look_again_is_served_on_the_ring() {
    healthy(async { watched("Trusts", Trusts(bell(30), Cell::new(false))).await });
}

#[test]
fn leaf_that_does_not_look_again_beside_a_ticker() {
    check(
        async {
            race(watched("Trusts", Trusts(bell(30), Cell::new(false))), ticker(20)).await;
        },
        &expect![[r#"
            took_poll_for_event task 1 Trusts before bell 1
              at if self.1.replace(true) || self.0.has_rung() {
              awaited race(watched("Trusts", Trusts(bell(30), Cell::new(false))), ticker(20)).await;
              0 task 1 waker held by bell 1
              20 task 1 > Trusts
              20 task 1 < Trusts Ready
        "#]],
    );
}

#[test]
fn leaf_that_does_not_look_again_and_is_handed_on() {
    check(
        async { hand_on(watched("Trusts", Trusts(bell(30), Cell::new(false)))).await },
        &expect![[r#"
        took_poll_for_event task 2 Trusts before bell 1
          at if self.1.replace(true) || self.0.has_rung() {
          0 task 1 waker held by bell 1
          0 task 2 > Trusts
          0 task 2 < Trusts Ready
    "#]],
    );
}

#[test]
fn leaf_that_is_also_ready_when_its_own_timer_says_so_is_healthy() {
    struct InTime(Bell, Sleep);
    impl Future for InTime {
        type Output = ();
        fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
            if Pin::new(&mut self.1).poll(cx).is_ready() || self.0.has_rung() {
                return Poll::Ready(());
            }
            self.0.keep(cx.waker().clone());
            Poll::Pending
        }
    }
    healthy(async { watched("InTime", InTime(bell(30), sleep(10))).await });
}

#[test]
fn future_that_is_never_ready() {
    check(
        async { pending::<()>().await },
        &expect![[r#"
            no_waker task 1 Pending
              awaited async { pending::<()>().await },
              0 task 1 > Pending
              0 task 1 < Pending Pending
              0 task 1 Pending
        "#]],
    );
}

#[test]
fn future_that_is_never_ready_and_loses_a_race_is_healthy() {
    healthy(async {
        race(sleep(20), pending()).await;
        race(pending(), ticked(3)).await;
    });
}

async fn ticked(times: u32) {
    for _ in 0..times {
        sleep(5).await;
    }
}

/// Pending is taken for a way to give way.
struct Once(Cell<bool>);

impl Future for Once {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.0.replace(true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

#[test]
fn pending_that_is_taken_for_a_way_to_give_way() {
    check(
        async { watched("Once", Once(Cell::new(false))).await },
        &expect![[r#"
            no_waker task 1 Once
              at async { watched("Once", Once(Cell::new(false))).await },
              0 task 1 > Once
              0 task 1 < Once Pending
              0 task 1 Pending
        "#]],
    );
}

#[test]
fn pending_that_is_taken_for_a_way_to_give_way_beside_a_ticker() {
    check(
        async {
            join!(watched("Once", Once(Cell::new(false))), ticked(2)).await;
        },
        &expect![[r#"
            polled_by_luck task 1 Once because of the timer of 5 ms
              at join!(watched("Once", Once(Cell::new(false))), ticked(2)).await;
              0 task 1 > Once
              0 task 1 < Once Pending
              5 task 1 > Once
        "#]],
    );
}

/// Pending after an item that it leaves out, though the next may be there.
struct Even(Receiver<u32>);

impl Future for Even {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        let next = pin!(self.0.recv()).poll(cx);
        match next {
            Poll::Ready(Some(n)) if n % 2 == 0 => Poll::Ready(n),
            _ => Poll::Pending,
        }
    }
}

#[test]
fn filter_that_is_pending_after_an_item_that_it_leaves_out() {
    check(
        async {
            let (sender, receiver) = channel();
            sender.send(1);
            drop(spawn(async move {
                sleep(10).await;
                sender.send(2);
            }));
            let even = watched("Even", Even(receiver)).await;
            log!("{even}");
        },
        &expect![[r#"
            no_waker task 1 Even
              at _ => Poll::Pending,
              awaited let even = watched("Even", Even(receiver)).await;
              0 task 1 > Even
              0 task 1 < Even Pending
              0 task 1 Pending
        "#]],
    );
}

#[test]
fn waker_of_nobody_that_is_kept_in_place_of_the_task_s() {
    check(
        async {
            let mut leaf = Box::pin(watched("KeepsFirst", KeepsFirst(bell(10), Cell::new(false))));
            let _ = leaf.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            leaf.await;
        },
        &expect![[r#"
            stale_waker task 1 KeepsFirst: bell 1 has that of task 0
              at Poll::Pending // of the first, or not
              0 task 1 left bell 1 a waker of no task
              0 task 1 > KeepsFirst
              0 task 1 < KeepsFirst Pending
              0 task 1 Pending
        "#]],
    );
}

#[test]
fn future_that_is_asked_once_with_a_waker_of_nobody_is_healthy() {
    healthy(async {
        let (sender, mut receiver) = channel::<()>();
        let _ = pin!(receiver.recv()).poll(&mut Context::from_waker(Waker::noop()));
        let mut leaf = Box::pin(watched("Keeps", Keeps(bell(10))));
        let _ = leaf.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        leaf.await;
        drop(sender);
    });
}

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
