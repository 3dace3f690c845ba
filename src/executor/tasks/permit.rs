//! Permits to run: the right to poll one task, once (S6); who gets one, and what follows a poll.

use super::ended::Ended;
use super::header::TaskRef;
use super::kind::{ENDED, IDLE, Polled, QUEUE_END, READY, SKIPPED, WOKEN};
use super::run_queue::Batch;
use super::state::{DONE, RUNNING};
use super::table::{Tasks, WRONG_TIME};
use crate::alloc::apart;
use crate::record::Observation;
use crate::trace::ids::TaskId;

/// The right to give permits. While it is there, not all tasks are ended.
pub(in crate::executor) struct RunPermits<'a> {
    tasks: &'a Tasks,
}

/// Permits for all tasks of a batch, one after the other.
pub(in crate::executor) struct PermitBatch<'a> {
    tasks: &'a Tasks,
    batch: Batch<'a>,
}

/// The right to poll a task that left the run queue. If the task was cancelled there, nothing is polled; nor if this is for
/// the queue's sentinel.
pub(in crate::executor) struct RunPermit<'a> {
    task: TaskRef,
    tasks: &'a Tasks,
}

/// A permit that was used.
pub(in crate::executor) struct AfterPoll<'a> {
    task: TaskRef,
    tasks: &'a Tasks,
    polled: Polled,
}

/// What becomes of a task after its poll.
pub(in crate::executor) enum Next<'a> {
    /// It is idle, or in the run queue again, or has ended.
    Nothing,
    /// It is to be ended: with its future ready, or without.
    End(Ended<'a>, bool),
    /// There was no poll: it had been cancelled.
    Skipped,
    /// There was no poll: the run queue is at its end.
    QueueEnd,
}

impl Tasks {
    /// Begins to give permits.
    ///
    /// # Panics
    /// While all tasks are ended.
    pub(in crate::executor) fn permits(&self) -> RunPermits<'_> {
        assert!(!self.local.ending.get(), "{WRONG_TIME}");
        self.permitting.set(true);
        RunPermits { tasks: self }
    }

    /// Whether a task is ready. Those that were cancelled in the run queue are released on the way.
    pub(in crate::executor) fn is_ready(&self) -> bool {
        self.sort_out();
        if !self.order.borrow().is_empty() {
            return true;
        }
        let mut batch = self.local.queue.take();
        while let Some(task) = batch.pop() {
            if !self.release_if_cancelled(task) {
                batch.put_back(task);
                return true;
            }
        }
        false
    }
}

impl<'a> RunPermits<'a> {
    /// Permits for the whole run queue.
    #[inline]
    pub(in crate::executor) fn batch(&self) -> PermitBatch<'a> {
        PermitBatch { tasks: self.tasks, batch: self.tasks.local.queue.take() }
    }

    /// For a policy that chooses: `choose` gets how many tasks are ready, in the order in which they became so, and what
    /// gives the number of each; it returns the place of one, from 0. Past the end is the last.
    pub(in crate::executor) fn choose(
        &self,
        choose: impl FnOnce(usize, &dyn Fn(usize) -> TaskId) -> usize,
    ) -> Option<RunPermit<'a>> {
        let tasks = self.tasks;
        self.order();
        let last = tasks.order.borrow().len().checked_sub(1)?;
        // SAFETY: what is in the run queue, or taken out of it in its order, is in use (S5).
        let id = |i: usize| unsafe { tasks.order.borrow()[i].header() }.id.get();
        let chosen = if last == 0 { 0 } else { choose(last + 1, &id).min(last) };
        let mut order = tasks.order.borrow_mut();
        // The first is taken by far most often.
        let task = if chosen == 0 { order.pop_front() } else { order.remove(chosen) }?;
        Some(RunPermit { task, tasks })
    }

    /// Adds the numbers of the tasks that are ready to a list, in the order in which they became so.
    pub(in crate::executor) fn list(&self, list: &mut Vec<TaskId>) {
        self.order();
        // SAFETY: what is in the run queue, or taken out of it in its order, is in use (S5).
        list.extend(self.tasks.order.borrow().iter().map(|task| unsafe { task.header() }.id.get()));
    }

    /// The number of the task that is ready first, and how many are.
    pub(in crate::executor) fn first(&self) -> Option<(TaskId, usize)> {
        self.order();
        let order = self.tasks.order.borrow();
        // SAFETY: what is in the run queue, or taken out of it in its order, is in use (S5).
        Some((unsafe { order.front()?.header() }.id.get(), order.len()))
    }

    /// Takes what is in the run queue into the order that a policy chooses from.
    fn order(&self) {
        let tasks = self.tasks;
        if !tasks.local.queue.is_empty() {
            let mut batch = tasks.local.queue.take();
            let order = &mut *tasks.order.borrow_mut();
            apart(|| std::iter::from_fn(|| batch.pop()).for_each(|task| order.push_back(task)));
        }
        tasks.sort_out();
    }
}

