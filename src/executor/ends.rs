//! How tasks end, and runs: ready, cancelled, shut down, in a panic.

use super::context::Inside;
use super::core::Core;
use super::drive::Progress;
use super::policy::Policy;
use super::tasks::{Cancel, Ended};
use crate::record::Recorder;
use crate::trace::event::{DropReason, End, Event};
use crate::trace::ids::TaskId;
use std::mem::ManuallyDrop;

/// Ends the run if the thread unwinds out of a task's code; defused where it did not.
pub(super) struct Bomb<'a, R: Recorder, P: Policy>(pub(super) &'a Core<R, P>);

impl<R: Recorder, P: Policy> Bomb<'_, R, P> {
    pub(super) fn defuse(self) {
        std::mem::forget(self);
    }
}

impl<R: Recorder, P: Policy> Drop for Bomb<'_, R, P> {
    fn drop(&mut self) {
        self.0.end.set(Some(End::Panicked));
        self.0.recorder.close();
        // A task that catches the panic of another's drop is the last one to be polled.
        self.0.tasks.interrupt();
    }
}

impl<R: Recorder, P: Policy> Core<R, P> {
    pub(super) fn finish(&self, end: End) -> Progress {
        self.end.set(Some(end));
        self.record(Event::Ended { end });
        Progress::Ended(end)
    }

    /// The end of a task: the future is dropped, then its value (if any) stored, then the join handle woken.
    // Apart from the loop, which is the faster for being small.
    #[inline(never)]
    pub(super) fn end_task(&self, ended: Ended<'_>, reason: DropReason) {
        if R::ON {
            self.record(Event::Dropped { task: ended.id(), reason });
        }
        ended.drop_cell();
    }

    pub(super) fn cancel(&self, task: TaskId) -> bool {
        match self.tasks.cancel(task) {
            Cancel::Nothing => false,
            Cancel::Later => true,
            Cancel::Now(ended) => {
                let bomb = Bomb(self);
                self.inside(|| self.end_task(ended, DropReason::Cancelled));
                bomb.defuse();
                true
            }
        }
    }

    /// Drops every task that is left, in spawn order, those included that its drops spawn; the run is over.
    pub(super) fn shut_down(&self) {
        let driven = self.enter();
        self.drop_tasks();
        self.finish(End::Completed);
        drop(driven);
    }

    /// Drops every task that is left, as the task that it is.
    pub(super) fn reveal(&self) {
        let driven = self.enter();
        let bomb = Bomb(self);
        self.tasks.end_all(&mut |ended| {
            self.task.set(ended.id());
            ended.drop_cell();
            true
        });
        self.task.set(TaskId::NONE);
        bomb.defuse();
        drop(driven);
    }

    /// Drops every task that is left, in spawn order.
    pub(super) fn drop_tasks(&self) {
        let bomb = Bomb(self);
        self.tasks.end_all(&mut |ended| {
            if R::ON {
                self.end_task(ended, DropReason::Shutdown)
            } else {
                ended.drop_cell()
            }
            true
        });
        bomb.defuse();
    }
}

/// Closes the tasks, even if the thread unwinds out of one: wakers are not to find an executor that is gone.
struct Closing<'a, R: Recorder, P: Policy>(&'a Core<R, P>);

impl<R: Recorder, P: Policy> Drop for Closing<'_, R, P> {
    fn drop(&mut self) {
        self.0.tasks.close(self.0.end.get() == Some(End::Panicked));
    }
}

impl<R: Recorder, P: Policy> Drop for Core<R, P> {
    /// Drops what is left, outside of every executor; after a panic it forgets it, as an abort would. An
    /// [`Executor`](super::Executor) that goes in peace has dropped its tasks before.
    fn drop(&mut self) {
        #[cfg(target_arch = "wasm32")]
        super::handle::unregister(self.id);
        let timers = ManuallyDrop::new(self.timers.take());
        let _closing = Closing(self);
        if self.end.get() != Some(End::Panicked) {
            let _outside = Inside::leave_all();
            let bomb = Bomb(self);
            self.tasks.end_all(&mut |ended| {
                ended.drop_cell();
                true
            });
            drop(ManuallyDrop::into_inner(timers));
            bomb.defuse();
        }
    }
}
