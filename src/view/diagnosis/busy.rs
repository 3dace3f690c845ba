//! Too many wakes: tasks that look again and again for what has not come, and wakes that find their task awake.
//!
//! A task that gives way between pieces of its work is healthy, and a trace does not see work. So it is not giving way that is
//! busy polling, but to be polled for the same thing in a row: one future that wakes its own task and is pending again, or a
//! look at one source, with nothing there, before each time of giving way.

use super::{Cause, Detector, Finding, Moment};
use crate::trace::FutureRole;
use crate::trace::event::{Event, Outcome, WakeEffect, WakeSource};
use crate::trace::ids::{FutureId, SiteId, SourceId, TaskId};
use crate::view::description::{Holder, Place};

/// So many polls in a row, each woken by the one before, are busy polling.
const POLLS: u32 = 16;
/// So many wakes of one source between two polls, of which one would have done, are a storm.
const COALESCED: u32 = 8;

/// What a task is polled for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    Future(FutureId),
    Source(SourceId),
}

/// What is known of one task.
#[derive(Clone, Debug, Default)]
struct Watched {
    /// Polls in a row for the same thing that woke their own task, and since which event.
    polls: u32,
    since: usize,
    polled_for: Option<For>,
    /// Of this poll: what it woke itself for; what it looked at, and where; whether it worked.
    now_for: Option<For>,
    found_empty: Option<SourceId>,
    woke_itself: bool,
    worked: bool,
    /// The future that is to blame, where it is polled from and which line of it asks.
    future: String,
    lines: (SiteId, SiteId),
    asked: SiteId,
    /// Wakes since the last poll that came to nothing, by their source.
    coalesced: Vec<(WakeSource, u32)>,
    /// Whether each of the two findings was made.
    found: [bool; 2],
}

#[derive(Debug, Default)]
pub(super) struct Busy {
    tasks: Vec<Watched>,
}

impl Detector for Busy {
    fn look(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        match now.event {
            Event::PollStarted { task, .. } => {
                let watched = self.of(task);
                (watched.now_for, watched.found_empty) = (None, None);
                (watched.woke_itself, watched.worked) = (false, false);
                watched.coalesced.clear();
            }
            Event::Asked { task, site } => self.of(task).asked = site,
            Event::FoundEmpty { task, at } => {
                // A future's own look is the future's affair: it may leave a waker.
                let is_future_s = now
                    .leaves
                    .innermost(task)
                    .is_some_and(|leaf| !matches!(leaf.role, FutureRole::Race | FutureRole::Select | FutureRole::Join));
                if !is_future_s {
                    let watched = self.of(task);
                    watched.found_empty = Some(at);
                    watched.lines = (watched.asked, SiteId::NONE);
                }
            }
            Event::ClockAdvanced { task, .. } if task.is_some() => self.of(task).worked = true,
            Event::Woken { task, by: WakeSource::Task(by), effect: WakeEffect::DuringPoll } if by == task => {
                let watched = self.of(task);
                watched.woke_itself = true;
                let own = now.leaves.innermost(task).filter(|leaf| {
                    let is_own = matches!(leaf.role, FutureRole::Watched | FutureRole::Leaf);
                    is_own && (leaf.found_empty || !watched.worked)
                });
                if let Some(leaf) = own {
                    watched.now_for = Some(For::Future(leaf.id));
                    watched.future = now.future(leaf);
                    watched.lines = (leaf.cause(), leaf.site);
                } else if let Some(source) = watched.found_empty {
                    watched.now_for = Some(For::Source(source));
                }
            }
            Event::Woken { task, by, effect: WakeEffect::Coalesced } => {
                let watched = self.of(task);
                let at = watched.coalesced.iter().position(|(source, _)| *source == by);
                let at = at.unwrap_or_else(|| {
                    watched.coalesced.push((by, 0));
                    watched.coalesced.len() - 1
                });
                watched.coalesced[at].1 += 1;
                if watched.coalesced[at].1 == COALESCED && !std::mem::replace(&mut watched.found[1], true) {
                    let by = Holder::of(now.trace, task, by);
                    found.push(now.finding(&[], Cause::WakeStorm { task: task.0, coalesced: COALESCED, by }));
                }
            }
            Event::PollEnded { task, outcome, .. } => {
                let watched = self.of(task);
                if outcome != Outcome::Pending || !watched.woke_itself || watched.now_for.is_none() {
                    watched.polls = 0;
                    return;
                }
                if watched.polls == 0 || watched.polled_for != watched.now_for {
                    (watched.polls, watched.since, watched.polled_for) = (0, now.i, watched.now_for);
                }
                watched.polls += 1;
                if watched.polls == POLLS && !std::mem::replace(&mut watched.found[0], true) {
                    let (asked, awaited) = watched.lines;
                    let cause =
                        Cause::BusyPolling { task: task.0, polls: POLLS, future: std::mem::take(&mut watched.future) };
                    let finding = now.finding_at(asked, &[watched.since], cause);
                    found.push(finding.awaited(Place::of(now.trace, awaited)));
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
            self.tasks.resize_with(at + 1, Watched::default);
        }
        &mut self.tasks[at]
    }
}
