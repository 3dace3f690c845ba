//! What can be said of a recording of another application (`crate::watch`): three things, each of which the recording proves by
//! itself. What its futures wait for, and who polls them, it does not say: so all the other detectors are silent.
//!
//! - A *panic* in a poll.
//! - A *slow poll*: it took long by the clock, and a task that had been woken by then was polled on the same thread after
//!   it. The clock does not tell computing from a thread that the system put aside; the finding's words say so.
//! - *No waker left*: at the end of the recording a task is pending, and every waker that it was ever lent was dropped. The
//!   recorder counts them all. A task that was polled without a wake before has somebody who polls it as he likes, and
//!   needs none.

use super::{Cause, Detector, Finding, Moment};
use crate::trace::event::{End, Event, Outcome, WakeEffect};
use crate::trace::ids::{SiteId, TaskId};
use crate::view::description::Place;
use crate::view::life::TaskState;
use std::collections::HashMap;

/// A poll that takes this long is slow, if another task is polled late for it, in ms: a user sees a frame late after less.
const LONG: f64 = 50.0;

/// A poll that has ended, or goes on.
#[derive(Clone, Copy, Debug)]
struct Poll {
    task: TaskId,
    /// Where the task stood before.
    site: SiteId,
    /// Event and time of its beginning, and of its end.
    begun: (usize, u64),
    ended: (usize, u64),
}

/// What is known of a task.
#[derive(Clone, Copy, Debug, Default)]
struct Task {
    /// Since when it is to be polled, if a wake said so.
    woken: Option<u64>,
    /// Whether it was spawned or woken since its last poll.
    is_due: bool,
    /// Whether it was polled without a wake.
    is_polled_freely: bool,
    /// The poll that goes on, and the thread on which it does, if that is known.
    poll: Option<(Poll, Option<TaskId>)>,
    /// The event of the end of its last poll.
    slept: usize,
    /// When its last waker was dropped, and in whose poll.
    gone: Option<(usize, TaskId)>,
    /// The place of its finding of a slow poll.
    slow: Option<usize>,
}

#[derive(Debug, Default)]
pub(super) struct Watched {
    tasks: Vec<Task>,
    /// The lane that was entered with the last call, and that event; whether there are lanes.
    entered: Option<(TaskId, usize)>,
    has_lanes: bool,
    /// The last slow poll of each thread.
    slow: HashMap<TaskId, Poll>,
}

impl Detector for Watched {
    fn look(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        match now.event {
            Event::CallStarted { task, .. } => (self.entered, self.has_lanes) = (Some((task, now.i)), true),
            Event::Spawned { task } => self.of(task).is_due = true,
            Event::Woken { task, effect: WakeEffect::Queued | WakeEffect::DuringPoll, .. } => {
                let time = now.state.time;
                let task = self.of(task);
                task.is_due = true;
                task.woken.get_or_insert(time);
            }
            Event::WakerCloned { task, .. } => self.of(task).gone = None,
            Event::WakerDropped { task, count: 0 } if now.state.task(task).state == TaskState::Pending => {
                // Of several threads, the state does not say which one is polling what.
                let by = now.state.running.filter(|_| !self.has_lanes).unwrap_or(TaskId::NONE);
                self.of(task).gone = Some((now.i, by));
            }
            Event::PollStarted { task, .. } => self.poll_started(now, task, found),
            Event::PollEnded { task, outcome, .. } => self.poll_ended(now, task, outcome),
            Event::Panicked { task, message } => {
                let message = now.trace.name(message).to_owned();
                let awaited = Place::of(now.trace, now.state.task(task).site);
                found.push(now.finding(&[], Cause::Panicked { task: task.0, message }).awaited(awaited));
            }
            // Of one that is cut off, not every clone of a waker was seen.
            Event::Ended { end: End::Stopped } => self.ended(now, found),
            _ => {}
        }
    }
}

impl Watched {
    fn of(&mut self, task: TaskId) -> &mut Task {
        let i = task.0 as usize;
        self.tasks.resize(self.tasks.len().max(i + 1), Task::default());
        &mut self.tasks[i]
    }

