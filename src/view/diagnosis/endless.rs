//! Runs that did not end by themselves, but with a budget: time that stands still, and timeouts that begin anew.

use super::{Cause, Detector, Finding, MOST, Moment};
use crate::trace::FutureRole;
use crate::trace::event::{End, Event};
use crate::trace::ids::{SiteId, TaskId, TimerId};
use crate::view::description::Place;

/// So many polls in one instant, of which one task has so many, are no progress.
const POLLS: u32 = 1000;
const OF_ONE: u32 = 100;
/// So many timers that were made at one line, and none of which has fired.
const TIMERS: u32 = 16;

/// The timers of the futures that were made at a line.
#[derive(Clone, Copy, Debug)]
struct Timers {
    task: TaskId,
    made: SiteId,
    awaited: SiteId,
    cancelled: u32,
    fired: u32,
    /// When the first was set, and how long it takes.
    first: usize,
    takes: u32,
}

#[derive(Debug, Default)]
pub(super) struct Endless {
    /// Polls since the clock moved last, which was with this event.
    polls: Vec<(TaskId, u32)>,
    since: usize,
    timers: Vec<Timers>,
    /// By timer: which of these it is of, from 1; 0 for none.
    of_timer: Vec<u8>,
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
            Event::TimerSet { timer, task, after } if task.is_some() => self.set(now, timer, task, after),
            Event::TimerFired { timer, .. } => {
                if let Some(timers) = self.over(timer) {
                    timers.fired += 1;
                }
            }
            Event::TimerCancelled { timer, .. } => {
                if let Some(timers) = self.over(timer) {
                    timers.cancelled += 1;
                }
            }
            Event::Ended { end: End::Polls(_) | End::Events(_) | End::Memory(_) | End::Time(_) } => {
                self.time_stands_still(now, found);
                self.begun_anew(now, found);
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

    fn begun_anew(&self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        for timers in self.timers.iter().filter(|timers| timers.cancelled >= TIMERS && timers.fired == 0) {
            let takes = u64::from(timers.takes) * now.trace.unit.per_ms();
            if now.state.time - now.trace.time(timers.first) < takes {
                continue;
            }
            let cause = Cause::TimeoutBeginsAnew { task: timers.task.0, times: timers.cancelled, ms: timers.takes };
            let at = if timers.made.is_some() { timers.made } else { timers.awaited };
            let finding = now.finding_at(at, &[timers.first], cause);
            found.push(finding.awaited(Place::of(now.trace, timers.awaited)));
        }
    }

    fn set(&mut self, now: &Moment<'_>, timer: TimerId, task: TaskId, takes: u32) {
        let Some(leaf) = now.leaves.innermost(task).filter(|leaf| leaf.role == FutureRole::Timer) else { return };
        let (made, awaited) = (leaf.made, leaf.site);
        let same = self.timers.iter().position(|t| (t.task, t.made, t.awaited) == (task, made, awaited));
        // Where there are very many lines of timers, the first ones are looked at.
        let Some(at) = same.or((self.timers.len() < MOST).then_some(self.timers.len())) else { return };
        if same.is_none() {
            self.timers.push(Timers { task, made, awaited, cancelled: 0, fired: 0, first: now.i, takes });
        }
        self.of_timer.resize(self.of_timer.len().max(timer.0 as usize + 1), 0);
        self.of_timer[timer.0 as usize] = at as u8 + 1;
    }

    /// The line that a timer is of, which is over.
    fn over(&mut self, timer: TimerId) -> Option<&mut Timers> {
        let at = *self.of_timer.get(timer.0 as usize)?;
        self.timers.get_mut(usize::from(at).checked_sub(1)?)
    }
}
