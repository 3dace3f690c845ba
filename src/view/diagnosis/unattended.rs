//! Futures that are left alone: what they waited for has come, and their task was polled, but not they.
//!
//! That is no harm where nobody needs them any more, as a deadline of something that was in time. It is where they are
//! polled after all, late; and where others stand in line behind them (a futurelock).

use super::leaves::Leaf;
use super::{Cause, Detector, Finding, Moment};
use crate::sorting::insertion_sort;
use crate::trace::SourceKind;
use crate::trace::event::{Event, Outcome, WakeSource};
use crate::trace::ids::{FutureId, SiteId, TaskId};
use crate::view::description::{Holder, Place};

#[derive(Debug, Default)]
pub(super) struct Unattended {
    /// What was found: each future once.
    found: Vec<FutureId>,
}

impl Detector for Unattended {
    fn look(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        match now.event {
            Event::Entered { task, .. } => {
                let Some((leaf, came)) = now.leaves.polled_again().and_then(|leaf| Some((leaf, leaf.came?))) else {
                    return;
                };
                let late = now.trace.time(now.i).saturating_sub(came.time);
                let is_left_alone = came.passed || !came.woke;
                if !is_left_alone || late == 0 || self.found.contains(&leaf.id) {
                    return;
                }
                self.found.push(leaf.id);
                let cause = Cause::Unattended {
                    task: task.0,
                    future: now.future(leaf),
                    by: Holder::of(now.trace, task, came.by),
                    ms: now.trace.unit.to_ms(late),
                };
                // What the task did instead.
                let finding = now.finding_at(now.leaves.stood(task), &[leaf.entered, came.at], cause);
                found.push(finding.awaited(Place::of(now.trace, leaf.site)));
            }
            Event::PollEnded { task, outcome: Outcome::Pending, site } => {
                let left_alone = now.leaves.of(task).iter().filter(|leaf| !leaf.let_go);
                for leaf in left_alone.filter(|leaf| leaf.came.is_some_and(|came| came.passed)) {
                    self.locked_out(now, task, leaf, site, found);
                }
            }
            _ => {}
        }
    }
}

impl Unattended {
    /// The first in line of a free mutex is not polled, and others stand behind it.
    fn locked_out(&mut self, now: &Moment<'_>, task: TaskId, leaf: &Leaf, at: SiteId, found: &mut Vec<Finding>) {
        let Some(came) = leaf.came else { return };
        let WakeSource::Source(mutex) = came.by else { return };
        let is_mutex = now.trace.source(mutex).is_some_and(|source| source.kind == SourceKind::Mutex);
        let is_free = now.state.locked.iter().all(|lock| lock.mutex != mutex);
        if !is_mutex || !is_free || self.found.contains(&leaf.id) {
            return;
        }
        let mut behind: Vec<_> = now.leaves.all().filter(|(_, other)| other.left_with == Some(came.by)).collect();
        // A lock stands in line from its first poll on.
        insertion_sort(&mut behind, |(_, other)| other.begun);
        let Some((next, waiting)) = behind.first() else { return };
        self.found.push(leaf.id);
        let cause = Cause::Futurelock {
            task: task.0,
            future: now.future(leaf),
            on: Holder::of(now.trace, task, came.by),
            polled: now.trace.unit.to_ms(now.trace.time(leaf.entered)),
            behind: next.0,
            more: behind.len() as u32 - 1,
        };
        let made = if leaf.made.is_some() { leaf.made } else { leaf.site };
        let mut proof = [leaf.entered, waiting.begun, came.at];
        insertion_sort(&mut proof, |&event| event);
        let finding = now.finding_at(made, &proof, cause);
        found.push(finding.awaited(Place::of(now.trace, at)));
    }
}
