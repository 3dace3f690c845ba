//! The run queue: the tasks that are ready, linked through their headers.
//!
//! A wake appends, and the loop takes all of the queue at once, as a *batch*. A task that is woken meanwhile is in the next
//! batch, so the order is that of one queue.
//!
//! The queue is a ring through the *sentinel*, a header that is no task's: it comes before the first and after the last. It
//! is "polled" like a task and returns that the queue is at its end, so that the loop need not test for that. This file
//! links headers and does not know why a task is ready.

use super::header::TaskRef;
use std::cell::Cell;

/// The run queue.
pub(super) struct RunQueue {
    /// Comes before the first and after the last.
    pub(super) sentinel: TaskRef,
    /// The last task, or the sentinel.
    last: Cell<TaskRef>,
}

/// All of a queue, taken out of it. What is left of it when it is dropped is in the queue again, before the tasks that came
/// since.
pub(super) struct Batch<'a> {
    queue: &'a RunQueue,
    next: TaskRef,
    last: TaskRef,
}

impl RunQueue {
    /// An empty queue. The sentinel's page outlives it.
    pub(super) fn new(sentinel: TaskRef) -> Self {
        RunQueue { sentinel, last: Cell::new(sentinel) }
    }

    /// Whether nothing is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.last.get() == self.sentinel
    }

    /// Appends a task.
    ///
    /// # Safety
    /// Its slot is in use, its `QUEUED` is set, and it is in no queue (S5).
    #[inline]
    pub(super) unsafe fn push(&self, task: TaskRef) {
        // SAFETY: the last one is the sentinel or is in the queue, so in use (S5).
        unsafe { self.last.get().header() }.next.set(Some(task));
        self.last.set(task);
    }

    /// The one after a task.
    ///
    /// # Safety
    /// The task is in the queue or a batch, or it is the sentinel.
    #[inline]
    unsafe fn after(&self, task: TaskRef) -> TaskRef {
        // SAFETY: it is in use, and has a next one, the sentinel at least (S5).
        unsafe { task.header().next.get().unwrap_unchecked() }
    }

    /// Takes the whole queue.
    #[inline]
    pub(super) fn take(&self) -> Batch<'_> {
        let (sentinel, last) = (self.sentinel, self.last.get());
        // SAFETY: both are in the queue, or the sentinel (S5). The last one's `next` may be of an earlier queue.
        unsafe {
            last.header().next.set(Some(sentinel));
            let next = self.after(sentinel);
            sentinel.header().next.set(Some(sentinel));
            self.last.set(sentinel);
            Batch { queue: self, next, last }
        }
    }
}

impl Batch<'_> {
    /// Takes the next task, unless the batch is empty.
    pub(super) fn pop(&mut self) -> Option<TaskRef> {
        let task = self.next;
        (task != self.queue.sentinel).then(|| self.pop_or_sentinel())
    }

    /// Takes the next task, or, if the batch is empty, the sentinel: after that, [`finish`](Self::finish) it.
    #[inline]
    pub(super) fn pop_or_sentinel(&mut self) -> TaskRef {
        let task = self.next;
        // SAFETY: it is in the batch, or the sentinel (S5).
        self.next = unsafe { self.queue.after(task) };
        task
    }

    /// Puts the task back that was popped last: it is the first again.
    pub(super) fn put_back(&mut self, task: TaskRef) {
        if self.next == self.queue.sentinel {
            self.last = task;
        }
        // SAFETY: it was in the batch until now, so it is in use (S5).
        unsafe { task.header() }.next.set(Some(self.next));
        self.next = task;
    }

    /// Nothing is left of it. To be called once the sentinel was popped, and only then.
    #[inline]
    pub(super) fn finish(mut self) {
        self.next = self.queue.sentinel;
    }
}

impl Drop for Batch<'_> {
    #[inline]
    fn drop(&mut self) {
        let (queue, sentinel) = (self.queue, self.queue.sentinel);
        if self.next == sentinel {
            return;
        }
        // SAFETY: what is in the queue or the batch is in use (S5).
        unsafe {
            if queue.last.get() == sentinel {
                queue.last.set(self.last);
            } else {
                self.last.header().next.set(sentinel.header().next.get());
            }
            sentinel.header().next.set(Some(self.next));
        }
    }
}
