//! Join handles: the value of a task, for another task.
//!
//! A task and its handle share a cell for the value and one for the waker of the task that waits. This file knows neither how
//! tasks are polled nor where they lie.

use super::context;
use super::leaf::{self, Declared};
use super::source_events::used_by;
use crate::trace::FutureRole;
use crate::trace::event::WakeSource;
use crate::trace::ids::TaskId;
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

const HANDLE: Declared = Declared::new("JoinHandle", FutureRole::TaskHandle);

enum Value<T> {
    /// The task is not done.
    Awaited,
    /// It is done.
    There(T),
    /// Its value was taken.
    Taken,
    /// It was dropped before it was done.
    Cancelled,
}

/// What a task and its handle share.
pub(super) struct Shared<T> {
    pub(super) task: Cell<TaskId>,
    /// The number of the executor whose task it is.
    pub(super) executor: Cell<u64>,
    value: RefCell<Value<T>>,
    waker: RefCell<Option<Waker>>,
}

impl<T> Shared<T> {
    pub(super) fn new() -> Rc<Self> {
        Rc::new(Shared {
            task: Cell::new(TaskId::NONE),
            executor: Cell::new(0),
            value: RefCell::new(Value::Awaited),
            waker: RefCell::new(None),
        })
    }

    pub(super) fn complete(&self, value: Option<T>) {
        *self.value.borrow_mut() = value.map_or(Value::Cancelled, Value::There);
        // Taken first: a wake is user code, which may poll the handle.
        let waker = self.waker.borrow_mut().take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

/// The value of a spawned task: a future that is ready when the task is done.
///
/// Dropping it detaches: the task goes on. To stop the task, [`cancel`](super::Executor::cancel) it.
///
/// # Panics
/// Polling it panics if the task was cancelled, or if it has been ready already.
#[must_use = "dropping a join handle detaches the task"]
pub struct JoinHandle<T>(pub(super) Rc<Shared<T>>);

impl<T> JoinHandle<T> {
    /// The task's id.
    pub fn id(&self) -> TaskId {
        self.0.task.get()
    }

    /// The value, if it is there.
    pub(super) fn into_value(self) -> Option<T> {
        match self.0.value.replace(Value::Taken) {
            Value::There(value) => Some(value),
            _ => None,
        }
    }

    /// What a trace says that holds the waker of the task that waits: this task, unless it is another executor's.
    fn holder(&self) -> WakeSource {
        let is_here = context::with_sink_only(|r| r.number()) == Some(self.0.executor.get());
        if is_here { WakeSource::Task(self.id()) } else { WakeSource::Outside }
    }

    #[track_caller]
    fn panic_of_cancelled(&self) -> ! {
        let joined = self.id().0;
        match context::with_sink(|r| r.task()).unwrap_or_default() {
            TaskId::NONE => panic!("task {joined} was joined, but it was cancelled"),
            TaskId(joiner) => panic!("task {joiner} joined task {joined}, which was cancelled"),
        }
    }

    /// Whether the task is done or cancelled.
    pub fn is_finished(&self) -> bool {
        used_by(|| self.holder());
        !matches!(*self.0.value.borrow(), Value::Awaited)
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = T;

    #[track_caller]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let entered = leaf::enter(HANDLE, &*self);
        used_by(|| self.holder());
        let value = self.0.value.replace(Value::Taken);
        match value {
            Value::There(v) => {
                entered.ready();
                Poll::Ready(v)
            }
            Value::Taken => {
                entered.again();
                panic!("a JoinHandle was polled after it was ready")
            }
            Value::Cancelled => self.panic_of_cancelled(),
            Value::Awaited => {
                drop(self.0.value.replace(Value::Awaited));
                // Clones and drops of wakers are user code: no borrow is held meanwhile.
                let waker = cx.waker().clone();
                let stale = self.0.waker.replace(Some(waker));
                drop(stale);
                leaf::keeps(self.holder(), cx.waker());
                Poll::Pending
            }
        }
    }
}

impl<T> Drop for JoinHandle<T> {
    fn drop(&mut self) {
        // Whether the value is dropped here or at the task's end.
        used_by(|| self.holder());
        let waker = self.0.waker.take();
        if waker.is_some() {
            leaf::let_go(self.holder());
        }
        drop(waker);
    }
}
