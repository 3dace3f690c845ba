//! The line of the tasks that are ready: linked through their headers, a wake appends, and the loop takes all of it at
//! once. Who is woken meanwhile stands in the next line, behind them: so the order is that of one queue.

use super::slot::Task;
use super::state::DONE;
use super::turn::Turn;
use super::{Tasks, page};
use std::ptr::NonNull;

/// A line that was taken. What is left of it when it is dropped stands in line again, before those who came since.
pub(in crate::executor) struct Batch<'a> {
    tasks: &'a Tasks,
    next: Option<Task>,
    last: Task,
}

impl Tasks {
    pub(super) fn front(&self) -> Task {
        Task(NonNull::from(&self.front))
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

    fn is_line_empty(&self) -> bool {
        self.last.get() == self.front()
    }

    /// Takes the whole line.
    #[inline]
    pub(in crate::executor) fn take_line(&self) -> Batch<'_> {
        let last = self.last.get();
        let next = if self.is_line_empty() { None } else { self.front.next.get() };
        // SAFETY: as in `push`. Whoever is last now has nobody behind it; its `next` may be of an older line.
        unsafe { last.header() }.next.set(None);
        self.last.set(self.front());
        Batch { tasks: self, next, last }
    }

    /// Whether somebody is ready. Those who were cancelled in line are let go on the way.
    pub(in crate::executor) fn is_ready(&self) -> bool {
        if !self.order.borrow().is_empty() {
            self.sort_out();
        }
        let mut batch = self.take_line();
        let mut ready = !self.order.borrow().is_empty();
        if let Some(turn) = batch.next() {
            batch.put_back(turn);
            ready = true;
        }
        ready
    }

    /// For a policy that chooses: those who are ready, in the order in which they came. `choose` gets how many they are
    /// and what tells the number of each, and says whose turn it is, from 0; past the end is the last.
    pub(in crate::executor) fn choose(
        &self,
        choose: impl FnOnce(usize, &dyn Fn(usize) -> crate::trace::ids::TaskId) -> usize,
    ) -> Option<Turn<'_>> {
        let mut batch = self.take_line();
        while let Some(task) = batch.take() {
            self.order.borrow_mut().push(task);
        }
        drop(batch);
        self.sort_out();
        let count = self.order.borrow().len();
        let last = count.checked_sub(1)?;
        let chosen = match last {
            0 => 0,
            // SAFETY: who stands in line is in use.
            _ => choose(count, &|i| unsafe { self.order.borrow()[i].header() }.id.get()).min(last),
        };
        let task = self.order.borrow_mut().remove(chosen);
        // SAFETY: it stood in line, does no more, and is not done: those were sorted out.
        Some(unsafe { Turn::new(task, self) })
    }

    /// Lets go of those in `order` who were cancelled there.
    pub(super) fn sort_out(&self) {
        if self.cancelled.get() == 0 {
            return;
        }
        let mut gone = Vec::new();
        self.order.borrow_mut().retain(|&task| {
            // SAFETY: who stands in line is in use.
            let done = unsafe { task.header() }.state.has(DONE);
            if done {
                gone.push(task);
            }
            !done
        });
        for task in gone {
            // SAFETY: it is done, and does not stand in line any more.
            unsafe { self.let_go_late(task) };
        }
    }

    /// Lets go of one that was cancelled in line.
    ///
    /// # Safety
    /// It is done, and just left the line.
    #[cold]
    unsafe fn let_go_late(&self, task: Task) {
        self.cancelled.set(self.cancelled.get() - 1);
        // SAFETY: the executor's claim on the slot is given up here, once.
        unsafe {
            if task.header().state.let_go() {
                page::free_late(task, Some(self));
            }
        }
    }
}

impl<'a> Batch<'a> {
    #[inline]
    fn take(&mut self) -> Option<Task> {
        let task = self.next?;
        // SAFETY: who stands in line is in use.
        self.next = unsafe { task.header() }.next.get();
        Some(task)
    }

    /// The next one's turn.
    #[inline]
    pub(in crate::executor) fn next(&mut self) -> Option<Turn<'a>> {
        loop {
            let task = self.take()?;
            // SAFETY: who stood in line is in use until its turn is over, or it is let go here.
            unsafe {
                if !task.header().state.has(DONE) {
                    return Some(Turn::new(task, self.tasks));
                }
                self.tasks.let_go_late(task);
            }
        }
    }

    /// Gives back the turn that came last: it comes first again.
    fn put_back(&mut self, turn: Turn<'a>) {
        let task = turn.give_back();
        if self.next.is_none() {
            self.last = task;
        }
        // SAFETY: it stood in line until now.
        unsafe { task.header() }.next.set(self.next);
        self.next = Some(task);
    }
}

impl Drop for Batch<'_> {
    #[inline]
    fn drop(&mut self) {
        let Some(first) = self.next else { return };
        let tasks = self.tasks;
        if tasks.is_line_empty() {
            tasks.last.set(self.last);
        } else {
            // SAFETY: who stands in line is in use.
            unsafe { self.last.header() }.next.set(tasks.front.next.get());
        }
        tasks.front.next.set(Some(first));
    }
}
