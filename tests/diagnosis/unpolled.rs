//! Futures that are made and never polled.

use super::{check, healthy};
use expect_test::expect;
use pollscope::prelude::*;

#[track_caller]
fn save() -> Called<impl Future<Output = ()>> {
    called("save", async {
        sleep(5).await;
        log!("saved");
    })
}

#[test]
fn statement_that_awaits_nothing() {
    check(
        async {
            let _ = sleep(5);
            log!("done");
        },
        &expect![[r#"
            never_polled task 1 Sleep (1)
              at let _ = sleep(5);
              0 task 1 created Sleep
              0 task 1 discarded Sleep, created
        "#]],
    );
}

#[test]
fn async_fn_that_is_called_and_not_awaited() {
    check(
        async {
            let _ = save();
            sleep(1).await;
        },
        &expect![[r#"
            never_polled task 1 save (1)
              at let _ = save();
              0 task 1 created save
              0 task 1 discarded save, created
        "#]],
    );
}

#[test]
fn lock_that_is_no_guard() {
    check(
        async {
            let mutex = Mutex::new(0);
            let _guard = mutex.lock();
            log!("alone");
            sleep(5).await;
        },
        &expect![[r#"
            never_polled task 1 Lock (1)
              at let _guard = mutex.lock();
              0 task 1 created Lock
              5 task 1 discarded Lock, created
        "#]],
    );
}

#[test]
fn other_leaves_that_are_not_awaited() {
    check(
        async {
            let (sender, mut receiver) = channel::<()>();
            drop(receiver.recv());
            drop(watched("leaf", ready(())));
            let _ = join!(sleep(1), sleep(2));
            drop(sender);
        },
        &expect![[r#"
            never_polled task 1 Recv (1)
              at drop(receiver.recv());
              0 task 1 created Recv
              0 task 1 discarded Recv, created
            never_polled task 1 leaf (1)
              at drop(watched("leaf", ready(())));
              0 task 1 created leaf
              0 task 1 discarded leaf, created
            never_polled task 1 Sleep (1)
              at let _ = join!(sleep(1), sleep(2));
              0 task 1 created Sleep
              0 task 1 discarded Sleep, created
            never_polled task 1 Sleep (1)
              at let _ = join!(sleep(1), sleep(2));
              0 task 1 created Sleep
              0 task 1 discarded Sleep, created
        "#]],
    );
}

#[test]
fn yield_that_gives_nobody_way() {
    check(
        async {
            for _ in 0..3 {
                let _ = yield_now();
            }
            yield_now().await;
        },
        &expect![[r#"
            never_polled task 1 YieldNow (3)
              at let _ = yield_now();
              0 task 1 created YieldNow
              0 task 1 Ready
        "#]],
    );
}

#[test]
fn task_that_is_dropped_before_its_first_poll() {
    let trace = super::run_with("t1.p1-drop.2", 100, async {
        drop(spawn(async { log!("never") }));
    });
    expect![[r#"
        task_never_polled task 2 task_that_is_dropped_before_its_first_poll
          0 task 2 dropped: Cancelled
    "#]]
    .assert_eq(&super::written(&trace));
}

#[test]
fn loser_of_a_race_is_healthy() {
    healthy(async {
        race(ready(()), sleep(5)).await;
        select(ready(()), save()).await;
    });
}

#[test]
fn loser_of_anybody_s_race_is_healthy() {
    /// A race that declares nothing.
    struct First<A, B>(Pin<Box<A>>, Pin<Box<B>>);
    impl<A: Future<Output = ()>, B: Future<Output = ()>> Future for First<A, B> {
        type Output = ();
        fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
            match self.0.as_mut().poll(cx) {
                Poll::Ready(()) => Poll::Ready(()),
                Poll::Pending => self.1.as_mut().poll(cx),
            }
        }
    }
    healthy(async { First(Box::pin(ready(())), Box::pin(sleep(5))).await });
}

#[test]
fn future_that_is_dropped_with_its_cancelled_task_is_healthy() {
    let trace = super::run_with("t2.p1.end-drop.2", 100, async {
        drop(spawn(async {
            let late = sleep(5);
            sleep(50).await;
            late.await;
        }));
        sleep(10).await;
    });
    assert!(trace.to_text().contains("Cancelled"), "{}", trace.to_text());
    assert_eq!(super::written(&trace), "", "{}", trace.to_text());
}

#[test]
fn future_that_is_made_early_and_awaited_late_is_healthy() {
    healthy(async {
        let (a, b) = (sleep(5), save());
        sleep(10).await;
        b.await;
        a.await;
    });
}

#[test]
fn future_that_is_made_in_one_task_and_awaited_in_another_is_healthy() {
    healthy(async {
        let (nap, saved) = (sleep(5), save());
        drop(spawn(async {
            saved.await;
            nap.await;
        }));
    });
}

#[test]
fn handle_that_is_dropped_is_healthy() {
    healthy(async {
        drop(spawn(sleep(5)));
        let _ = spawn(save());
    });
}
