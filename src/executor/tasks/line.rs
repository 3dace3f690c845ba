//! The line of the tasks that are ready: linked through their headers, a wake appends, and the loop takes all of it at
//! once. Who is woken meanwhile stands in the next line, behind them: so the order is that of one queue.
//!
//! The line is a ring through `front`, which is no task's: it stands before the first and behind the last. Its turn
//! says that the line is at its end, so the loop need not look for that.

use super::slot::Task;
use super::state::DONE;
use super::turn::Turn;
use super::{NOT_NOW, Tasks};
use crate::trace::ids::TaskId;

/// The right to take lines. While it is there, not all tasks are ended.
pub(in crate::executor) struct Turns<'a> {
    tasks: &'a Tasks,
}

/// A line that was taken. What is left of it when it is dropped stands in line again, before those who came since.
pub(in crate::executor) struct Batch<'a> {
    tasks: &'a Tasks,
    next: Task,
    last: Task,
}

impl Tasks {
    /// Begins to give turns.
    ///
    /// # Panics
    /// While all tasks are ended.
    pub(in crate::executor) fn turns(&self) -> Turns<'_> {
        assert!(!self.ending.get(), "{NOT_NOW}");
        self.in_turn.set(true);
        Turns { tasks: self }
    }

    /// Puts a task in line.
    ///
    /// # Safety
    /// Its slot is in use, its `QUEUED` is set, and it stands in no line.
    #[inline]
    pub(super) unsafe fn push(&self, task: Task) {
        // SAFETY: the last in line is in use, since what stands in line is not let go; or it is `front`.
        unsafe { self.last.get().header() }.next.set(Some(task));
        self.last.set(task);
    }

    /// Who comes after one who stands in line.
    ///
    /// # Safety
    /// It does, or it is `front`.
    #[inline]
    unsafe fn after(&self, task: Task) -> Task {
        // SAFETY: who stands in line is in use, and has somebody behind, `front` if nobody else.
        unsafe { task.header().next.get().unwrap_unchecked() }
    }

    /// Takes the whole line.
    #[inline]
    pub(super) fn take_line(&self) -> Batch<'_> {
        let (front, last) = (self.front, self.last.get());
        // SAFETY: both are in line, or `front`. The last one's `next` may be of an older line.
        unsafe {
            last.header().next.set(Some(front));
            let next = self.after(front);
            front.header().next.set(Some(front));
            self.last.set(front);
            Batch { tasks: self, next, last }
        }
    }

    /// Whether somebody is ready. Those who were cancelled in line are let go on the way.
    pub(in crate::executor) fn is_ready(&self) -> bool {
        self.sort_out();
        if !self.order.borrow().is_empty() {
            return true;
        }
        let mut batch = self.take_line();
        while let Some(task) = batch.take() {
            if !self.let_go_if_missed(task) {
                batch.put_back(task);
                return true;
            }
        }
        false
    }

    /// Lets go of those in `order` who were cancelled there.
    pub(super) fn sort_out(&self) {
        if self.cancelled.get() > 0 {
            let order = self.order.take();
            *self.order.borrow_mut() = order.into_iter().filter(|&task| !self.let_go_if_missed(task)).collect();
        }
    }

    /// Lets go of one that was cancelled in line; says whether it was. If so, it stands in line no more.
    pub(super) fn let_go_if_missed(&self, task: Task) -> bool {
        // SAFETY: who stood in line is in use until it is let go: here, if it is done, and forgotten by the caller.
        unsafe {
            let missed = task.header().state.has(DONE);
            if missed {
                self.let_go_late(task);
            }
            missed
        }
    }

    /// Lets go of one that was cancelled in line.
    ///
    /// # Safety
    /// It is done, and just left the line.
    #[cold]
    #[inline(never)]
    pub(super) unsafe fn let_go_late(&self, task: Task) {
        self.cancelled.set(self.cancelled.get() - 1);
        // SAFETY: the executor's claim on the slot is given up here, once.
        unsafe { task.let_go() };
    }
}

impl<'a> Turns<'a> {
    /// Takes the whole line.
    #[inline]
    pub(in crate::executor) fn batch(&self) -> Batch<'a> {
        self.tasks.take_line()
    }

    /// For a policy that chooses: `choose` gets how many are ready, in the order in which they became so, and what tells
    /// the number of each; it says whose turn it is, from 0. Past the end is the last.
    pub(in crate::executor) fn choose(
        &self,
        choose: impl FnOnce(usize, &dyn Fn(usize) -> TaskId) -> usize,
    ) -> Option<Turn<'a>> {
        let tasks = self.tasks;
        let chosen = self.look(|count, id| {
            let last = count.checked_sub(1)?;
            Some(if last == 0 { 0 } else { choose(count, id).min(last) })
        })?;
        let task = tasks.order.borrow_mut().remove(chosen)?;
        // SAFETY: it stood in line, and does no more.
        Some(unsafe { Turn::new(task, tasks) })
    }

    /// Shows the line, as [`choose`](Self::choose) does, whoever stands there.
    pub(in crate::executor) fn look<T>(&self, look: impl FnOnce(usize, &dyn Fn(usize) -> TaskId) -> T) -> T {
        let tasks = self.tasks;
        let mut batch = tasks.take_line();
        while let Some(task) = batch.take() {
            tasks.order.borrow_mut().push_back(task);
        }
        tasks.sort_out();
        let count = tasks.order.borrow().len();
        // SAFETY: who stands in line is in use.
        look(count, &|i| unsafe { tasks.order.borrow()[i].header() }.id.get())
    }
}

impl Drop for Turns<'_> {
    fn drop(&mut self) {
        self.tasks.in_turn.set(false);
    }
}

impl<'a> Batch<'a> {
    /// The next one, unless the line is at its end.
    pub(super) fn take(&mut self) -> Option<Task> {
        let task = self.next;
        if task == self.tasks.front {
            return None;
        }
        // SAFETY: it is in line.
        self.next = unsafe { self.tasks.after(task) };
        Some(task)
    }

    /// The next turn. It is nobody's if the line is at its end: after that, [`finish`](Self::finish) it.
    #[inline]
    pub(in crate::executor) fn turn(&mut self) -> Turn<'a> {
        let task = self.next;
        // SAFETY: it is in line, or `front`. It leaves the line here.
        unsafe {
            self.next = self.tasks.after(task);
            Turn::new(task, self.tasks)
        }
    }

    /// Nothing is left of it. To be called once the line's end had its turn, and then only.
    #[inline]
    pub(in crate::executor) fn finish(mut self) {
        self.next = self.tasks.front;
    }

    /// Puts back the one that came last: it comes first again.
    fn put_back(&mut self, task: Task) {
        if self.next == self.tasks.front {
            self.last = task;
        }
        // SAFETY: it stood in line until now.
        unsafe { task.header() }.next.set(Some(self.next));
        self.next = task;
    }
}

impl Drop for Batch<'_> {
    #[inline]
    fn drop(&mut self) {
        let (tasks, front) = (self.tasks, self.tasks.front);
        if self.next == front {
            return;
        }
        // SAFETY: who stands in line is in use.
        unsafe {
            if tasks.last.get() == front {
                tasks.last.set(self.last);
            } else {
                self.last.header().next.set(front.header().next.get());
            }
            front.header().next.set(Some(self.next));
        }
    }
}
