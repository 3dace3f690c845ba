//! Lost wakes: a task waits, and what should wake it has no waker of it, or has another task's, or had its wake taken out.

use super::leaves::Leaf;
use super::{Cause, Detector, Finding, Moment};
use crate::trace::FutureRole;
use crate::trace::event::{Event, Outcome, WakeSource};
use crate::trace::ids::{SourceId, TaskId};
use crate::view::description::{Holder, Place};
use crate::view::life::TaskState;

#[derive(Debug, Default)]
pub(super) struct Lost {
    /// The leaves of this poll that were pending and left no waker, with the event in which they said so.
    forgetful: Vec<(Leaf, usize)>,
    /// The source that this poll found empty last.
    found_empty: Option<SourceId>,
    /// Whose wakers the sources have.
    kept: Vec<(SourceId, TaskId)>,
    /// The event of the last wake that a person took out, and of which task.
    taken_out: Option<(usize, TaskId)>,
    /// Masked wakes that were found: each leaf once.
    masked: Vec<crate::trace::ids::FutureId>,
}

impl Detector for Lost {
    fn look(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        match now.event {
            Event::PollStarted { .. } => {
                self.forgetful.clear();
                self.found_empty = None;
            }
            Event::FoundEmpty { at, .. } => self.found_empty = Some(at),
            Event::WakerHeld { task, by: WakeSource::Source(at) } => {
                self.kept.retain(|&(source, _)| source != at);
                self.kept.push((at, task));
            }
            Event::Woken { by: WakeSource::Source(at), .. }
            | Event::WakerReleased { by: WakeSource::Source(at), .. } => {
                self.kept.retain(|&(source, _)| source != at);
            }
            Event::Exited { outcome: Outcome::Pending, .. } => {
                if let Some(leaf) = now.leaves.exited().filter(|leaf| !leaf.left_a_waker()) {
                    self.forgetful.push((leaf.clone(), now.i));
                }
            }
            Event::PollEnded { task, outcome: Outcome::Pending, .. } => self.poll_ended(now, task, found),
            Event::WakerDropped { task, count: 0 } if now.state.task(task).state == TaskState::Pending => {
                // A wake that a person took out uses its waker up, too: there is a finding of that.
                let is_lost = self.taken_out == Some((now.i.wrapping_sub(1), task));
                if !is_lost {
                    let at = Place::of(now.trace, now.state.task(task).site);
                    let other = now.state.running.map_or(0, |t| t.0);
                    found.push(now.finding(&[], Cause::WakerGone { task: task.0, at, other }));
                }
            }
            Event::WakeLost { task, by } => {
                self.taken_out = Some((now.i, task));
                let cause = Cause::WakeLost { task: task.0, by: Holder::of(now.trace, task, by) };
                found.push(now.finding(&[], cause));
            }
            _ => {}
        }
    }
}

impl Lost {
    fn poll_ended(&mut self, now: &Moment<'_>, task: TaskId, found: &mut Vec<Finding>) {
        // A task that was woken during its poll is enqueued right after it.
        let is_woken = now.state.task(task).woken_by.is_some();
        let leaf = self.forgetful.last();
        let place = |leaf: Option<&(Leaf, usize)>| match leaf {
            Some((leaf, _)) => (now.trace.future_name(leaf.kind).to_owned(), Place::of(now.trace, leaf.site)),
            None => (String::new(), Place::of(now.trace, now.state.task(task).site)),
        };
        let proof =
            |leaf: Option<&(Leaf, usize)>| leaf.map_or(Vec::new(), |(leaf, exited)| vec![leaf.entered, *exited]);
        if !is_woken && now.state.task(task).wakers == 0 && now.state.task(task).holders.is_empty() {
            let (future, at) = place(leaf);
            let stale =
                self.found_empty.and_then(|at| self.kept.iter().find(|&&(source, of)| source == at && of != task));
            let cause = match stale {
                Some(&(on, kept)) => {
                    let on = Holder::thing(now.trace, on);
                    Cause::StaleWaker { task: task.0, future, at, on, kept: kept.0 }
                }
                None => Cause::NoWaker { task: task.0, future, at },
            };
            found.push(now.finding(&proof(leaf), cause));
            return;
        }
        for leaf in &self.forgetful {
            // A future that is never ready leaves no waker with anybody.
            let is_never_ready =
                now.trace.future_kind(leaf.0.kind).is_some_and(|kind| kind.role == FutureRole::Pending);
            if is_never_ready || is_woken || self.masked.contains(&leaf.0.id) {
                continue;
            }
            self.masked.push(leaf.0.id);
            let (future, at) = place(Some(leaf));
            found.push(now.finding(&proof(Some(leaf)), Cause::MaskedWake { task: task.0, future, at }));
        }
    }
}
