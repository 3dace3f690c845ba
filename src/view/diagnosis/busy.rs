//! Too many wakes: tasks that wake themselves and get nowhere, and wakes that find their task awake.

use super::{Cause, Detector, Finding, Moment};
use crate::trace::event::{Event, Outcome, WakeEffect, WakeSource};
use crate::trace::ids::TaskId;

/// So many polls in a row, each woken by the one before, are busy polling.
const POLLS: u32 = 16;
/// So many wakes between two polls, of which one would have done, are a storm.
const COALESCED: u32 = 8;

/// What is known of one task.
#[derive(Clone, Copy, Debug, Default)]
struct Watched {
    /// Polls in a row that woke their own task, and did nothing that takes time, or only looked whether something came.
    idle_polls: u32,
    since: usize,
    /// Whether it woke itself in this poll.
    woke_itself: bool,
    /// Whether it worked in this poll.
    worked: bool,
    /// Whether a future looked for something in this poll, found nothing, and woke its task to look again.
    asks_again: bool,
    /// Wakes since the last poll that came to nothing.
    coalesced: u32,
    /// Whether each of the two findings was made.
    found: [bool; 2],
}

#[derive(Debug, Default)]
pub(super) struct Busy {
    tasks: Vec<Watched>,
    /// Of each future that is being polled, outermost first: whether it looked for something and found nothing.
    looked: Vec<bool>,
}

impl Detector for Busy {
    fn look(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        match now.event {
            Event::PollStarted { task, .. } => {
                let watched = self.of(task);
                (watched.woke_itself, watched.worked, watched.asks_again) = (false, false, false);
                watched.coalesced = 0;
                self.looked.clear();
            }
            Event::Entered { .. } => self.looked.push(false),
            Event::Exited { .. } => drop(self.looked.pop()),
            Event::FoundEmpty { .. } => {
                if let Some(looked) = self.looked.last_mut() {
                    *looked = true;
                }
            }
            Event::ClockAdvanced { task, .. } if task.is_some() => self.of(task).worked = true,
            Event::Woken { task, by: WakeSource::Task(by), effect: WakeEffect::DuringPoll } if by == task => {
                let looked = self.looked.last().is_some_and(|&looked| looked);
                let watched = self.of(task);
                watched.woke_itself = true;
                watched.asks_again |= looked;
            }
            Event::Woken { task, effect: WakeEffect::Coalesced, .. } => {
                let watched = self.of(task);
                watched.coalesced += 1;
                if watched.coalesced == COALESCED && !std::mem::replace(&mut watched.found[1], true) {
                    found.push(now.finding(&[], Cause::WakeStorm { task: task.0, coalesced: COALESCED }));
                }
            }
            Event::PollEnded { task, outcome, .. } => {
                let watched = self.of(task);
                let worked = watched.worked && !watched.asks_again;
                if outcome != Outcome::Pending || !watched.woke_itself || worked {
                    watched.idle_polls = 0;
                    return;
                }
                if watched.idle_polls == 0 {
                    watched.since = now.i;
                }
                watched.idle_polls += 1;
                let (polls, since) = (watched.idle_polls, watched.since);
                if polls == POLLS && !std::mem::replace(&mut watched.found[0], true) {
                    found.push(now.finding(&[since], Cause::BusyPolling { task: task.0, polls }));
                }
            }
            _ => {}
        }
    }
}

impl Busy {
    fn of(&mut self, task: TaskId) -> &mut Watched {
        let at = (task.0 as usize).saturating_sub(1);
        if self.tasks.len() <= at {
            self.tasks.resize(at + 1, Watched::default());
        }
        &mut self.tasks[at]
    }
}
