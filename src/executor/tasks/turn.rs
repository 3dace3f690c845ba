//! A turn: the right to poll one task, once.

use super::ended::Ended;
use super::slot::{ENDED, IDLE, LINE_END, MISSED, Polled, READY, Task, WOKEN};
use super::state::{DONE, RUNNING};
use super::{TaskId, Tasks};
use crate::record::Observation;

/// A task that left the line; if it was cancelled there, its turn comes to nothing. Or the line's end.
pub(in crate::executor) struct Turn<'a> {
    task: Task,
    tasks: &'a Tasks,
}

impl<'a> Turn<'a> {
    /// # Safety
    /// The task stood in line, and does no more; or it is the line's `front`.
    #[inline]
    pub(super) unsafe fn new(task: Task, tasks: &'a Tasks) -> Self {
        Turn { task, tasks }
    }

    /// Whose turn it is.
    pub(in crate::executor) fn id(&self) -> TaskId {
        // SAFETY: the executor has not let go of what has its turn.
        unsafe { self.task.header() }.id.get()
    }

    /// For a watched task: which of its polls this is, from 1.
    pub(in crate::executor) fn nth(&self) -> u32 {
        assert!(self.tasks.watched);
        // SAFETY: as above; with all tasks watched none is bare.
        let polls = unsafe { self.task.polls() };
        polls.set(polls.get() + 1);
        polls.get()
    }

    /// Itself, if there is a task to be polled. One that was cancelled in line is let go.
    #[inline]
    pub(in crate::executor) fn checked(self) -> Result<Self, Next<'a>> {
        // SAFETY: as above; `front` is as good as done.
        if !unsafe { self.task.header() }.state.has(DONE) {
            return Ok(self);
        }
        if self.task == self.tasks.front {
            return Err(Next::LineEnd);
        }
        self.tasks.let_go_if_missed(self.task);
        Err(Next::Missed)
    }

    /// Polls. A task that is ready is ended in the same breath, if nobody watches it or can name it.
    #[inline]
    pub(in crate::executor) fn poll(self) -> Over<'a> {
        // SAFETY: it left the line and has its turn, which is used up by this. Who is done in line was cancelled, by
        // its number, and is not bare; or all are ended, and there are no turns (`Turns`).
        let polled = unsafe { (self.task.page().poll)(self.task) };
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
    /// It waits to be woken, stands in line again, or is over and done with.
    Nothing,
    /// Its end is to come: with its future ready, or without.
    End(Ended<'a>, bool),
    /// There was no poll: it had been cancelled.
    Missed,
    /// There was no poll: the line is at its end.
    LineEnd,
}

impl<'a> Over<'a> {
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
        if matches!(self.polled, ENDED | MISSED | LINE_END) {
            return None;
        }
        // SAFETY: the body is there until its end, and not polled now.
        unsafe { (self.task.page().kind.observe)(self.task) }
    }

    /// Goes on to what comes next.
    #[inline]
    pub(in crate::executor) fn settle(self) -> Next<'a> {
        match self.polled {
            WOKEN => {
                // SAFETY: it was woken during its poll, which sets `QUEUED` and puts it in no line.
                unsafe { self.tasks.push(self.task) };
                Next::Nothing
            }
            IDLE => Next::Nothing,
            ENDED => {
                self.tasks.count_end();
                Next::Nothing
            }
            MISSED => {
                // SAFETY: it is done, and left the line for this turn.
                unsafe { self.tasks.let_go_late(self.task) };
                Next::Missed
            }
            LINE_END => Next::LineEnd,
            // Of those that are pending one that was cancelled is left, woken or not.
            READY => Next::End(self.end(), true),
            _ => Next::End(self.end(), false),
        }
    }

    #[cold]
    #[inline(never)]
    fn end(self) -> Ended<'a> {
        // SAFETY: the body is there, and `DONE` is not set: who is polled is only marked by a cancel. One that was counts
        // as polled until it is ended, lest it be taken for one in line.
        unsafe {
            self.task.header().state.set(RUNNING);
            Ended::new(self.task, self.tasks)
        }
    }
}
