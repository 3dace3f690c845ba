//! Executors, locks and wakers in thread-locals, which are destroyed after those of the executor.

use pollscope::executor::Executor;
use pollscope::prelude::{Future, Mutex, Waker, pending, sleep};
use std::any::Any;
use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

thread_local! {
    static KEPT: RefCell<Vec<Box<dyn Any>>> = const { RefCell::new(Vec::new()) };
}

/// Fills a thread-local first, so that it is destroyed last, and lets the thread end.
fn check(keep: impl FnOnce() -> Vec<Box<dyn Any>> + Send + 'static) {
    let ended = std::thread::spawn(|| {
        KEPT.with_borrow_mut(|kept| kept.push(Box::new(())));
        let things = keep();
        KEPT.with_borrow_mut(|kept| kept.extend(things));
    })
    .join();
    assert!(ended.is_ok());
}

/// An executor whose task waits.
fn waiting(future: impl Future<Output = ()> + 'static) -> Executor {
    let executor = Executor::new(());
    drop(executor.spawn("waits", future));
    executor.step();
    executor
}

#[test]
fn executor_may_be_destroyed_late() {
    check(|| vec![Box::new(waiting(pending()))]);
}

#[test]
fn executor_with_a_timer_may_be_destroyed_late() {
    check(|| vec![Box::new(waiting(sleep(10)))]);
}

#[test]
fn executor_whose_task_waits_for_a_mutex_may_be_destroyed_late() {
    check(|| {
        let mutex = Rc::new(Mutex::new(()));
        vec![Box::new(waiting(async move {
            let _guard = mutex.lock().await;
            mutex.lock().await;
        }))]
    });
}

// What is leaked here is meant to be.
#[test]
#[cfg(not(miri))]
fn lock_may_be_destroyed_late() {
    check(|| {
        let mutex: &'static Mutex<()> = Box::leak(Box::new(Mutex::new(())));
        let mut cx = Context::from_waker(Waker::noop());
        let guard = match Pin::new(&mut mutex.lock()).poll(&mut cx) {
            Poll::Ready(guard) => guard,
            Poll::Pending => unreachable!("it is free"),
        };
        let mut lock = mutex.lock();
        assert!(Pin::new(&mut lock).poll(&mut cx).is_pending());
        vec![Box::new(lock), Box::new(guard)]
    });
}

#[test]
fn waker_may_be_destroyed_late() {
    check(|| {
        let kept = Rc::new(RefCell::new(None));
        let out = kept.clone();
        let executor = waiting(std::future::poll_fn(move |cx| {
            *out.borrow_mut() = Some(cx.waker().clone());
            Poll::Pending
        }));
        vec![Box::new(kept), Box::new(executor)]
    });
}
