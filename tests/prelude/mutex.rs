//! The mutex: who has it, in which order, and what runs while it is taken and given back.

use super::{check, poll_once};
use pollscope::executor::Executor;
use pollscope::prelude::*;
use pollscope::record::{Budget, TraceRecorder};
use pollscope::trace::event::End;
use pollscope::trace::{Event, TimeUnit};
use std::cell::RefCell;

#[test]
fn mutex_is_had_by_one_task_at_a_time() {
    check(
        async {
            let shared = Rc::new(Mutex::new(0));
            let tasks: Vec<_> = (1..=3)
                .map(|n| {
                    let shared = shared.clone();
                    spawn(async move {
                        let mut guard = shared.lock().await;
                        let before = *guard;
                        sleep(10).await;
                        *guard = before + n;
                        log!("{n} makes it {}", *guard);
                    })
                })
                .collect();
            for task in tasks {
                task.await;
            }
            log!("{}", *shared.lock().await);
        },
        &["10 1 makes it 1", "20 2 makes it 3", "30 3 makes it 6", "30 6"],
    );
}

#[test]
fn mutex_passes_the_wake_of_a_lock_that_is_dropped_on() {
    check(
        async {
            let shared = Rc::new(Mutex::new(String::from("a")));
            let guard = shared.lock().await;
            let (first, second) = (shared.clone(), shared.clone());
            let gives_up = spawn(async move {
                drop(select(first.lock(), sleep(5)).await);
                log!("gave up");
            });
            let waits = spawn(async move {
                second.lock().await.push('b');
                log!("had it");
            });
            sleep(5).await;
            drop(guard);
            gives_up.await;
            waits.await;
            log!("{}", *shared.lock().await);
        },
        &["5 gave up", "5 had it", "5 ab"],
    );
}

/// A task has the mutex, gives it back, and asks again in the same poll, while another one stands in line.
async fn asks_again(shared: Rc<Mutex<u32>>) {
    let guard = shared.lock().await;
    let waits = spawn({
        let shared = shared.clone();
        async move {
            *shared.lock().await += 1;
            log!("waiter");
        }
    });
    yield_now().await;
    drop(guard);
    *shared.lock().await += 1;
    log!("main");
    waits.await;
    log!("{}", *shared.lock().await);
}

#[test]
fn unfair_mutex_is_had_again_by_the_task_that_gave_it_back() {
    check(asks_again(Rc::new(Mutex::new(0))), &["0 main", "0 waiter", "0 2"]);
}

#[test]
fn fair_mutex_is_had_by_those_in_line_first() {
    check(asks_again(Rc::new(Mutex::fair(0))), &["0 waiter", "0 main", "0 2"]);
}

#[test]
fn fair_mutex_goes_to_the_next_where_the_first_in_line_is_dropped_in_its_turn() {
    check(
        async {
            let shared = Rc::new(Mutex::fair(0));
            let guard = shared.lock().await;
            let mut first = Box::pin(shared.lock());
            select(first.as_mut(), yield_now()).await;
            let second = spawn({
                let shared = shared.clone();
                async move {
                    *shared.lock().await += 1;
                    log!("second");
                }
            });
            yield_now().await;
            drop(guard);
            sleep(5).await;
            log!("first is dropped");
            drop(first);
            second.await;
        },
        &["5 first is dropped", "5 second"],
    );
}

#[test]
fn mutex_is_not_disturbed_by_waiters_of_an_earlier_one_at_its_place() {
    // Boxes of one size are likely to come to lie where the last one lay; and the second time they do for certain.
    let mut place = std::mem::MaybeUninit::<Mutex<u32>>::uninit();
    for _ in 0..3 {
        let mutex: *mut Mutex<u32> = place.write(Mutex::new(0));
        // SAFETY: it was just written, and is not moved or used after the next round begins, but for forgotten locks.
        let mutex: &'static Mutex<u32> = unsafe { &*mutex };
        check(
            async move {
                let holds = spawn(async move {
                    let _guard = mutex.lock().await;
                    sleep(5).await;
                });
                yield_now().await;
                let waits = spawn(async move {
                    *mutex.lock().await += 1;
                    log!("had it");
                });
                holds.await;
                waits.await;
            },
            &["5 had it"],
        );
        // Left behind for the next round: it waits, and is forgotten.
        let guard = poll_once(&mut mutex.lock());
        assert!(guard.is_ready());
        let mut forgotten = mutex.lock();
        assert!(poll_once(&mut forgotten).is_pending());
        std::mem::forget((forgotten, guard));
    }
}