    /// The thread that begins a poll now: known where there is but one, and where the poll is the first thing in a call.
    fn thread(&self, now: &Moment<'_>) -> Option<TaskId> {
        let Some((lane, at)) = self.entered.filter(|_| self.has_lanes) else { return Some(TaskId::NONE) };
        // One that was not woken is enqueued in between.
        let is_next = (at + 1..now.i).all(|i| matches!(now.trace.event(i), Event::Enqueued { .. }));
        (is_next && now.i - at <= 2).then_some(lane)
    }

    fn poll_started(&mut self, now: &Moment<'_>, task: TaskId, found: &mut Vec<Finding>) {
        let thread = self.thread(now);
        let site = now.state.task(task).site;
        let time = now.state.time;
        let this = self.of(task);
        this.is_polled_freely |= !this.is_due;
        this.is_due = false;
        this.gone = None;
        let woken = this.woken.take();
        this.poll = Some((Poll { task, site, begun: (now.i, time), ended: (now.i, time) }, thread));
        let (Some(thread), Some(woken)) = (thread, woken) else { return };
        if let Some(&slow) = self.slow.get(&thread).filter(|slow| slow.task != task && woken < slow.ended.1) {
            self.late_for(now, slow, woken, found);
        }
    }

    /// A task that was woken before the end of a slow poll is polled after it.
    fn late_for(&mut self, now: &Moment<'_>, slow: Poll, woken: u64, found: &mut Vec<Finding>) {
        let ms = |from: u64, to: u64| now.trace.unit.to_ms(to.saturating_sub(from));
        let took = ms(slow.begun.1, slow.ended.1);
        let late = ms(woken.max(slow.begun.1), slow.ended.1);
        if late < LONG {
            return;
        }
        let proof = [slow.begun.0, slow.ended.0];
        let task = slow.task.0;
        let cause = |others, late| Cause::SlowPoll { task, ms: took, others, late };
        let Some(at) = self.of(slow.task).slow else {
            self.of(slow.task).slow = Some(found.len());
            let awaited = Place::of(now.trace, slow.site);
            return found.push(now.finding(&proof, cause(1, late)).awaited(awaited));
        };
        // Of each task, the worst: known from the first time on.
        let Cause::SlowPoll { ms: before, others, late: was, .. } = found[at].cause else { return };
        let is_same = found[at].events.first() == Some(&(slow.begun.0 as u32 + 1));
        if is_same {
            found[at].cause = cause(others + 1, was.max(late));
        } else if took > before {
            let Finding { events, awaited, .. } =
                now.finding(&proof, cause(1, late)).awaited(Place::of(now.trace, slow.site));
            found[at] = Finding { events, awaited, cause: cause(1, late), ..found[at].clone() };
        }
    }

    fn poll_ended(&mut self, now: &Moment<'_>, task: TaskId, outcome: Outcome) {
        let time = now.state.time;
        let this = self.of(task);
        this.slept = now.i;
        if outcome != Outcome::Pending {
            this.woken = None;
        }
        let Some((poll, Some(thread))) = this.poll.take() else { return };
        if now.trace.unit.to_ms(time - poll.begun.1) >= LONG {
            self.slow.insert(thread, Poll { ended: (now.i, time), ..poll });
        }
    }

    fn ended(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        for (i, task) in self.tasks.iter().enumerate() {
            let id = TaskId(i as u32);
            let known = now.state.task(id);
            let is_asleep = known.state == TaskState::Pending && known.polls > 0 && known.wakers == 0;
            if !is_asleep || task.is_polled_freely || task.is_due {
                continue;
            }
            let (proof, other) = task.gone.map_or((task.slept, None), |(at, other)| (at, Some(other.0)));
            let cause =
                Cause::NoWakerLeft { task: id.0, was_dropped: other.is_some(), other: other.unwrap_or_default() };
            found.push(now.finding(&[task.slept, proof], cause).awaited(Place::of(now.trace, known.site)));
        }
    }
}
