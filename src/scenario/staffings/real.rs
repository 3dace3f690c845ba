//! The staffing that is no model: real tasks, one each, in the order of arrival.

use super::passing::Passing;
use super::staffing::{Staffing, What};
use crate::trace::ids::TaskId;
use crate::trace::{Event, Trace};

/// The real tasks, event by event.
#[derive(Default)]
pub(super) struct Futures {
    /// Since when each task waits, and until when for something else than its turn.
    waits: Vec<Option<(u64, u64)>>,
    alive: u32,
    most: u32,
}

impl Futures {
    pub(super) fn step(&mut self, trace: &Trace, s: &mut Staffing, at: (u64, usize), event: Event) {
        let now = at.0;
        match event {
            Event::Spawned { task } => {
                let came = s.came(task.0 - 1, now);
                self.waits.push(Some((came, came)));
                self.alive += 1;
                self.most = self.most.max(self.alive);
                s.alive.push((at.1, self.most));
            }
            Event::TimerSet { timer, task, .. } if task.is_some() => {
                self.waits[task.0 as usize - 1] = Some((now, trace.timers[timer.0 as usize - 1]));
            }
            Event::PollStarted { task, .. } => {
                s.taken.push(at.1);
                if let Some((from, until)) = self.waits[task.0 as usize - 1].take() {
                    s.span(true, task.0 - 1, from, until.min(now), What::Ringing);
                    s.span(true, task.0 - 1, until, now, What::Queueing);
                }
            }
            Event::ClockAdvanced { task, by, site } if task.is_some() => {
                let what = match Passing::at(trace, site) {
                    Passing::Computing => What::Speaking,
                    Passing::Blocked => What::Ringing,
                    Passing::Looking => What::Changing,
                };
                let from = now - u64::from(by);
                s.span(true, task.0 - 1, from, now, what);
                s.span(false, 0, from, now, what);
            }
            Event::PollEnded { task, .. } => {
                self.waits[task.0 as usize - 1].get_or_insert((now, now)).0 = now;
            }
            Event::Dropped { task: TaskId(task), .. } => {
                self.alive -= 1;
                let came = s.came(task - 1, now);
                s.serve(at, came);
            }
            _ => {}
        }
    }
}
