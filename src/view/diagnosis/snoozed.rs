//! Futures that are not polled: dropped before their first poll, or left alone when what they waited for has come.

use super::super::description::{Holder, Place};
use super::{Cause, Detector, Finding, Moment};
use crate::trace::TaskKind;
use crate::trace::event::{DropReason, Event, Outcome};
use crate::trace::ids::FutureId;

#[derive(Default)]
pub(super) struct Snoozed {
    /// Whether a race ended in this poll: the loser may never have had its turn, as is its lot.
    raced: bool,
    /// What was found: each future once.
    snoozed: Vec<FutureId>,
}

impl Detector for Snoozed {
    fn look(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        match now.event {
            Event::PollStarted { .. } => self.raced = false,
            Event::Exited { future, outcome: Outcome::Ready, .. } => {
                self.raced |= matches!(now.trace.name(future), "Race" | "Select");
            }
            Event::DroppedUnpolled { task, future } if !self.raced => {
                let future = now.trace.name(future).to_owned();
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
                    let Some((by, came)) = leaf.came.filter(|_| !leaf.let_go && !self.snoozed.contains(&leaf.id))
                    else {
                        continue;
                    };
                    // As long as those around it are polled, it is theirs to say.
                    let is_kept =
                        leaf.around.iter().any(|f| now.leaves.of(task).iter().any(|l| l.id == *f && l.entered > came));
                    if leaf.entered > came || is_kept {
                        continue;
                    }
                    self.snoozed.push(leaf.id);
                    let cause = Cause::Snoozed {
                        task: task.0,
                        future: now.trace.name(leaf.name).to_owned(),
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
