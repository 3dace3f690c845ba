//! Futures that are not polled: dropped before their first poll, or abandoned: what they waited for has come, and nobody polls them.

use super::{Cause, Detector, Finding, Moment};
use crate::trace::TaskKind;
use crate::trace::event::{DropReason, Event, Outcome};
use crate::trace::ids::FutureId;
use crate::view::description::{Holder, Place};

#[derive(Debug, Default)]
pub(super) struct Abandoned {
    /// Whether a race ended in this poll: its losers may be dropped without a poll.
    raced: bool,
    /// What was found: each future once.
    abandoned: Vec<FutureId>,
}

impl Detector for Abandoned {
    fn look(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        match now.event {
            Event::PollStarted { .. } => self.raced = false,
            Event::Exited { future, outcome: Outcome::Ready, .. } => {
                self.raced |= now.trace.future_kind(future).is_some_and(|kind| kind.role.is_race());
            }
            Event::DroppedUnpolled { task, future } if !self.raced => {
                let future = now.trace.future_name(future).to_owned();
                found.push(now.finding(&[], Cause::NeverPolled { task: task.0, future }));
            }
            // One that is dropped with its executor had no chance.
            Event::Dropped { task, reason: DropReason::Cancelled }
                if now.state.task(task).polls == 0
                    && now.trace.task(task).is_some_and(|t| t.kind == TaskKind::Future) =>
            {
                let name = now.trace.task_name(task).to_owned();
                found.push(now.finding(&[], Cause::TaskNeverPolled { task: task.0, name }));
            }
            Event::PollEnded { task, outcome: Outcome::Pending, .. } => {
                for leaf in now.leaves.of(task) {
                    let Some((by, came)) = leaf.came.filter(|_| !leaf.let_go && !self.abandoned.contains(&leaf.id))
                    else {
                        continue;
                    };
                    // As long as a future around it is polled, that one decides when to poll it.
                    let is_kept =
                        leaf.around.iter().any(|f| now.leaves.of(task).iter().any(|l| l.id == *f && l.entered > came));
                    if leaf.entered > came || is_kept {
                        continue;
                    }
                    self.abandoned.push(leaf.id);
                    let cause = Cause::Abandoned {
                        task: task.0,
                        future: now.trace.future_name(leaf.kind).to_owned(),
                        at: Place::of(now.trace, leaf.site),
                        by: Holder::of(now.trace, task, by),
                    };
                    found.push(now.finding(&[leaf.entered, came], cause));
                }
            }
            _ => {}
        }
    }
}