impl Drop for RunPermits<'_> {
    fn drop(&mut self) {
        self.tasks.permitting.set(false);
    }
}

impl<'a> PermitBatch<'a> {
    /// The next permit; it is the sentinel's if the batch is empty: after that, [`finish`](Self::finish) it.
    #[inline]
    pub(in crate::executor) fn permit(&mut self) -> RunPermit<'a> {
        RunPermit { task: self.batch.pop_or_sentinel(), tasks: self.tasks }
    }

    /// Nothing is left of it. To be called once the sentinel had its permit, and only then.
    #[inline]
    pub(in crate::executor) fn finish(self) {
        self.batch.finish();
    }
}

impl<'a> RunPermit<'a> {
    /// Whose permit it is.
    pub(in crate::executor) fn id(&self) -> TaskId {
        // SAFETY: the executor has not released a task that has a permit (S2, S6).
        unsafe { self.task.header() }.id.get()
    }

    /// For a recorded task: which of its polls this is, from 1.
    pub(in crate::executor) fn nth(&self) -> u32 {
        assert!(self.tasks.local.recorded);
        // SAFETY: the task has a permit (S6); where all tasks are recorded none is bare.
        let polls = unsafe { self.task.polls() };
        polls.set(polls.get() + 1);
        polls.get()
    }

    /// Itself, if there is a task to be polled. A task that was cancelled in the run queue is released.
    #[inline]
    pub(in crate::executor) fn checked(self) -> Result<Self, Next<'a>> {
        // SAFETY: the executor has not released a task that has a permit (S6); the sentinel has `DONE` set.
        if !unsafe { self.task.header() }.state.has(DONE) {
            return Ok(self);
        }
        if self.task == self.tasks.local.queue.sentinel {
            return Err(Next::QueueEnd);
        }
        self.tasks.release_if_cancelled(self.task);
        Err(Next::Skipped)
    }

    /// Polls. A bare task that is ready is ended on the spot.
    #[inline]
    pub(in crate::executor) fn poll(self) -> AfterPoll<'a> {
        // SAFETY: the task left the run queue and has its permit, which is used up by this (S6). Who is done in the queue was
        // cancelled, by its number, and is not bare; or all are ended, and there are no permits (`RunPermits`).
        let polled = unsafe { (self.task.page().poll)(self.task) };
        AfterPoll { task: self.task, tasks: self.tasks, polled }
    }
}

impl<'a> AfterPoll<'a> {
    /// Whether the future was ready.
    pub(in crate::executor) fn is_ready(&self) -> bool {
        self.polled == READY || self.polled == ENDED
    }

    /// Whether it was pending, and woken meanwhile.
    pub(in crate::executor) fn is_woken(&self) -> bool {
        self.polled == WOKEN
    }

    /// What the future says of itself, if it is there.
    pub(in crate::executor) fn observe(&self) -> Option<Observation> {
        if matches!(self.polled, ENDED | SKIPPED | QUEUE_END) {
            return None;
        }
        // SAFETY: the task has its cell until its end, which is to come, and is not polled now (S7).
        unsafe { (self.task.page().kind.observe)(self.task) }
    }

    /// Does what follows the poll, up to an end.
    #[inline]
    pub(in crate::executor) fn next(self) -> Next<'a> {
        match self.polled {
            WOKEN => {
                // SAFETY: it was woken during its poll, which sets `QUEUED` and pushes it to no queue (S5).
                unsafe { self.tasks.local.queue.push(self.task) };
                Next::Nothing
            }
            IDLE => Next::Nothing,
            ENDED => {
                self.tasks.count_end();
                Next::Nothing
            }
            SKIPPED => {
                // SAFETY: it is done, and left the run queue for this permit.
                unsafe { self.tasks.release_cancelled(self.task) };
                Next::Skipped
            }
            QUEUE_END => Next::QueueEnd,
            READY => Next::End(self.end(), true),
            // `CANCELLED`, with `QUEUED` or without.
            _ => Next::End(self.end(), false),
        }
    }

    #[cold]
    #[inline(never)]
    fn end(self) -> Ended<'a> {
        // SAFETY: the task has its cell, and is not done: a cancel of a task that is polled only leaves a mark (S7). Until it
        // is ended it counts as polled, so that it is not taken for one in the run queue.
        unsafe {
            self.task.header().state.set(RUNNING);
            Ended::new(self.task, self.tasks)
        }
    }
}
