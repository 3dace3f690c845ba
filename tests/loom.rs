//! Wakers on other threads, in every order of their steps: of the word of a task's state, of the inbox, of a page's count.
//! Loom also sees pages that are leaked, freed twice, or read by one thread while another writes.
//!
//! `./build.sh test` runs it, with `--cfg loom`, under which nothing else is built.

#![cfg(loom)]

use loom::sync::Arc;
use loom::sync::atomic::{AtomicBool, Ordering};
use loom::thread;
use pollscope::executor::{Executor, JoinHandle, Until};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::{Poll, Waker};

fn check(f: impl Fn() + Sync + Send + 'static) {
    let mut builder = loom::model::Builder::new();
    // With three, each order is there in which threads that have a few steps each get into each other's way.
    builder.preemption_bound = Some(3);
    builder.check(f);
}

/// A task that waits for a flag, and has left a waker.
struct Waiting {
    executor: Executor,
    open: Arc<AtomicBool>,
    waker: Rc<RefCell<Option<Waker>>>,
    drops: Rc<Cell<u32>>,
    handle: Option<JoinHandle<()>>,
}

impl Waiting {
    /// Whether it is `named` or not says whether it is ended in its poll or after that.
    fn new(named: bool) -> Self {
        struct Count(Rc<Cell<u32>>);
        impl Drop for Count {
            fn drop(&mut self) {
                self.0.set(self.0.get() + 1);
            }
        }
        let executor = Executor::new(());
        let (open, waker, drops) = (Arc::new(AtomicBool::new(false)), Rc::default(), Rc::default());
        let mut waiting = Waiting { executor, open, waker, drops, handle: None };
        let (open, waker, count) = (waiting.open.clone(), waiting.waker.clone(), Count(waiting.drops.clone()));
        let future = std::future::poll_fn(move |cx| {
            let _count = &count;
            if open.load(Ordering::Acquire) {
                return Poll::Ready(());
            }
            let mut waker = waker.borrow_mut();
            if waker.is_none() {
                *waker = Some(cx.waker().clone());
            }
            Poll::Pending
        });
        if named {
            waiting.handle = Some(waiting.executor.spawn("waits", future));
        } else {
            waiting.executor.spawn_detached("waits", future);
        }
        waiting.drive();
        waiting
    }

    fn drive(&self) {
        self.executor.drive(Until::Idle, u32::MAX);
    }

    fn take(&self) -> Waker {
        self.waker.take().expect("it was polled")
    }

    /// The task is over, and its slot is free for another.
    fn check_done(self) {
        assert_eq!((self.executor.alive(), self.drops.get()), (0, 1));
        self.executor.spawn_detached("next", async {});
        self.drive();
        assert_eq!(self.executor.alive(), 0);
    }
}

const BOTH: [bool; 2] = [false, true];

#[test]
fn wake_against_poll_is_not_lost() {
    for by_value in BOTH {
        check(move || {
            let waiting = Waiting::new(false);
            let (waker, open) = (waiting.take(), waiting.open.clone());
            let waking = thread::spawn(move || {
                open.store(true, Ordering::Release);
                if by_value { waker.wake() } else { waker.wake_by_ref() }
            });
            // A wake of its own, so that there is a poll for the other to get into.
            let own = waiting.waker.borrow().clone();
            drop(own);
            waiting.executor.spawn_detached("other", async {});
            waiting.drive();
            waking.join().expect("it does not panic");
            waiting.drive();
            waiting.check_done();
        });
    }
}

#[test]
fn wake_against_a_poll_that_it_does_not_cause() {
    check(|| {
        let waiting = Waiting::new(false);
        let (waker, open) = (waiting.take(), waiting.open.clone());
        waker.wake_by_ref();
        let waking = thread::spawn(move || {
            open.store(true, Ordering::Release);
            waker.wake();
        });
        waiting.drive();
        waking.join().expect("it does not panic");
        waiting.drive();
        waiting.check_done();
    });
}