#[test]
fn after_a_panic_mutex_is_not_disturbed_by_waiters_of_that_run() {
    let mutex: &'static Mutex<u32> = Box::leak(Box::new(Mutex::new(0)));
    let executor = Executor::new(());
    let guard = poll_once(&mut mutex.lock());
    drop(executor.spawn("waits", async { *mutex.lock().await += 1 }));
    drop(executor.spawn("panics", async { panic!("on purpose") }));
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| executor.run())).is_err());
    // The executor is there still, and so are its tasks, which nobody polls.
    drop(guard);
    check(
        async {
            let holds = spawn(async {
                let _guard = mutex.lock().await;
                sleep(5).await;
            });
            yield_now().await;
            drop(spawn(async {
                *mutex.lock().await += 1;
                log!("had it");
            }));
            holds.await;
            sleep(1).await;
        },
        &["5 had it"],
    );
    drop(executor);
}

#[test]
fn mutexes_within_each_other_have_lines_of_their_own() {
    check(
        async {
            let outer = Rc::new(Mutex::new(Mutex::new(0_u8)));
            let guard = outer.lock().await;
            let inner = guard.lock().await;
            let waits = outer.clone();
            let waits = spawn(async move {
                log!("{}", *waits.lock().await.lock().await);
            });
            yield_now().await;
            drop(inner);
            yield_now().await;
            drop(guard);
            waits.await;
        },
        &["0 0"],
    );
}

#[test]
fn mutex_may_be_locked_where_a_waker_is_cloned() {
    use std::task::{RawWaker, RawWakerVTable};
    thread_local! {
        static INNER: RefCell<Option<Pin<Box<dyn Future<Output = ()>>>>> = const { RefCell::new(None) };
    }
    fn touch() {
        // A waker whose clone, wake and drop poll another contended lock.
        let inner = INNER.with_borrow_mut(Option::take);
        if let Some(mut inner) = inner {
            assert!(inner.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            INNER.set(Some(inner));
        }
    }
    const VTABLE: RawWakerVTable = RawWakerVTable::new(
        |data| {
            touch();
            RawWaker::new(data, &VTABLE)
        },
        |_| touch(),
        |_| touch(),
        |_| touch(),
    );
    let place = Box::into_raw(Box::new(Mutex::new(0)));
    // SAFETY: it is freed at the end, when nothing refers to it any more.
    let mutex: &'static Mutex<u32> = unsafe { &*place };
    let guard = poll_once(&mut mutex.lock());
    INNER.set(Some(Box::pin(async {
        let _guard = mutex.lock().await;
        std::future::pending::<()>().await;
    })));
    // SAFETY: the vtable's functions do not look at their data.
    let waker = unsafe { Waker::from_raw(RawWaker::new(std::ptr::null(), &VTABLE)) };
    let mut lock = mutex.lock();
    assert!(Pin::new(&mut lock).poll(&mut Context::from_waker(&waker)).is_pending());
    assert!(Pin::new(&mut lock).poll(&mut Context::from_waker(&waker)).is_pending());
    drop(guard);
    drop(lock);
    INNER.set(None);
    assert!(poll_once(&mut mutex.lock()).is_ready());
    // SAFETY: it came from a box; guards and locks are dropped.
    drop(unsafe { Box::from_raw(place) });
}

#[test]
fn mutex_may_be_left_where_its_waker_is_cloned() {
    use std::sync::{Arc, atomic::AtomicU32, atomic::Ordering::Relaxed};
    use std::task::{RawWaker, RawWakerVTable, Wake};
    thread_local! {
        static LEAVES: RefCell<Option<Pin<Box<dyn Future<Output = ()>>>>> = const { RefCell::new(None) };
    }
    const VTABLE: RawWakerVTable = RawWakerVTable::new(
        |data| {
            drop(LEAVES.take());
            RawWaker::new(data, &VTABLE)
        },
        |_| {},
        |_| {},
        |_| {},
    );
    struct Count(AtomicU32);
    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Relaxed);
        }
    }
    let mutex = Rc::new(Mutex::new(0));
    let locks = |mutex: Rc<Mutex<i32>>| Box::pin(async move { *mutex.lock().await += 1 });
    let guard = poll_once(&mut mutex.lock());
    // SAFETY: the vtable's functions do not look at their data.
    let leaving = unsafe { Waker::from_raw(RawWaker::new(std::ptr::null(), &VTABLE)) };
    let mut first = locks(mutex.clone());
    assert!(first.as_mut().poll(&mut Context::from_waker(&leaving)).is_pending());
    let woken = Arc::new(Count(AtomicU32::new(0)));
    let waker = Waker::from(woken.clone());
    let mut second = locks(mutex.clone());
    assert!(second.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
    LEAVES.set(Some(first));
    // To wake the first in line its waker is cloned, and with that it leaves: the wake is for the second.
    drop(guard);
    assert!(LEAVES.take().is_none());
    assert_eq!(woken.0.load(Relaxed), 1);
    assert!(second.as_mut().poll(&mut Context::from_waker(&waker)).is_ready());
    let Poll::Ready(guard) = poll_once(&mut mutex.lock()) else { panic!("it is free") };
    assert_eq!(*guard, 1);
}

