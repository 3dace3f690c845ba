//! Futures' own combinators, channels and collections, which record nothing.

use super::leaves::{Forgets, Keeps};
use super::{check, healthy};
use expect_test::expect;
use futures::future::{self, FutureExt};
use futures::stream::FuturesUnordered;
use futures::{StreamExt, channel};
use pollscope::prelude::*;
use std::cell::Cell;

async fn ticker(ms: u32) {
    loop {
        sleep(ms).await;
    }
}

#[test]
fn stream_that_clones_its_waker_only_if_it_is_another_is_healthy() {
    healthy(async {
        let (sender, mut receiver) = channel::mpsc::unbounded::<u32>();
        drop(spawn(async move {
            for n in 0..3 {
                sleep(25).await;
                let _ = sender.unbounded_send(n);
            }
        }));
        let all = async { while watched("Next", receiver.next()).await.is_some() {} };
        race(all, ticker(10)).await;
    });
}

#[test]
fn atomic_waker_is_healthy() {
    struct Told(Rc<(futures::task::AtomicWaker, Cell<bool>)>);
    impl Future for Told {
        type Output = ();
        fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
            self.0.0.register(cx.waker());
            if self.0.1.get() { Poll::Ready(()) } else { Poll::Pending }
        }
    }
    healthy(async {
        let told = Rc::new((futures::task::AtomicWaker::new(), Cell::new(false)));
        let teller = told.clone();
        drop(spawn(async move {
            sleep(25).await;
            teller.1.set(true);
            teller.0.wake();
        }));
        race(watched("Told", Told(told)), ticker(10)).await;
    });
}

#[test]
fn oneshot_beside_a_ticker_is_healthy() {
    healthy(async {
        let (sender, receiver) = channel::oneshot::channel();
        drop(spawn(async move {
            sleep(25).await;
            let _ = sender.send(1);
        }));
        let _ = future::select(watched("Receiver", receiver), Box::pin(ticker(10))).await;
    });
}

#[test]
fn loser_of_futures_select_is_healthy() {
    healthy(async {
        drop(future::select(ready(1), sleep(5)).await);
        let either = future::select(ready(1), sleep(5)).await;
        sleep(10).await;
        drop(either);
        drop(future::select_all([sleep(5), sleep(9)]).await);
    });
}

#[test]
fn joins_of_very_many_are_healthy() {
    for n in [9, 30, 31] {
        healthy(async move {
            future::join_all((0..n).map(|_| sleep(10))).await;
            future::join_all((0..n).map(|_| spawn(sleep(10)))).await;
            future::join3(sleep(1), sleep(1), ready(())).await;
        });
    }
}

#[test]
fn collection_that_is_polled_to_its_end_is_healthy() {
    healthy(async {
        let mut all: FuturesUnordered<_> = (1..20).map(|n| sleep(n % 5)).collect();
        while all.next().await.is_some() {}
        let mut all: FuturesUnordered<_> = (1..4).map(|n| watched("Keeps", Keeps(bell(10 * n)))).collect();
        while all.next().await.is_some() {}
    });
}

#[test]
fn stream_that_hands_out_futures_in_order_is_healthy() {
    healthy(async {
        let mut all = futures::stream::iter((0..6).map(|n| sleep(10 - n))).buffered(2);
        while all.next().await.is_some() {}
        let mut all = futures::stream::iter((0..6).map(|n| sleep(10 - n))).buffer_unordered(3);
        while all.next().await.is_some() {}
    });
}

#[test]
fn future_that_is_shared_is_healthy() {
    healthy(async {
        let shared = sleep(10).shared();
        let other = shared.clone();
        drop(spawn(async move { other.await }));
        shared.await;
    });
}

#[test]
fn now_or_never_is_healthy() {
    healthy(async {
        let _ = sleep(5).now_or_never();
        let _ = watched("Keeps", Keeps(bell(5))).now_or_never();
        sleep(10).await;
    });
}

#[test]
fn boxed_and_fused_futures_are_healthy() {
    healthy(async {
        Box::pin(sleep(5)).await;
        sleep(5).fuse().await;
        spawn(sleep(5)).await;
        async { sleep(5).await }.boxed_local().await;
    });
}

#[test]
fn async_mutex_of_futures_is_healthy() {
    healthy(async {
        let mutex = Rc::new(futures::lock::Mutex::new(0));
        for _ in 0..3 {
            let mutex = mutex.clone();
            drop(spawn(async move {
                let mut guard = watched("lock", mutex.lock()).await;
                sleep(5).await;
                *guard += 1;
            }));
        }
    });
}

#[test]
fn collection_that_is_dropped_unused() {
    check(
        async {
            let all: FuturesUnordered<_> = (0..3).map(|n| sleep(n)).collect();
            sleep(1).await;
            drop(all);
        },
        &expect![[r#"
            never_polled task 1 Sleep (3)
              at let all: FuturesUnordered<_> = (0..3).map(|n| sleep(n)).collect();
              0 task 1 created Sleep
              1 task 1 discarded Sleep, created
        "#]],
    );
}

#[test]
fn child_of_a_collection_that_leaves_no_waker() {
    check(
        async {
            let mut all = FuturesUnordered::new();
            all.push(watched("Forgets", Forgets(bell(10))));
            all.next().await;
        },
        &expect![[r#"
            held_by_itself task 1 Forgets
              at Poll::Pending // nobody was told
              0 task 1 > Forgets
              10 end: Deadlock(1)
        "#]],
    );
}

#[test]
fn child_of_a_collection_that_is_never_ready() {
    check(
        async {
            let mut all = FuturesUnordered::new();
            all.push(pending::<()>());
            all.next().await;
        },
        &expect![[r#"
            held_by_itself task 1 Pending
              0 task 1 > Pending
              0 end: Deadlock(1)
        "#]],
    );
}

#[test]
fn child_of_a_collection_that_asks_again_and_again() {
    struct Asks(Bell);
    impl Future for Asks {
        type Output = ();
        fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
            compute(1);
            if self.0.has_rung() {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        }
    }
    check(
        async {
            let mut all = FuturesUnordered::new();
            all.push(watched("spins", Asks(bell(40))));
            all.next().await;
        },
        &expect![[r#"
            busy_polling task 1 spins, 16 polls
              at if self.0.has_rung() {
              1 task 1 Pending
              16 task 1 Pending
        "#]],
    );
}

#[test]
fn lock_that_is_polled_through_a_pin_is_at_the_line_around_it() {
    check(
        async {
            let mutex = Mutex::new(0);
            let _guard = mutex.lock().await;
            let mut second = Box::pin(mutex.lock());
            select(second.as_mut(), pending::<()>()).await;
        },
        &expect![[r#"
            deadlock task 1 waits for mutex 1 of task 1
              at let _guard = mutex.lock().await;
              awaited select(second.as_mut(), pending::<()>()).await;
              waits select(second.as_mut(), pending::<()>()).await;
              taken let _guard = mutex.lock().await;
              0 task 1 locked mutex 1
              0 task 1 > Lock
              0 end: Deadlock(1)
        "#]],
    );
}