#[test]
fn wake_against_completion() {
    for named in BOTH {
        check(move || {
            let waiting = Waiting::new(named);
            let waker = waiting.take();
            waiting.open.store(true, Ordering::Release);
            waker.wake_by_ref();
            let waking = thread::spawn(move || {
                waker.wake_by_ref();
                waker.wake();
            });
            waiting.drive();
            waking.join().expect("it does not panic");
            waiting.drive();
            waiting.check_done();
        });
    }
}

#[test]
fn clones_against_completion() {
    check(|| {
        let waiting = Waiting::new(false);
        let waker = waiting.take();
        waiting.open.store(true, Ordering::Release);
        waker.wake_by_ref();
        let cloning = thread::spawn(move || {
            let other = waker.clone();
            drop(waker);
            drop(other);
        });
        waiting.drive();
        cloning.join().expect("it does not panic");
        waiting.check_done();
    });
}

#[test]
fn last_drop_against_letting_go() {
    for named in BOTH {
        check(move || {
            let waiting = Waiting::new(named);
            let waker = waiting.take();
            let own = waker.clone();
            waiting.open.store(true, Ordering::Release);
            let dropping = thread::spawn(move || drop(waker));
            own.wake();
            waiting.drive();
            // The slot may be free already, or in the inbox, or neither.
            waiting.executor.spawn_detached("other", async {});
            waiting.drive();
            dropping.join().expect("it does not panic");
            waiting.check_done();
        });
    }
}

#[test]
fn last_drops_of_two_threads_against_letting_go() {
    check(|| {
        let waiting = Waiting::new(false);
        let waker = waiting.take();
        waiting.open.store(true, Ordering::Release);
        waker.wake_by_ref();
        let other = waker.clone();
        let threads = [waker, other].map(|waker| thread::spawn(move || drop(waker)));
        waiting.drive();
        threads.into_iter().for_each(|dropping| dropping.join().expect("it does not panic"));
        waiting.check_done();
    });
}

#[test]
fn wake_against_cancel() {
    check(|| {
        let waiting = Waiting::new(true);
        let waker = waiting.take();
        let waking = thread::spawn(move || waker.wake());
        let task = waiting.handle.as_ref().expect("it is named").id();
        assert!(waiting.executor.cancel(task));
        waking.join().expect("it does not panic");
        waiting.check_done();
    });
}

#[test]
fn wake_against_the_drop_of_the_executor() {
    for by_value in BOTH {
        check(move || {
            let Waiting { executor, waker, drops, .. } = Waiting::new(false);
            let waker = waker.take().expect("it was polled");
            let waking = thread::spawn(move || if by_value { waker.wake() } else { waker.wake_by_ref() });
            drop(executor);
            assert_eq!(drops.get(), 1);
            waking.join().expect("it does not panic");
        });
    }
}

#[test]
fn last_drop_against_the_drop_of_the_executor() {
    for is_done in BOTH {
        check(move || {
            let waiting = Waiting::new(false);
            let waker = waiting.take();
            if is_done {
                waiting.open.store(true, Ordering::Release);
                waker.wake_by_ref();
                waiting.drive();
            }
            let dropping = thread::spawn(move || drop(waker));
            drop(waiting);
            dropping.join().expect("it does not panic");
        });
    }
}

#[test]
fn last_drops_of_two_threads_against_the_drop_of_the_executor() {
    check(|| {
        let waiting = Waiting::new(false);
        let waker = waiting.take();
        let other = waker.clone();
        let dropping = thread::spawn(move || drop(waker));
        let waking = thread::spawn(move || other.wake());
        drop(waiting);
        dropping.join().expect("it does not panic");
        waking.join().expect("it does not panic");
    });
}

#[test]
fn last_drops_after_the_executor() {
    check(|| {
        let waiting = Waiting::new(false);
        let waker = waiting.take();
        drop(waiting);
        let other = waker.clone();
        let dropping = thread::spawn(move || drop(waker));
        let waking = thread::spawn(move || {
            let third = other.clone();
            other.wake();
            drop(third);
        });
        dropping.join().expect("it does not panic");
        waking.join().expect("it does not panic");
    });
}
