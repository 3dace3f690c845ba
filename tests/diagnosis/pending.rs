//! `Pending` that nobody follows up: taken for a way to give way, returned for ever, or while there is more to look at.

use super::{check, healthy};
use expect_test::expect;
use pollscope::prelude::*;
use std::cell::Cell;

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
