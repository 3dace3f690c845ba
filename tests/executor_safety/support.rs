//! Futures that are controlled from outside, and tests that are run twice.

use pollscope::executor::{Executor, Policy};
use pollscope::record::{Budget, Recorder, TraceRecorder};
use pollscope::trace::TimeUnit;
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// `both!(one, other)`: each of these functions is a test with an executor that is bare, and with one that records.
/// With `#[not(miri)]`, where recording takes Miri long and nothing of it is new, it records natively only.
macro_rules! both {
    (#[not(miri)] $($name:ident),* $(,)?) => { both!(@ [cfg(not(miri))] $($name),*); };
    ($($name:ident),* $(,)?) => { both!(@ [cfg(all())] $($name),*); };
    (@ [$where:meta] $($name:ident),*) => {
        mod bare {
            $(#[test] fn $name() { super::$name(pollscope::executor::Executor::new(())); })*
        }
        #[$where]
        mod recorded {
            $(#[test] fn $name() { super::$name($crate::support::recorded()); })*
        }
    };
}
pub(crate) use both;

pub(crate) fn recorder() -> TraceRecorder {
    TraceRecorder::new(TimeUnit::VirtualMs, Budget::default(), None)
}

pub(crate) fn recorded() -> Executor<TraceRecorder> {
    Executor::new(recorder())
}

/// The two ways in which a task lies in memory: with a number that somebody knows, and without.
pub(crate) const WAYS: [Way; 2] = [Way::Named, Way::Detached];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Named,
    Detached,
}

impl Way {
    pub(crate) fn spawn<R: Recorder, P: Policy>(
        self,
        executor: &Executor<R, P>,
        future: impl Future<Output = ()> + 'static,
    ) {
        match self {
            Way::Named => drop(executor.spawn("named", future)),
            Way::Detached => executor.spawn_detached("detached", future),
        }
    }
}

/// Pending until it is opened; leaves the waker of its last poll, and counts polls.
#[derive(Clone, Default)]
pub(crate) struct Gate {
    held: Rc<RefCell<Option<Waker>>>,
    open: Rc<Cell<bool>>,
    polls: Rc<Cell<u32>>,
}

impl Gate {
    /// Another waker of the task that waits.
    pub(crate) fn waker(&self) -> Waker {
        self.held.borrow().clone().expect("the gate was polled")
    }

    /// The waker that was left, which is here no more.
    pub(crate) fn take(&self) -> Waker {
        self.held.take().expect("the gate was polled")
    }

    /// The place of that waker.
    pub(crate) fn hold(&self) -> std::cell::RefMut<'_, Option<Waker>> {
        self.held.borrow_mut()
    }

    pub(crate) fn polls(&self) -> u32 {
        self.polls.get()
    }

    /// From now on every poll passes; nobody is woken.
    pub(crate) fn unlock(&self) {
        self.open.set(true);
    }

    pub(crate) fn open(&self) {
        self.unlock();
        self.take().wake();
    }
}

impl Future for Gate {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.polls.set(self.polls.get() + 1);
        if self.open.get() {
            return Poll::Ready(());
        }
        let stale = self.held.replace(Some(cx.waker().clone()));
        drop(stale);
        Poll::Pending
    }
}

/// The waker of the task that asks.
pub(crate) async fn own_waker() -> Waker {
    std::future::poll_fn(|cx| Poll::Ready(cx.waker().clone())).await
}

/// Pending once, at any wake; `f` is called in that poll.
pub(crate) async fn pause(f: impl FnOnce(&Waker)) {
    let mut f = Some(f);
    std::future::poll_fn(|cx| match f.take() {
        Some(f) => {
            f(cx.waker());
            Poll::Pending
        }
        None => Poll::Ready(()),
    })
    .await;
}

/// What happened, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Log(Rc<RefCell<Vec<u32>>>);

impl Log {
    pub(crate) fn note(&self, what: u32) {
        self.0.borrow_mut().push(what);
    }

    pub(crate) fn take(&self) -> Vec<u32> {
        self.0.take()
    }

    /// Notes a number when it is dropped.
    pub(crate) fn guard(&self, what: u32) -> Guard {
        let log = self.clone();
        Guard::new(move || log.note(what))
    }
}

/// Does something when it is dropped.
pub(crate) struct Guard(Option<Box<dyn FnOnce()>>);

impl Guard {
    pub(crate) fn new(f: impl FnOnce() + 'static) -> Self {
        Guard(Some(Box::new(f)))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(f) = self.0.take() {
            f();
        }
    }
}

/// Pending for ever, and holds something meanwhile.
pub(crate) async fn holding<T>(held: T) {
    std::future::pending::<()>().await;
    drop(held);
}