#[test]
#[cfg(not(miri))] // it takes two minutes there, and does nothing that a few mutexes do not
fn mutexes_that_are_waited_for_may_be_more_than_there_are_tags() {
    check(
        async {
            let all: Vec<_> = (0..140).map(|n| Rc::new(Mutex::new(n))).collect();
            let mut guards = Vec::new();
            for mutex in &all {
                guards.push(mutex.lock().await);
            }
            let wait = |mutex: &Rc<Mutex<u32>>| {
                let mutex = mutex.clone();
                spawn(async move { *mutex.lock().await })
            };
            let waits: Vec<_> = all.iter().map(wait).collect();
            sleep(5).await;
            assert!(waits.iter().all(|wait| !wait.is_finished()));
            guards.into_iter().rev().for_each(drop);
            let mut values = Vec::new();
            for wait in waits {
                values.push(wait.await);
            }
            log!("{}", values == Vec::from_iter(0..140));
        },
        &["5 true"],
    );
}

#[test]
fn mutex_keeps_its_number_from_use_to_use() {
    let executor = Executor::new(TraceRecorder::new(TimeUnit::VirtualMs, Budget::default(), None));
    executor
        .block_on(async {
            let all: Vec<_> = (0..3).map(|_| Mutex::new(0)).collect();
            for mutex in all.iter().chain(&all) {
                *mutex.lock().await += 1;
            }
        })
        .expect("it comes to its end");
    let trace = executor.recorder().finish();
    let locked = (0..trace.len()).filter_map(|i| match trace.event(i) {
        Event::Locked { mutex, .. } => Some(mutex.0),
        _ => None,
    });
    assert_eq!(locked.collect::<Vec<_>>(), [1, 2, 3, 1, 2, 3]);
    assert_eq!(trace.sources.len(), 3);
}

#[test]
fn guard_across_an_await_of_its_own_lock_is_a_deadlock() {
    let executor = Executor::new(());
    let end = executor.block_on(async {
        let mutex = Mutex::new(());
        let _guard = mutex.lock().await;
        mutex.lock().await;
    });
    assert_eq!(end, Err(End::Deadlock(1)));
}
