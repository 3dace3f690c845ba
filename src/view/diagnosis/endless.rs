//! Runs that did not end by themselves, but with a budget, while time stood still.

use super::{Cause, Detector, Finding, MOST, Moment};
use crate::trace::event::{End, Event};
use crate::trace::ids::TaskId;
use crate::view::description::Place;

/// So many polls in one instant, of which one task has so many, are no progress.
const POLLS: u32 = 1000;
const OF_ONE: u32 = 100;

#[derive(Debug, Default)]
pub(super) struct Endless {
    /// Polls since the clock moved last, which was with this event.
    polls: Vec<(TaskId, u32)>,
    since: usize,
}

impl Detector for Endless {
    fn look(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        match now.event {
            Event::ClockAdvanced { .. } => {
                self.polls.clear();
                self.since = now.i;
            }
            Event::PollStarted { task, .. } => {
                let is_room = self.polls.len() < MOST;
                match self.polls.iter_mut().find(|(of, _)| *of == task) {
                    Some((_, polls)) => *polls += 1,
                    // Of very many, none is polled very often.
                    None if is_room => self.polls.push((task, 1)),
                    None => {}
                }
            }
            Event::Ended { end: End::Polls(_) | End::Events(_) | End::Memory(_) | End::Time(_) } => {
                self.time_stands_still(now, found);
            }
            _ => {}
        }
    }
}

impl Endless {
    fn time_stands_still(&self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        let polls: u32 = self.polls.iter().map(|(_, polls)| polls).sum();
        let Some(&(task, most)) = self.polls.iter().max_by_key(|&&(task, polls)| (polls, std::cmp::Reverse(task)))
        else {
            return;
        };
        // Where it is known already what is polled without end, that is said.
        let is_known = found.iter().any(|f| matches!(f.cause, Cause::BusyPolling { task: of, .. } if of == task.0));
        if polls < POLLS || most < OF_ONE || is_known {
            return;
        }
        let others = self.polls.iter().filter(|&&(of, polls)| of != task && polls >= OF_ONE).count() as u32;
        let time = now.trace.unit.to_ms(now.state.time);
        let cause = Cause::TimeStandsStill { task: task.0, others, polls, time };
        let at = Place::of(now.trace, now.state.task(task).site);
        found.push(now.finding(&[self.since], cause).at(at));
    }
}
