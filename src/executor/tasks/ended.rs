//! The end of a task: ready, cancelled, or with its executor.

use super::slot::Task;
use super::state::{CANCELLED, DONE, GONE, INDEXED, RUNNING, flags, is_free, is_in_line};
use super::{NOT_NOW, TaskId, Tasks};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A task that is done, and still has its body.
pub(in crate::executor) struct Ended<'a> {
    task: Task,
    tasks: &'a Tasks,
    /// Whether it just waited, and nobody can name it: then there is nothing to see to but its body.
    plain: bool,
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
    #[inline]
    pub(super) unsafe fn new(task: Task, tasks: &'a Tasks) -> Self {
        // SAFETY: the executor has not let go of it.
        let before = unsafe { task.header() }.state.set(DONE);
        tasks.count_end();
        let plain = flags(before) == 0;
        if !plain && is_in_line(before) {
            tasks.cancelled.set(tasks.cancelled.get() + 1);
        }
        Ended { task, tasks, plain }
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
            if self.plain {
                self.task.let_go();
            } else if is_in_line(self.task.header().state.get()) {
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
            task.let_go();
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
    pub(in crate::executor) fn end_all(&self, end: &mut dyn FnMut(Ended<'_>)) {
        assert!(!self.in_turn.get(), "{NOT_NOW}");
        if self.alive() == 0 {
            return;
        }
        // Pages stay where they are while this is set, so that the addresses below stay good.
        self.ending.set(true);
        self.ended.set(self.ended.get().wrapping_add(self.classes.end_plain()));
        while self.alive() > 0 {
            // Those who come meanwhile are ended in the next round.
            let last = self.last_id.get();
            // SAFETY: the page of a task is there, and it is asked for one that is not done.
            let ended = |task: Task| unsafe {
                assert!(!task.header().state.has(RUNNING), "{NOT_NOW}");
                Ended::new(task, self)
            };
            // While no slot was ever used twice, and all are of one kind, they lie in the order of their numbers.
            if self.ended.get() == 0 && self.classes.count() == 1 {
                self.classes.visit(DONE, &mut |task, id| {
                    let came_before = id.0 <= last;
                    if came_before {
                        end(ended(task));
                    }
                    came_before
                });
            } else {
                let mut left = BinaryHeap::with_capacity(self.alive());
                self.classes.visit(DONE, &mut |task, id| {
                    left.push(Reverse((id, task)));
                    true
                });
                while let Some(Reverse((id, task))) = left.pop() {
                    // SAFETY: its page is there, and a slot has a header.
                    let header = unsafe { task.header() };
                    // The slot may be free meanwhile, or another task's.
                    if header.id.get() == id && !header.state.has(DONE) {
                        end(ended(task));
                    }
                }
            }
        }
        self.ending.set(false);
        self.clear_line();
    }

    /// Lets go of those in line who are done; after a panic the others are forgotten.
    fn clear_line(&self) {
        self.sort_out();
        let mut batch = self.take_line();
        while let Some(task) = batch.take() {
            self.let_go_if_missed(task);
        }
    }

    /// The executor goes: whoever stands in line is let go, tasks that are left are forgotten, and pages live on as
    /// long as wakers into them. If somebody has `panicked`, who is left is forgotten, with its page.
    pub(in crate::executor) fn close(&self, panicked: bool) {
        self.clear_line();
        if panicked {
            // Whoever panicked in its drop is done, and not gone: it may have wakers, as the others.
            self.classes.visit(GONE, &mut |task, _| {
                // SAFETY: it is in use.
                unsafe {
                    task.header().state.set(DONE);
                    task.page().linger(1);
                }
                true
            });
        }
        self.remote.close(|inbox| {
            for task in inbox {
                // SAFETY: a waker was counted for its stay in the inbox, and is dropped here. The pages are there until
                // they are closed.
                unsafe {
                    if is_free(task.header().state.drop_waker()) {
                        task.page().linger(-1);
                    }
                }
            }
            self.classes.close();
        });
    }
}
