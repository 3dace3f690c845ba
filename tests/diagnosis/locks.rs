//! Tasks that wait for each other, or for what nobody brings.

use super::{check, healthy};
use expect_test::expect;
use pollscope::prelude::*;
use std::cell::RefCell;

#[test]
fn two_mutexes_taken_in_two_orders() {
    check(
        async {
            let (a, b) = (Rc::new(Mutex::new(())), Rc::new(Mutex::new(())));
            let (a2, b2) = (a.clone(), b.clone());
            drop(spawn(async move {
                let _a = a.lock().await;
                sleep(5).await;
                let _b = b.lock().await; // the first waits
            }));
            drop(spawn(async move {
                let _b = b2.lock().await;
                sleep(5).await;
                let _a = a2.lock().await; // the second waits
            }));
        },
        &expect![[r#"
            deadlock task 2 waits for mutex 2 of task 3, task 3 waits for mutex 1 of task 2
              at let _b = b2.lock().await;
              awaited let _a = a2.lock().await; // the second waits
              waits let _b = b.lock().await; // the first waits
              taken let _b = b2.lock().await;
              waits let _a = a2.lock().await; // the second waits
              taken let _a = a.lock().await;
              0 task 2 locked mutex 1
              0 task 3 locked mutex 2
              5 task 2 > Lock
              5 task 3 > Lock
              5 end: Deadlock(2)
        "#]],
    );
}

#[test]
fn two_mutexes_taken_in_one_order_are_healthy() {
    healthy(async {
        let (a, b) = (Rc::new(Mutex::new(())), Rc::new(Mutex::new(())));
        for _ in 0..3 {
            let (a, b) = (a.clone(), b.clone());
            drop(spawn(async move {
                let _a = a.lock().await;
                sleep(5).await;
                let _b = b.lock().await;
                sleep(5).await;
            }));
        }
    });
}

#[test]
fn lock_of_one_s_own() {
    check(
        async {
            let mutex = Mutex::new(());
            let _guard = mutex.lock().await;
            let _again = mutex.lock().await;
        },
        &expect![[r#"
            deadlock task 1 waits for mutex 1 of task 1
              at let _guard = mutex.lock().await;
              awaited let _again = mutex.lock().await;
              waits let _again = mutex.lock().await;
              taken let _guard = mutex.lock().await;
              0 task 1 locked mutex 1
              0 task 1 > Lock
              0 end: Deadlock(1)
        "#]],
    );
}

#[test]
fn guard_in_the_scrutinee() {
    check(
        async {
            let m = Mutex::new(vec![1]);
            match m.lock().await.len() {
                n => m.lock().await.push(n),
            }
        },
        &expect![[r#"
            deadlock task 1 waits for mutex 1 of task 1
              at match m.lock().await.len() {
              awaited n => m.lock().await.push(n),
              waits n => m.lock().await.push(n),
              taken match m.lock().await.len() {
              0 task 1 locked mutex 1
              0 task 1 > Lock
              0 end: Deadlock(1)
        "#]],
    );
}

#[test]
fn guard_in_the_argument() {
    async fn doubled(m: &Mutex<u32>, n: u32) -> u32 {
        *m.lock().await + n
    }
    check(
        async {
            let m = Mutex::new(1);
            let both = doubled(&m, *m.lock().await).await;
            log!("{both}");
        },
        &expect![[r#"
            deadlock task 1 waits for mutex 1 of task 1
              at let both = doubled(&m, *m.lock().await).await;
              awaited *m.lock().await + n
              waits *m.lock().await + n
              taken let both = doubled(&m, *m.lock().await).await;
              0 task 1 locked mutex 1
              0 task 1 > Lock
              0 end: Deadlock(1)
        "#]],
    );
}

#[test]
fn guard_of_a_while_let() {
    check(
        async {
            let m = Mutex::new(vec![2_u32]);
            while let Some(x) = m.lock().await.pop() {
                m.lock().await.push(x - 1); // with the guard of the condition
            }
        },
        &expect![[r#"
            deadlock task 1 waits for mutex 1 of task 1
              at while let Some(x) = m.lock().await.pop() {
              awaited m.lock().await.push(x - 1); // with the guard of the condition
              waits m.lock().await.push(x - 1); // with the guard of the condition
              taken while let Some(x) = m.lock().await.pop() {
              0 task 1 locked mutex 1
              0 task 1 > Lock
              0 end: Deadlock(1)
        "#]],
    );
}

#[test]
fn guard_that_ends_with_its_statement_is_healthy() {
    healthy(async {
        let m = Mutex::new(vec![1]);
        let n = m.lock().await.len();
        m.lock().await.push(n);
        if let Some(x) = m.lock().await.first().copied() {
            log!("{x}");
        } else {
            m.lock().await.push(0);
        }
    });
}

#[test]
fn two_who_wait_for_each_other_s_values() {
    check(
        async {
            let (to_a, mut from_b) = channel::<()>();
            let (to_b, mut from_a) = channel::<()>();
            drop(spawn(async move {
                from_b.recv().await;
                to_b.send(());
            }));
            drop(spawn(async move {
                from_a.recv().await;
                to_a.send(());
            }));
        },
        &expect![[r#"
            deadlock task 2 waits for channel 1 of task 3, task 3 waits for channel 2 of task 2
              at from_b.recv().await;
              waits from_b.recv().await;
              waits from_a.recv().await;
              0 task 2 > Recv
              0 task 3 > Recv
              0 end: Deadlock(2)
        "#]],
    );
}

#[test]
fn circle_through_a_handle_and_a_lock() {
    check(
        async {
            let mutex = Rc::new(Mutex::new(()));
            let other = mutex.clone();
            let _guard = mutex.lock().await;
            spawn(async move {
                let _guard = other.lock().await;
            })
            .await;
        },
        &expect![[r#"
            deadlock task 1 waits for task 2 of task 2, task 2 waits for mutex 1 of task 1
              at let _guard = mutex.lock().await;
              awaited .await;
              waits .await;
              waits let _guard = other.lock().await;
              taken let _guard = mutex.lock().await;
              0 task 1 locked mutex 1
              0 task 1 > JoinHandle
              0 task 2 > Lock
              0 end: Deadlock(2)
        "#]],
    );
}

#[test]
fn guard_that_moved_is_whose_future_has_it() {
    check(
        async {
            let mutex: &'static Mutex<()> = Box::leak(Box::new(Mutex::new(())));
            let guard = mutex.lock().await;
            drop(spawn(async move {
                let _guard = guard;
                pending::<()>().await;
            }));
            yield_now().await;
            spawn(async { drop(mutex.lock().await) }).await;
        },
        &expect![[r#"
            no_waker task 2 Pending
              awaited pending::<()>().await;
              0 task 2 > Pending
              0 task 2 < Pending Pending
              0 task 2 Pending
        "#]],
    );
}

#[test]
fn circle_beside_a_task_that_goes_on() {
    check(
        async {
            let (a, b) = (Rc::new(Mutex::new(())), Rc::new(Mutex::new(())));
            let (a2, b2) = (a.clone(), b.clone());
            drop(spawn(async move {
                let _a = a.lock().await;
                sleep(5).await;
                let _b = b.lock().await;
            }));
            drop(spawn(async move {
                let _b = b2.lock().await;
                sleep(5).await;
                let _a = a2.lock().await;
            }));
            loop {
                sleep(10).await;
            }
        },
        &expect![[r#"
            deadlock task 2 waits for mutex 2 of task 3, task 3 waits for mutex 1 of task 2
              at let _b = b2.lock().await;
              awaited let _a = a2.lock().await;
              waits let _b = b.lock().await;
              taken let _b = b2.lock().await;
              waits let _a = a2.lock().await;
              taken let _a = a.lock().await;
              0 task 2 locked mutex 1
              0 task 3 locked mutex 2
              5 task 2 > Lock
              5 task 3 > Lock
              99960 end: Polls(10000)
        "#]],
    );
}

#[test]
fn circle_that_a_timeout_breaks_is_healthy() {
    healthy(async {
        let (a, b) = (Rc::new(Mutex::new(())), Rc::new(Mutex::new(())));
        let (a2, b2) = (a.clone(), b.clone());
        drop(spawn(async move {
            let _a = a.lock().await;
            sleep(5).await;
            select(b.lock(), sleep(20)).await;
        }));
        drop(spawn(async move {
            let _b = b2.lock().await;
            sleep(5).await;
            let _a = a2.lock().await;
        }));
    });
}

#[test]
fn value_that_nobody_can_send() {
    thread_local!(static KEPT: RefCell<Option<Sender<()>>> = const { RefCell::new(None) });
    check(
        async {
            let (sender, mut receiver) = channel::<()>();
            KEPT.set(Some(sender));
            receiver.recv().await;
        },
        &expect![[r#"
            nobody_comes task 1 for channel 1
              at receiver.recv().await;
              0 task 1 waker held by channel 1
              0 end: Deadlock(1)
        "#]],
    );
    KEPT.take();
}

#[test]
fn sender_that_is_still_in_scope() {
    check(
        async {
            let (sender, mut receiver) = channel::<u32>();
            sender.send(1);
            while let Some(n) = receiver.recv().await {
                log!("{n}");
            }
        },
        &expect![[r#"
            deadlock task 1 waits for channel 1 of task 1
              at while let Some(n) = receiver.recv().await {
              waits while let Some(n) = receiver.recv().await {
              0 task 1 > Recv
              0 end: Deadlock(1)
        "#]],
    );
}

#[test]
fn handle_of_one_s_own() {
    check(
        async {
            let (sender, mut receiver) = channel::<JoinHandle<()>>();
            let own = spawn(async move {
                if let Some(own) = receiver.recv().await {
                    own.await;
                }
            });
            sender.send(own);
        },
        &expect![[r#"
            deadlock task 2 waits for itself of task 2
              at own.await;
              waits own.await;
              0 task 2 > JoinHandle
              0 end: Deadlock(1)
        "#]],
    );
}

#[test]
fn waiter_that_gives_up_is_healthy() {
    healthy(async {
        let mutex = Rc::new(Mutex::new(()));
        let other = mutex.clone();
        drop(spawn(async move {
            let _guard = other.lock().await;
            sleep(50).await;
        }));
        yield_now().await;
        select(mutex.lock(), sleep(5)).await;
        drop(mutex.lock().await);
    });
}
