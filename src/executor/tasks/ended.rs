//! How tasks end: ready, cancelled, or with their executor.

use super::header::TaskRef;
use super::state::{CANCELLED, DONE, INDEXED, RELEASED, RUNNING, flags, is_free, is_in_queue};
use super::table::{Tasks, WRONG_TIME};
use crate::sorting::sorted;
use crate::trace::ids::TaskId;

/// A task that is done, and still has its future cell.
pub(in crate::executor) struct Ended<'a> {
    task: TaskRef,
    tasks: &'a Tasks,
    /// Whether it was idle, and cannot be named: then there is only its cell to drop.
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
    /// It has its future cell, is not being polled, and was not done (S7).
    #[inline]
    pub(super) unsafe fn new(task: TaskRef, tasks: &'a Tasks) -> Self {
        // SAFETY: the executor has not released the slot (S2).
        let before = unsafe { task.header() }.state.set(DONE);
        tasks.count_end();
        let plain = flags(before) == 0;
        if !plain && is_in_queue(before) {
            tasks.cancelled_in_queue.set(tasks.cancelled_in_queue.get() + 1);
        }
        Ended { task, tasks, plain }
    }

    pub(in crate::executor) fn id(&self) -> TaskId {
        // SAFETY: the executor releases the slot only in `drop_cell`.
        unsafe { self.task.header() }.id.get()
    }

    /// Drops the future, hands on its value, and releases the slot.
    #[inline]
    pub(in crate::executor) fn drop_cell(self) {
        // SAFETY: it has its cell until now; with `DONE` set nothing polls or ends it again (S7). In the run queue it is
        // released when it leaves that (S2).
        unsafe {
            let kind = self.task.page().kind;
            (kind.end)(self.task);
            if self.plain {
                self.task.release(kind.is_large);
            } else if is_in_queue(self.task.header().state.get()) {
                self.tasks.unindex(self.task);
            } else {
                self.tasks.unindex(self.task);
                self.task.release(kind.is_large);
            }
        }
    }
}

impl Tasks {
    /// The task cannot be found by its number any more, and the loop looks whether somebody waits for that.
    ///
    /// # Safety
    /// The executor has not released the slot.
    #[inline]
    unsafe fn unindex(&self, task: TaskRef) {
        // SAFETY: above.
        let header = unsafe { task.header() };
        if header.state.has(INDEXED) {
            self.index.remove(header.id.get());
            self.interrupt();
        }
    }

    /// Releases a task that was cancelled in the run queue, if it was; returns whether. If so, it is in no queue any more.
    pub(super) fn release_if_cancelled(&self, task: TaskRef) -> bool {
        // SAFETY: a task of the run queue is in use until it is released: here, if it is done, and forgotten by the caller.
        unsafe {
            let cancelled = task.header().state.has(DONE);
            if cancelled {
                self.release_cancelled(task);
            }
            cancelled
        }
    }

    /// Releases a task that was cancelled in the run queue.
    ///
    /// # Safety
    /// It is done, has just left the run queue, and is not used any more.
    #[cold]
    #[inline(never)]
    pub(super) unsafe fn release_cancelled(&self, task: TaskRef) {
        self.cancelled_in_queue.set(self.cancelled_in_queue.get() - 1);
        // SAFETY: its cell was dropped when it was cancelled, or is being dropped now, in which case it was not in the queue
        // (S5); this is done once (S2).
        unsafe { task.release(task.page().kind.is_large) };
    }

