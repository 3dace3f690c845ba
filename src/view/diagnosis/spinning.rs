//! Polls that wait in a loop for a callback of the browser's: it cannot come before they return.

use super::{Cause, Detector, Finding, Moment};
use crate::trace::event::Event;

/// A poll that loops this long keeps what is due waiting, in ms.
const LONG: f64 = 10.0;

#[derive(Debug, Default)]
pub(super) struct Spinning {
    /// When this poll began, and its finding, by its place among the findings.
    begun: u64,
    now: Option<usize>,
}

impl Detector for Spinning {
    fn look(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        let (task, polls, site) = match now.event {
            Event::PollStarted { .. } => {
                (self.begun, self.now) = (now.state.time, None);
                return;
            }
            Event::Spun { task, polls, site } => (task, polls, site),
            _ => return,
        };
        let time = now.state.time;
        let ms = now.trace.unit.to_ms(time - self.begun);
        let due = now.state.browser.macrotasks.iter().map(|&(_, due)| due).filter(|&due| due <= time).min();
        let Some(due) = due.filter(|_| ms >= LONG) else { return };
        let cause = Cause::Spinning { task: task.0, polls, ms, late: now.trace.unit.to_ms(time - due) };
        // It is known from the first time on, and says how far the poll has come.
        match self.now {
            Some(place) => found[place].cause = cause,
            None => {
                self.now = Some(found.len());
                found.push(now.finding_at(site, &[], cause));
            }
        }
    }
}
