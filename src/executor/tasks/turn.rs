//! A turn: the right to poll one task, once.

use super::ended::Ended;
use super::slot::{Polled, Task};
use super::{TaskId, Tasks};
use crate::trace::Observation;

/// A task that left the line, and is not done.
pub(in crate::executor) struct Turn<'a> {
    task: Task,
    tasks: &'a Tasks,
}

impl<'a> Turn<'a> {
    /// # Safety
    /// The task stood in line, does no more, and is not done.
    #[inline]
    pub(super) unsafe fn new(task: Task, tasks: &'a Tasks) -> Self {
        Turn { task, tasks }
    }

    pub(super) fn give_back(self) -> Task {
        self.task
    }

    /// Whose turn it is.
    #[inline]
    pub(in crate::executor) fn id(&self) -> TaskId {
        // SAFETY: the executor has not let go of what has its turn.
        unsafe { self.task.header() }.id.get()
    }

    /// Polls; with `finish` a task that is ready is ended in the same breath.
    #[inline]
    pub(in crate::executor) fn poll(self, finish: bool) -> Over<'a> {
        // SAFETY: it left the line, has its turn and is not done; a turn is used up by this.
        let polled = unsafe { (self.task.page().kind.poll)(self.task, finish) };
        Over { task: self.task, tasks: self.tasks, polled }
    }
}

/// A turn that was used.
pub(in crate::executor) struct Over<'a> {
    task: Task,
    tasks: &'a Tasks,
    polled: Polled,
}

/// What becomes of a task after its turn.
pub(in crate::executor) enum Next<'a> {
    /// It waits to be woken, or is over and done with.
    Nothing,
    /// It stands in line again.
    Queued(TaskId),
    /// Its end is to come: with its future ready, or without.
    End(Ended<'a>, bool),
}

impl<'a> Over<'a> {
    /// Whether the future was ready.
    pub(in crate::executor) fn is_ready(&self) -> bool {
        matches!(self.polled, Polled::Ready | Polled::Ended)
    }

    /// What the future says of itself, if it is there.
    pub(in crate::executor) fn observe(&self) -> Option<Observation> {
        if self.polled == Polled::Ended {
            return None;
        }
        // SAFETY: the body is there until its end, and not polled now.
        unsafe { (self.task.page().kind.observe)(self.task) }
    }

    /// Goes on to what comes next.
    #[inline]
    pub(in crate::executor) fn settle(self) -> Next<'a> {
        match self.polled {
            Polled::Idle => Next::Nothing,
            Polled::Woken => {
                // SAFETY: it was woken during its poll, which sets `QUEUED` and puts it in no line.
                unsafe {
                    self.tasks.push(self.task);
                    Next::Queued(self.task.header().id.get())
                }
            }
            Polled::Ended => {
                // SAFETY: its body is gone, and it is in no line.
                unsafe { self.tasks.let_go(self.task) };
                Next::Nothing
            }
            Polled::Ready | Polled::Cancelled => {
                // SAFETY: the body is there, and `DONE` is not set: who is polled is only marked by a cancel.
                Next::End(unsafe { Ended::new(self.task, self.tasks) }, self.polled == Polled::Ready)
            }
        }
    }
}