    /// Cancels a task.
    pub(in crate::executor) fn cancel(&self, id: TaskId) -> Cancel<'_> {
        let Some(task) = self.index.find(id) else { return Cancel::Nothing };
        // SAFETY: the executor has not released what is in the index.
        let header = unsafe { task.header() };
        let state = header.state.get();
        if state & (DONE | CANCELLED) != 0 {
            Cancel::Nothing
        } else if state & RUNNING != 0 {
            header.state.set(CANCELLED);
            Cancel::Later
        } else {
            // SAFETY: it is alive, and not being polled (S7).
            Cancel::Now(unsafe { Ended::new(task, self) })
        }
    }

    /// Ends every task that is left, in the order of their numbers, and then those that came meanwhile, in the order in which
    /// they came, as long as `end` returns true. Returns whether none is left.
    ///
    /// # Panics
    /// If one is being polled.
    pub(in crate::executor) fn end_all(&self, end: &mut dyn FnMut(Ended<'_>) -> bool) -> bool {
        assert!(!self.permitting.get() && !self.local.ending.get(), "{WRONG_TIME}");
        if self.alive() == 0 {
            return true;
        }
        // No page is freed while this is set, so that addresses stay good (S1); and spawns take note of their slots.
        self.local.ending.set(true);
        self.classes.forget_recent();
        let ended = Ending(self);
        self.ended.set(self.ended.get().wrapping_add(self.classes.end_plain()));
        self.alive() == 0 || (ended.first_round(end) && ended.later_rounds(end))
    }

    /// Releases the tasks at the front of the run queue that are done: their slots can be used again.
    fn release_first(&self) {
        self.sort_out();
        let mut batch = self.local.queue.take();
        while let Some(task) = batch.pop() {
            if !self.release_if_cancelled(task) {
                return batch.put_back(task);
            }
        }
    }

    /// Releases the tasks of the run queue that are done; the others are forgotten, as after a panic.
    fn clear_queue(&self) {
        self.sort_out();
        let mut batch = self.local.queue.take();
        while let Some(task) = batch.pop() {
            self.release_if_cancelled(task);
        }
    }

    /// Releases those in `order` who were cancelled there.
    #[inline]
    pub(super) fn sort_out(&self) {
        if self.cancelled_in_queue.get() > 0 {
            self.release_cancelled_in_order();
        }
    }

    #[cold]
    fn release_cancelled_in_order(&self) {
        let order = self.order.take();
        *self.order.borrow_mut() = order.into_iter().filter(|&task| !self.release_if_cancelled(task)).collect();
    }

    /// The executor is gone: the run queue is emptied, tasks that are left are forgotten, and pages live on as long as wakers
    /// of their slots. If tasks are to be `forgotten`, as after a panic, their pages are leaked.
    pub(in crate::executor) fn close(&self, forgotten: bool) {
        self.clear_queue();
        if forgotten {
            // A task whose drop panicked is done, and not released: it may have wakers, as the others.
            self.classes.visit(RELEASED, &mut |task, _| {
                // SAFETY: it is in use, so its page is allocated (S1).
                unsafe {
                    task.header().state.set(DONE);
                    task.page().add_orphans(1);
                }
            });
        }
        self.remote.close(|inbox| {
            for task in inbox {
                // SAFETY: a waker was counted for its stay in the inbox (S10), and is dropped here. The page is allocated
                // until it is closed (S1).
                unsafe {
                    if is_free(task.header().state.drop_waker()) {
                        task.page().add_orphans(-1);
                    }
                }
            }
            self.classes.close();
        });
    }
}

/// All tasks are being ended.
struct Ending<'a>(&'a Tasks);

impl Ending<'_> {
    /// Those that were there.
    fn first_round(&self, end: &mut dyn FnMut(Ended<'_>) -> bool) -> bool {
        let tasks = self.0;
        // While no slot was ever used twice, and all are of one kind, they lie in the order of their numbers.
        if tasks.ended.get() == 0
            && let Some(class) = tasks.classes.only()
        {
            let (last, mut goes_on) = (tasks.last_id.get(), true);
            class.visit(DONE, &mut |task, id| {
                let came_before = id.0 <= last;
                goes_on = !came_before || self.end(task, end);
                came_before && goes_on
            });
            return goes_on;
        }
        let mut left = Vec::with_capacity(tasks.alive());
        tasks.classes.visit(DONE, &mut |task, id| left.push((id, task)));
        sorted(left).into_iter().all(|(id, task)| self.end_if_alive(id, task, end))
    }

    /// Those that came meanwhile, and meanwhile again. In linear time: a slot is looked at once.
    fn later_rounds(&self, end: &mut dyn FnMut(Ended<'_>) -> bool) -> bool {
        loop {
            self.0.release_first();
            let late = self.0.classes.take_late();
            if late.is_empty() {
                return true;
            }
            // SAFETY: pages are allocated while all tasks are ended (S1).
            let late = late.into_iter().map(|task| (unsafe { task.header() }.id.get(), task)).collect::<Vec<_>>();
            if !late.into_iter().all(|(id, task)| self.end_if_alive(id, task, end)) {
                return false;
            }
        }
    }

    /// The slot may be free meanwhile, or another task's.
    fn end_if_alive(&self, id: TaskId, task: TaskRef, end: &mut dyn FnMut(Ended<'_>) -> bool) -> bool {
        // SAFETY: pages are allocated while all tasks are ended (S1).
        let header = unsafe { task.header() };
        header.id.get() != id || header.state.has(DONE) || self.end(task, end)
    }

    fn end(&self, task: TaskRef, end: &mut dyn FnMut(Ended<'_>) -> bool) -> bool {
        // SAFETY: its page is allocated (S1), and it is not done: it has its cell. It is not being polled, as is asserted.
        let ended = unsafe {
            assert!(!task.header().state.has(RUNNING), "{WRONG_TIME}");
            Ended::new(task, self.0)
        };
        end(ended)
    }
}

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.local.ending.set(false);
        if !std::thread::panicking() {
            self.0.clear_queue();
            self.0.classes.give_back_large(&self.0.local);
        }
    }
}
