//! Polls that keep the thread: while they compute, no other task is polled.

use super::{Cause, Detector, Finding, Moment};
use crate::trace::event::Event;
use crate::trace::ids::{SiteId, TaskId};

/// A poll that computes this long blocks, if another task waits for the thread, in ms.
const LONG: f64 = 10.0;

#[derive(Debug, Default)]
pub(super) struct Blocking {
    /// What this poll has computed, and where most of it.
    total: u64,
    longest: (u64, SiteId),
    /// The finding of this poll, by its place among the findings, and of each line; of each task, where no line is known.
    now: Option<usize>,
    found: Vec<(TaskId, SiteId, usize)>,
}

impl Detector for Blocking {
    fn look(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        let (task, by, site) = match now.event {
            Event::PollStarted { .. } => {
                (self.total, self.longest, self.now) = (0, (0, SiteId::NONE), None);
                return;
            }
            Event::ClockAdvanced { task, by, site } if task.is_some() => (task, by, site),
            _ => return,
        };
        self.total += by;
        if by > self.longest.0 {
            self.longest = (by, site);
        }
        let took = now.trace.unit.to_ms(self.total);
        if took < LONG {
            return;
        }
        // Tasks in the ready queue, and tasks whose timers came due meanwhile.
        let is_another = |of: TaskId| of.is_some() && of != task;
        let due = now.state.timers.iter().take_while(|(deadline, ..)| *deadline <= now.state.time);
        let due = due.filter(|&&(_, _, of)| is_another(of));
        let queued = now.state.ready().len();
        let others = queued + due.clone().count();
        if others == 0 {
            return;
        }
        let latest = due.map(|(deadline, ..)| now.state.time - deadline).max().unwrap_or_default();
        let late = if queued > 0 { took } else { now.trace.unit.to_ms(latest) };
        let cause = Cause::Blocked { task: task.0, ms: took, others: others as u32, late };
        let (_, at) = self.longest;
        let is_same = |&&(of, line, _): &&(TaskId, SiteId, usize)| line == at && (line.is_some() || of == task);
        let known = self.now.or_else(|| self.found.iter().find(is_same).map(|&(.., place)| place));
        let place = known.unwrap_or_else(|| {
            self.found.push((task, at, found.len()));
            found.push(now.finding_at(at, &[], cause.clone()));
            found.len() - 1
        });
        self.now = Some(place);
        // The finding is known from the first time on, and says the worst of that task.
        if let Cause::Blocked { task: of, ms, late: before, .. } = found[place].cause
            && of == task.0
            && (before, ms) < (late, took)
        {
            found[place].cause = cause;
        }
    }
}
