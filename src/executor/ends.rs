//! How tasks end, and runs: ready, cancelled, shut down, in a panic.

use super::context::Inside;
use super::core::Core;
use super::drive::Progress;
use super::job::Job;
use super::tasks::Status;
use super::waker;
use crate::trace::Recorder;
use crate::trace::event::{DropReason, End, Event};
use crate::trace::ids::TaskId;

/// Ends the run if the thread unwinds out of a task's code; defused where it did not.
pub(super) struct Bomb<'a, R: Recorder>(pub(super) &'a Core<R>);

impl<R: Recorder> Bomb<'_, R> {
    pub(super) fn defuse(self) {
        std::mem::forget(self);
    }
}

impl<R: Recorder> Drop for Bomb<'_, R> {
    fn drop(&mut self) {
        self.0.end.set(Some(End::Panicked));
        self.0.recorder.close();
    }
}

impl<R: Recorder> Core<R> {
    pub(super) fn finish(&self, end: End) -> Progress {
        self.end.set(Some(end));
        self.record(Event::Ended { end });
        Progress::Ended(end)
    }

    /// The end of a task: the future is dropped, then its value (if any) stored, then the join handle woken.
    pub(super) fn drop_job(&self, task: TaskId, mut job: Box<dyn Job>, reason: DropReason) {
        let slot = self.state.borrow_mut().remove(task);
        self.record(Event::Dropped { task, reason });
        job.drop_future();
        job.settle();
        drop(slot);
    }

    pub(super) fn cancel(&self, task: TaskId) -> bool {
        let job = {
            let state = &mut *self.state.borrow_mut();
            let Some(slot) = state.slot(task) else { return false };
            match slot.job.take() {
                Some(job) => {
                    if slot.status == Status::Queued {
                        state.queue.retain(|&t| t != task);
                    }
                    job
                }
                None => {
                    let first = slot.status != Status::RunningCancelled;
                    slot.status = Status::RunningCancelled;
                    return first;
                }
            }
        };
        let bomb = Bomb(self);
        self.inside(|| self.drop_job(task, job, DropReason::Cancelled));
        bomb.defuse();
        true
    }

    /// Drops every task that is left, in spawn order, those included that its drops spawn; the run is over.
    pub(super) fn shut_down(&self) {
        let driven = self.enter();
        self.drop_tasks();
        self.finish(End::Completed);
        drop(driven);
    }

    /// Drops every task that is left, in spawn order, with the executor in reach of what their drops do.
    pub(super) fn drop_tasks(&self) {
        let mut i = 0;
        while i < self.state.borrow().tasks.len() {
            let task = TaskId(i as u32 + 1);
            let job = self.state.borrow_mut().slot(task).and_then(|slot| slot.job.take());
            if let Some(job) = job {
                self.drop_job(task, job, DropReason::Shutdown);
            }
            i += 1;
        }
    }
}

impl<R: Recorder> Drop for Core<R> {
    /// Drops what is left, outside of every executor; after a panic it forgets it, as an abort would. An
    /// [`Executor`](super::Executor) that goes in peace has dropped its tasks before.
    fn drop(&mut self) {
        waker::leave(self.id, &self.inbox);
        let state = std::mem::take(self.state.get_mut());
        if self.end.get() == Some(End::Panicked) {
            std::mem::forget(state);
            return;
        }
        let _outside = Inside::leave_all();
        drop(state);
    }
}
