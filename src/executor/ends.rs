//! How tasks and runs end: ready, cancelled, shut down, in a panic.
//!
//! Futures are user code: they may spawn, wake, cancel, run other executors or panic in their drops.

use super::context::Inside;
use super::core::Core;
use super::drive::Progress;
use super::policy::Policy;
use super::tasks::{Cancel, Ended};
use crate::record::Recorder;
use crate::trace::event::{DropReason, End, Event};
use crate::trace::ids::TaskId;
use std::mem::ManuallyDrop;

/// How many tasks that drops spawn are dropped at the end of a run that has no smaller budget of polls.
const MOST_LATE: u32 = 1_000_000;

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
        self.0.forgotten.set(true);
        // A panic hook that reports the panic knows its message; without one, that it panicked is recorded here.
        self.0.report_end_in_panic("");
        self.0.recorder.close();
        super::waiters::forget_executor(self.0.number, true);
        // A task that catches the panic of another's drop is the last one to be polled.
        self.0.tasks.interrupt();
    }
}

impl<R: Recorder, P: Policy> Core<R, P> {
    /// Records a panic as the last event, unless the run is over. Returns whether there is a trace.
    pub(super) fn report_end_in_panic(&self, message: &str) -> bool {
        let (running, ending) = (self.task.get(), self.ending.get());
        let task = if ending.is_some() { ending } else { running };
        self.recorder.panicked(self.now(), task, running, message)
    }

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
            let task = ended.id();
            if let Err(why) = self.stack.check() {
                std::panic::panic_any(why);
            }
            self.record(Event::Dropped { task, reason });
            let before = self.ending.replace(task);
            ended.drop_cell();
            self.ending.set(before);
        } else {
            ended.drop_cell();
        }
    }

    pub(super) fn cancel(&self, task: TaskId) -> bool {
        if self.forgotten.get() {
            return false;
        }
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
    pub(super) fn shut_down(&self) -> End {
        let driven = self.enter();
        self.drop_tasks();
        let end = if self.forgotten.get() { End::Polls(self.most_late()) } else { End::Completed };
        self.finish(end);
        drop(driven);
        end
    }

    /// How many tasks that drops spawn are dropped in turn, before those that are left are forgotten.
    fn most_late(&self) -> u32 {
        self.budget.get().polls.min(MOST_LATE)
    }

    /// Drops every task that is left by `drop`, unless drops spawn without end.
    fn end_all(&self, mut drop: impl FnMut(Ended<'_>)) {
        let bomb = Bomb(self);
        let mut left = self.tasks.alive() as u64 + u64::from(self.most_late());
        let all = self.tasks.end_all(&mut |ended| {
            drop(ended);
            left -= 1;
            left > 0
        });
        bomb.defuse();
        if !all {
            self.forgotten.set(true);
        }
    }

    /// Drops every task that is left, as the task that it is.
    pub(super) fn reveal(&self) {
        let driven = self.enter();
        self.end_all(|ended| {
            self.task.set(ended.id());
            ended.drop_cell();
        });
        self.task.set(TaskId::NONE);
        drop(driven);
    }

    /// Drops every task that is left, in spawn order.
    pub(super) fn drop_tasks(&self) {
        self.end_all(|ended| if R::ON { self.end_task(ended, DropReason::Shutdown) } else { ended.drop_cell() });
    }
}

/// Closes the tasks, even if the thread unwinds out of one: wakers must not find an executor that is gone.
struct Closing<'a, R: Recorder, P: Policy>(&'a Core<R, P>);

impl<R: Recorder, P: Policy> Drop for Closing<'_, R, P> {
    fn drop(&mut self) {
        self.0.tasks.close(self.0.forgotten.get());
        super::waiters::forget_executor(self.0.number, self.0.forgotten.get());
    }
}

impl<R: Recorder, P: Policy> Drop for Core<R, P> {
    /// Drops what is left, outside of every executor; after a panic it forgets it, as an abort would. The drop of the last
    /// [`Executor`](super::Executor) has dropped the tasks before, unless that was within a task.
    fn drop(&mut self) {
        #[cfg(all(target_arch = "wasm32", feature = "js"))]
        super::handle::unregister(self.number);
        let timers = ManuallyDrop::new(self.timers.take());
        let _closing = Closing(self);
        if !self.forgotten.get() {
            let _outside = Inside::leave_all();
            self.end_all(|ended| ended.drop_cell());
            let bomb = Bomb(self);
            ManuallyDrop::into_inner(timers).end();
            bomb.defuse();
        }
    }
}
