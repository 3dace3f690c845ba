//! Lost wakes: a task waits, and what should wake it has no waker of it, or has another task's, or had its wake taken out. And
//! what goes well by luck: a future that is polled again only because of another one, or that takes any poll for its event.

use super::leaves::Leaf;
use super::{Cause, Detector, Finding, Moment};
use crate::trace::event::{Event, Outcome, WakeSource};
use crate::trace::ids::{FutureId, SourceId, TaskId};
use crate::trace::{FutureRole, SourceKind};
use crate::view::description::{Holder, Place};
use crate::view::life::TaskState;

#[derive(Debug, Default)]
pub(super) struct Lost {
    /// The leaves of this poll that were pending and left no waker.
    forgetful: Vec<Leaf>,
    /// Where this poll looked last and found nothing.
    found_empty: Option<SourceId>,
    /// Whose wakers the sources have, since which event; of no task, where a waker wakes nobody.
    kept: Vec<(SourceId, TaskId, usize)>,
    /// The bells that have rung.
    rung: Vec<SourceId>,
    /// The event of the last wake that a person took out, and of which task.
    taken_out: Option<(usize, TaskId)>,
    /// What was found to go well by luck: each leaf once.
    by_luck: Vec<FutureId>,
    /// Who had the task polled that is polled now.
    woken_by: Option<WakeSource>,
    /// Who woke it since its last poll: the state says it until the poll begins.
    wakes: Vec<Option<WakeSource>>,
}

impl Detector for Lost {
    fn look(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        match now.event {
            Event::PollStarted { task, .. } => {
                self.forgetful.clear();
                self.found_empty = None;
                self.woken_by = self.wakes.get_mut(task.0 as usize).and_then(Option::take);
            }
            Event::Woken { task, by, .. } => {
                self.wakes.resize(self.wakes.len().max(task.0 as usize + 1), None);
                self.wakes[task.0 as usize].get_or_insert(by);
                if let WakeSource::Source(at) = by {
                    self.kept.retain(|&(source, ..)| source != at);
                }
            }
            Event::FoundEmpty { at, .. } => self.found_empty = Some(at),
            Event::Signalled { bell } => self.rung.push(bell),
            // A driver keeps the wakers of many.
            Event::WakerHeld { by: WakeSource::Source(at), .. } if is_driver(now, at) => {}
            Event::WakerHeld { task, by: WakeSource::Source(at) } => self.keep(at, task, now.i),
            Event::KeptForNobody { by: WakeSource::Source(at), .. } => self.keep(at, TaskId::NONE, now.i),
            Event::WakerReleased { by: WakeSource::Source(at), .. } => self.kept.retain(|&(source, ..)| source != at),
            Event::Entered { task, .. } => self.polled_by_luck(now, task, found),
            Event::Exited { outcome: Outcome::Pending, .. } => {
                if let Some(leaf) = now.leaves.exited(Outcome::Pending).filter(|leaf| leaf.forgot.is_some()) {
                    self.forgetful.push(leaf.clone());
                }
            }
            Event::Exited { task, outcome: Outcome::Ready, .. } => self.served_early(now, task, found),
            Event::PollEnded { task, outcome: Outcome::Pending, .. } => self.poll_ended(now, task, found),
            Event::WakerDropped { task, count: 0 } if now.state.task(task).state == TaskState::Pending => {
                // A wake that a person took out uses its waker up, too: there is a finding of that.
                let is_lost = self.taken_out == Some((now.i.wrapping_sub(1), task));
                if !is_lost {
                    let at = Place::of(now.trace, now.leaves.stood(task));
                    let other = now.state.running.map_or(0, |t| t.0);
                    found.push(now.finding(&[], Cause::WakerGone { task: task.0, other }).awaited(at));
                }
            }
            Event::WakeLost { task, by } => {
                self.taken_out = Some((now.i, task));
                let at = Place::of(now.trace, now.leaves.stood(task));
                let cause = Cause::WakeLost { task: task.0, by: Holder::of(now.trace, task, by) };
                found.push(now.finding(&[], cause).awaited(at));
            }
            _ => {}
        }
    }
}

