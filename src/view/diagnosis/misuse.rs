//! Futures that are polled after they were ready, and panics.

use super::{Cause, Detector, Finding, Moment};
use crate::trace::event::Event;
use crate::trace::ids::{FutureKindId, TaskId};
use crate::view::description::Place;

#[derive(Debug, Default)]
pub(super) struct Misuse {
    /// What was found: each once.
    again: Vec<(TaskId, FutureKindId)>,
}

impl Detector for Misuse {
    fn look(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        let (task, cause) = match now.event {
            Event::PolledAgain { task, future } if !self.again.contains(&(task, future)) => {
                self.again.push((task, future));
                let future = now.trace.future_name(future).to_owned();
                (task, Cause::PolledAfterReady { task: task.0, future })
            }
            Event::Panicked { task, message } => {
                (task, Cause::Panicked { task: task.0, message: now.trace.name(message).to_owned() })
            }
            _ => return,
        };
        let at = Place::of(now.trace, now.state.task(task).site);
        let finding = now.finding(&[], cause);
        found.push(match now.event {
            Event::Panicked { task, .. } => match now.refused(task) {
                Some((taken, asked)) => finding.at(Some(taken)).awaited(asked),
                // Where it panicked is not recorded: it came by this line last.
                None => finding.awaited(at),
            },
            _ => finding.at(at),
        });
    }
}
