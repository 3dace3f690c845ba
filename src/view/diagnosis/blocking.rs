//! Polls that keep the thread: while they compute, no other task is polled.

use super::{Cause, Detector, Finding, Moment};
use crate::trace::event::Event;
use crate::trace::ids::TaskId;

/// A poll that computes this long in one go blocks, if another task waits for the thread, in ms.
const LONG: f64 = 10.0;

#[derive(Debug, Default)]
pub(super) struct Blocking {
    /// The finding of each task that blocked, by its place among the findings.
    found: Vec<(TaskId, usize)>,
}

impl Detector for Blocking {
    fn look(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        let Event::ClockAdvanced { task, by, .. } = now.event else { return };
        let took = by as f64;
        if !task.is_some() || took < LONG {
            return;
        }
        // Tasks in the ready queue, and tasks whose timers came due meanwhile.
        let due = now.state.timers.iter().take_while(|(deadline, ..)| *deadline <= now.state.time);
        let others = now.state.ready().len() + due.filter(|&&(_, _, of)| of != task).count();
        if others == 0 {
            return;
        }
        let cause = Cause::Blocked { task: task.0, ms: took, others: others as u32 };
        match self.found.iter().find(|(t, _)| *t == task) {
            None => {
                self.found.push((task, found.len()));
                found.push(now.finding(&[], cause));
            }
            // The finding is known from the first time on, and says the worst.
            Some(&(_, at)) => {
                if let Cause::Blocked { ms, .. } = found[at].cause
                    && ms < took
                {
                    found[at].cause = cause;
                }
            }
        }
    }
}