fn is_driver(now: &Moment<'_>, source: SourceId) -> bool {
    now.trace.source(source).is_some_and(|source| source.kind == SourceKind::Driver)
}

impl Lost {
    fn keep(&mut self, at: SourceId, task: TaskId, i: usize) {
        self.kept.retain(|&(source, ..)| source != at);
        self.kept.push((at, task, i));
    }

    fn poll_ended(&mut self, now: &Moment<'_>, task: TaskId, found: &mut Vec<Finding>) {
        // A task that was woken during its poll is enqueued right after it.
        let asleep = now.state.task(task);
        if asleep.woken_by.is_some() || asleep.wakers > 0 || !asleep.holders.is_empty() {
            return;
        }
        let Some(leaf) = self.forgetful.last() else {
            let Event::PollEnded { site, .. } = now.event else { return };
            let at = Place::of(now.trace, site);
            let cause = Cause::NoWaker { task: task.0, future: String::new() };
            return found.push(now.finding(&[], cause).awaited(at));
        };
        let mut proof = vec![leaf.entered, leaf.forgot.unwrap_or_default()];
        let stale =
            self.found_empty.and_then(|at| self.kept.iter().find(|&&(source, of, _)| source == at && of != task));
        let cause = match stale {
            Some(&(on, kept, since)) => {
                proof.insert(0, since);
                let on = Holder::thing(now.trace, on);
                Cause::StaleWaker { task: task.0, future: now.future(leaf), on, kept: kept.0 }
            }
            None => Cause::NoWaker { task: task.0, future: now.future(leaf) },
        };
        found.push(now.finding_of(leaf, &proof, cause));
    }

    /// A leaf that left no waker is polled again: because something woke its task.
    fn polled_by_luck(&mut self, now: &Moment<'_>, task: TaskId, found: &mut Vec<Finding>) {
        let Some(leaf) = now.leaves.polled_again() else { return };
        let (Some(forgot), Some(by)) = (leaf.forgot, self.woken_by) else { return };
        // A future that is never ready leaves no waker with anybody.
        if leaf.role == FutureRole::Pending || self.by_luck.contains(&leaf.id) {
            return;
        }
        self.by_luck.push(leaf.id);
        let cause = Cause::PolledByLuck { task: task.0, future: now.future(leaf), by: Holder::of(now.trace, task, by) };
        found.push(now.finding_of(leaf, &[leaf.entered, forgot], cause));
    }

    /// A leaf is ready, though it did not look in this poll, and no bell has rung that it left a waker with: it takes the poll
    /// for the ring. Where it has cloned more wakers than it left with bells, it may have heard of something else.
    fn served_early(&mut self, now: &Moment<'_>, task: TaskId, found: &mut Vec<Finding>) {
        let Some(leaf) = now.leaves.exited(Outcome::Ready) else { return };
        let is_bell = |source: &&SourceId| now.trace.source(**source).is_some_and(|s| s.kind == SourceKind::Bell);
        let Some(&bell) = leaf.bells.iter().find(is_bell) else { return };
        let is_told = leaf.bells.iter().any(|bell| self.rung.contains(bell));
        if leaf.polls < 2
            || leaf.found_empty
            || leaf.has_inner
            || is_told
            || leaf.clones != leaf.kept
            || leaf.is_wrapped
        {
            return;
        }
        let cause = Cause::TookPollForEvent {
            task: task.0,
            future: now.future(leaf),
            on: Holder::thing(now.trace, bell),
            by: self.woken_by.map(|by| Holder::of(now.trace, task, by)),
        };
        let finding = now.finding(&[leaf.left_at, leaf.entered], cause);
        found.push(finding.at(Place::of(now.trace, leaf.looked_at)).awaited(Place::of(now.trace, leaf.site)));
    }
}
