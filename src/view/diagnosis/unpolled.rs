//! Futures that are made and never polled: not one line of them runs.
//!
//! A future that loses a race before its first poll is healthy, and any code may race futures. So there is no finding of one
//! where another future was ready, in the poll in which it was made, that can have been the winner: one that was made
//! before it and first polled after it (a race polls in the order of its arguments), or any, if it is dropped in that poll.

use super::{Cause, Detector, Finding, Moment};
use crate::trace::event::{DropReason, Event, Outcome};
use crate::trace::ids::{FutureId, FutureKindId, SiteId, TaskId};
use crate::trace::{FutureRole, TaskKind};

/// A future that was made and not polled yet.
#[derive(Clone, Copy, Debug)]
struct Made {
    id: FutureId,
    kind: FutureKindId,
    site: SiteId,
    task: TaskId,
    /// The event, and the poll of its task.
    at: usize,
    poll: u32,
    /// Whether a future was ready since in that poll, and whether it was one made before this one and polled after.
    raced: bool,
    lost: bool,
}

#[derive(Debug, Default)]
pub(super) struct Unpolled {
    made: Vec<Made>,
    /// When each future was made that is being polled for the first time in this poll.
    polled: Vec<(FutureId, usize)>,
    /// The findings, by what they are of: one line makes one finding.
    found: Vec<(TaskId, FutureKindId, SiteId, usize)>,
}

impl Detector for Unpolled {
    fn look(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        match now.event {
            Event::Created { task, future: kind, site, id } => {
                let poll = now.state.task(task).polls;
                self.made.push(Made { id, kind, site, task, at: now.i, poll, raced: false, lost: false });
            }
            Event::PollStarted { .. } => self.polled.clear(),
            Event::Entered { task, future, id, .. } | Event::Begun { task, future, id, .. } => {
                if now.leaves.polled_again().is_none()
                    && let Some(made) = self.take(task, future, id)
                {
                    self.polled.push((id, made.at));
                }
            }
            Event::Exited { task, outcome: Outcome::Ready, .. } => {
                let Some(winner) = now.leaves.exited(Outcome::Ready) else { return };
                let poll = now.state.task(task).polls;
                let made_at = self.polled.iter().find(|(id, _)| *id == winner.id).map(|&(_, at)| at);
                for made in self.made.iter_mut().filter(|made| made.task == task && made.poll == poll) {
                    made.raced = true;
                    // One without a place in the order of making was there before this poll.
                    made.lost |= made_at.is_none_or(|at| at < made.at) && winner.entered > made.at;
                }
            }
            Event::Discarded { task, future, id, site } => {
                let made = self.take(task, future, id);
                let poll = now.state.task(task).polls;
                // One that goes with its task, which was cancelled, had no chance.
                let is_cancelled = made.is_some_and(|made| now.state.running != Some(made.task) && made.task.is_some());
                let is_loser =
                    made.is_some_and(|made| made.lost || made.raced && made.task == task && made.poll == poll);
                if !is_cancelled && !is_loser {
                    let at = made.map(|made| made.at);
                    self.find(now, found, task, future, site, at);
                }
            }
            // Those that say nothing when they are dropped are gone with their task.
            Event::PollEnded { task, outcome: Outcome::Ready, .. } => {
                let silent = |made: &mut Made| made.task == task && !made.id.is_some();
                for made in self.made.extract_if(.., silent).collect::<Vec<_>>() {
                    let role = now.trace.future_kind(made.kind).map(|kind| kind.role);
                    // A combinator's futures speak for it, and a value that is ready is none that is missed.
                    if role == Some(FutureRole::Yield) && !made.raced {
                        self.find(now, found, task, made.kind, made.site, Some(made.at));
                    }
                }
            }
            Event::Dropped { task, reason: DropReason::Cancelled } => {
                self.made.retain(|made| made.task != task || made.id.is_some());
                if now.state.task(task).polls == 0 && now.trace.task(task).is_some_and(|t| t.kind == TaskKind::Future) {
                    let name = now.trace.task_name(task).to_owned();
                    found.push(now.finding(&[], Cause::TaskNeverPolled { task: task.0, name }));
                }
            }
            _ => {}
        }
    }
}

impl Unpolled {
    /// Takes out a future that is polled or dropped. One without a number is the last of its kind that its task has made.
    fn take(&mut self, task: TaskId, kind: FutureKindId, id: FutureId) -> Option<Made> {
        let is_it = |made: &Made| if made.id.is_some() { made.id == id } else { made.kind == kind };
        let own = self.made.iter().rposition(|made| made.task == task && is_it(made));
        let at = own.or_else(|| self.made.iter().rposition(is_it))?;
        Some(self.made.remove(at))
    }

    fn find(
        &mut self,
        now: &Moment<'_>,
        found: &mut Vec<Finding>,
        task: TaskId,
        kind: FutureKindId,
        site: SiteId,
        made_at: Option<usize>,
    ) {
        let same = self.found.iter().find(|&&(t, k, s, _)| (t, k, s) == (task, kind, site));
        if let Some(&(.., at)) = same {
            if let Cause::NeverPolled { times, .. } = &mut found[at].cause {
                *times += 1;
            }
            return;
        }
        self.found.push((task, kind, site, found.len()));
        let proof: Vec<usize> = made_at.into_iter().collect();
        let future = now.trace.future_name(kind).to_owned();
        found.push(now.finding_at(site, &proof, Cause::NeverPolled { task: task.0, future, times: 1 }));
    }
}
