//! Futures that are polled after they were ready.

use super::{Cause, Detector, Finding, Moment};
use crate::trace::event::Event;
use crate::trace::ids::{FutureKindId, TaskId};

#[derive(Debug, Default)]
pub(super) struct Misuse {
    /// What was found: each once.
    again: Vec<(TaskId, FutureKindId)>,
}

impl Detector for Misuse {
    fn look(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        if let Event::PolledAgain { task, future } = now.event
            && !self.again.contains(&(task, future))
        {
            self.again.push((task, future));
            let future = now.trace.future_name(future).to_owned();
            found.push(now.finding(&[], Cause::PolledAfterReady { task: task.0, future }));
        }
    }
}
