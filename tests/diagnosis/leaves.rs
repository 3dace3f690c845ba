//! Leaf futures and their wakers: those that leave the right one, none, the first one only, or one of nobody; and those that
//! take any poll for the one that they wait for.

use super::{check, healthy};
use expect_test::expect;
use pollscope::prelude::*;
use std::cell::Cell;
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
