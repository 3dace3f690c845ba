//! The end of a task: ready, cancelled, or with its executor.

use super::slot::Task;
use super::state::{CANCELLED, DONE, INDEXED, RUNNING, is_free, is_in_line};
use super::{TaskId, Tasks};
use std::ops::ControlFlow;

/// A task that is done, and still has its body.
pub(in crate::executor) struct Ended<'a> {
    task: Task,
    tasks: &'a Tasks,
}

/// What a cancel came to.
pub(in crate::executor) enum Cancel<'a> {
    /// There was nothing to cancel.
    Nothing,
    /// It ends after the poll that it is in.
    Later,
    /// It ends now.
    Now(Ended<'a>),
}

impl<'a> Ended<'a> {
    /// Marks a task as done.
    ///
    /// # Safety
    /// It has its body, is not being polled, and was not done.
    pub(super) unsafe fn new(task: Task, tasks: &'a Tasks) -> Self {
        // SAFETY: the executor has not let go of it.
        let before = unsafe { task.header() }.state.set(DONE);
        if is_in_line(before) {
            tasks.cancelled.set(tasks.cancelled.get() + 1);
            tasks.lingering.set(tasks.lingering.get() + 1);
        }
        Ended { task, tasks }
    }

    pub(in crate::executor) fn id(&self) -> TaskId {
        // SAFETY: the executor lets go of it only in `drop_body`.
        unsafe { self.task.header() }.id.get()
    }

    /// Drops the future, hands on its value, and lets go of the task.
    #[inline]
    pub(in crate::executor) fn drop_body(self) {
        // SAFETY: it has its body until now; with `DONE` set nobody polls or ends it again. Who stands in line is let
        // go when its turn comes.
        unsafe {
            (self.task.page().kind.end)(self.task);
            if is_in_line(self.task.header().state.get()) {
                self.tasks.forget_indexed(self.task);
            } else {
                self.tasks.let_go(self.task);
            }
        }
    }
}

impl Tasks {
    /// The executor lets go of a task.
    ///
    /// # Safety
    /// Its body is gone, it stands in no line, and this is done once.
    #[inline]
    pub(super) unsafe fn let_go(&self, task: Task) {
        // SAFETY: above.
        unsafe {
            self.forget_indexed(task);
            if task.header().state.let_go() {
                self.free(task);
            } else {
                self.lingering.set(self.lingering.get() + 1);
            }
        }
    }

    /// Whoever named the task by its id finds it no more, and whoever waits for that is told.
    ///
    /// # Safety
    /// The executor has not let go of it.
    #[inline]
    unsafe fn forget_indexed(&self, task: Task) {
        // SAFETY: above.
        let header = unsafe { task.header() };
        if header.state.has(INDEXED) {
            self.forget(header.id.get());
            self.call_attention();
        }
    }

    /// Cancels a task.
    pub(in crate::executor) fn cancel(&self, id: TaskId) -> Cancel<'_> {
        let Some(task) = self.find(id) else { return Cancel::Nothing };
        // SAFETY: the executor has not let go of what is in the index.
        let header = unsafe { task.header() };
        let state = header.state.get();
        if state & (DONE | CANCELLED) != 0 {
            Cancel::Nothing
        } else if state & RUNNING != 0 {
            header.state.set(CANCELLED);
            Cancel::Later
        } else {
            // SAFETY: it is alive and not being polled.
            Cancel::Now(unsafe { Ended::new(task, self) })
        }
    }

    /// Ends every task that is left, in the order of their numbers, those included that come while it does so.
    ///
    /// # Panics
    /// If one is being polled.
    pub(in crate::executor) fn end_all(&self, mut end: impl FnMut(Ended<'_>)) {
        // What is freed meanwhile keeps its page: the addresses below stay good.
        self.pages.keep_all(true);
        while self.alive() > 0 {
            // Those who come meanwhile have their turn in the next round.
            let last = self.last_id.get();
            let mut end_one = |task: Task, id: TaskId| {
                // SAFETY: its page is kept; the slot is one that was in use.
                let header = unsafe { task.header() };
                // A slot may have been given to another task since.
                if header.id.get() == id && !header.state.has(DONE) {
                    assert!(!header.state.has(RUNNING), "a task that is polled is not ended from outside");
                    // SAFETY: it is alive and not being polled.
                    end(unsafe { Ended::new(task, self) });
                }
            };
            if self.pages.in_order() {
                let _ = self.pages.visit(|task, id| {
                    if id.0 > last {
                        return ControlFlow::Break(());
                    }
                    end_one(task, id);
                    ControlFlow::Continue(())
                });
            } else {
                let mut left = Vec::with_capacity(self.alive());
                let _ = self.pages.visit(|task, id| {
                    left.push((id, task));
                    ControlFlow::<()>::Continue(())
                });
                left.sort_unstable_by_key(|&(id, _)| id);
                left.into_iter().for_each(|(id, task)| end_one(task, id));
            }
        }
        self.pages.keep_all(false);
    }

    /// The executor goes: whoever stands in line is let go, tasks that are left are forgotten, and pages live on as
    /// long as wakers into them.
    pub(in crate::executor) fn close(&self) {
        // Only those who were cancelled are still in line, or, after a panic, anybody.
        let mut batch = self.take_line();
        while batch.next().is_some() {}
        drop(batch);
        self.sort_out();
        let _ = self.pages.visit(|task, _| {
            // SAFETY: it is in use.
            unsafe { task.header() }.state.set(DONE);
            ControlFlow::<()>::Continue(())
        });
        self.remote.close(|woken, freed| {
            // SAFETY: what was woken has a waker counted for its stay in the inbox; of what is freed, or had no other
            // waker than that one, nobody has the slot any more. The pages are there until they are closed.
            unsafe {
                for task in woken {
                    if is_free(task.header().state.drop_waker()) {
                        task.page().one_less();
                    }
                }
                for task in freed {
                    task.page().one_less();
                }
            }
            self.pages.close();
        });
    }
}
