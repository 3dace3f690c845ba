//! The index of an outline: which events are of which task and of which waker, in their order. It follows a trace that grows.

use super::{OutlineBy, PollOutcome};
use crate::trace::event::{WakeEffect, WakeSource};
use crate::trace::ids::{SourceId, TaskId};
use crate::trace::{Event, Kind, Trace};
use std::ops::Range;

/// Who wakes, as an outline groups it: timers and promises are many, and each wakes once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waker {
    Timers,
    Task(TaskId),
    Promises,
    Source(SourceId),
    Outside,
}

impl From<WakeSource> for Waker {
    fn from(source: WakeSource) -> Self {
        match source {
            WakeSource::Timer(_) => Waker::Timers,
            WakeSource::Task(task) => Waker::Task(task),
            WakeSource::Promise(_) => Waker::Promises,
            WakeSource::Source(source) => Waker::Source(source),
            WakeSource::Outside => Waker::Outside,
        }
    }
}

/// An item, by what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Run(OutlineBy),
    /// A task; none for what is of no task.
    Task(TaskId),
    /// A stretch of a task's events, by its place among them: what is before the first poll, if anything is, then each poll.
    Poll(TaskId, usize),
    Waker(Waker),
    /// A wake, by its event.
    Wake(usize),
    Event(usize),
}

/// The events of one task, in their order.
#[derive(Clone, Debug, Default)]
struct Lane {
    events: Vec<u32>,
    /// The places among them at which polls and calls begin.
    polls: Vec<u32>,
}

/// The wakes of one waker, in their order.
#[derive(Clone, Debug)]
struct Wakes {
    by: Waker,
    events: Vec<u32>,
}

/// How many of some events were seen.
fn seen_of(events: &[u32], seen: usize) -> usize {
    events.partition_point(|&event| (event as usize) < seen)
}

/// Whose lane an event is on: one of a task that the trace does not know is nobody's.
fn owner(trace: &Trace, event: usize) -> TaskId {
    let task = trace.columns.task(event);
    if task.index() <= trace.tasks.len() { task } else { TaskId::NONE }
}

impl Lane {
    fn place(&self, event: usize) -> usize {
        seen_of(&self.events, event)
    }

    /// Whether anything happens before the first poll.
    fn has_before(&self) -> bool {
        self.polls.first() != Some(&0)
    }

    fn stretch(&self, nth: usize) -> Range<usize> {
        let begin = |poll: usize| self.polls.get(poll).map_or(self.events.len(), |&at| at as usize);
        match nth.checked_sub(usize::from(self.has_before())) {
            Some(poll) => begin(poll)..begin(poll + 1),
            None => 0..begin(0),
        }
    }

    fn stretches(&self, seen: usize) -> usize {
        if seen_of(&self.events, seen) == 0 {
            return 0;
        }
        let begun = self.polls.partition_point(|&at| (self.events[at as usize] as usize) < seen);
        usize::from(self.has_before()) + begun
    }

    /// What of a range of places was seen.
    fn clip(&self, range: Range<usize>, seen: usize) -> Range<usize> {
        let end = range.end.min(seen_of(&self.events, seen));
        range.start.min(end)..end
    }
}

/// Which events are of which task, and of which waker.
#[derive(Clone, Debug, Default)]
pub struct Index {
    len: usize,
    /// By the number of the task; 0 is nobody's.
    lanes: Vec<Lane>,
    /// In the order of their first wakes.
    wakers: Vec<Wakes>,
    /// Where a task stands among the wakers, from 1, by its number: there are as many as tasks.
    waking_tasks: Vec<u32>,
}

impl Index {
    /// Takes note of all events that came since it did so last.
    pub fn follow(&mut self, trace: &Trace) {
        self.lanes.resize_with(self.lanes.len().max(trace.tasks.len() + 1), Lane::default);
        self.waking_tasks.resize(self.lanes.len(), 0);
        for event in self.len..trace.len() {
            let kind = trace.columns.kind(event);
            let lane = &mut self.lanes[owner(trace, event).index()];
            if matches!(kind, Kind::PollStarted | Kind::CallStarted) {
                lane.polls.push(lane.events.len() as u32);
            }
            lane.events.push(event as u32);
            if let Event::Woken { by, .. } = trace.event(event) {
                self.wakes_of(by.into()).push(event as u32);
            }
        }
        self.len = trace.len();
    }

    fn wakes_of(&mut self, by: Waker) -> &mut Vec<u32> {
        let nth = match self.nth_waker(by) {
            Some(nth) => nth,
            None => {
                self.wakers.push(Wakes { by, events: Vec::new() });
                if let Waker::Task(task) = by
                    && let Some(nth) = self.waking_tasks.get_mut(task.index())
                {
                    *nth = self.wakers.len() as u32;
                }
                self.wakers.len() - 1
            }
        };
        &mut self.wakers[nth].events
    }

    fn nth_waker(&self, by: Waker) -> Option<usize> {
        match by {
            Waker::Task(task) if task.index() < self.waking_tasks.len() => {
                (self.waking_tasks[task.index()] as usize).checked_sub(1)
            }
            // Of things that wake there are few.
            Waker::Task(_) | Waker::Timers | Waker::Promises | Waker::Source(_) | Waker::Outside => {
                self.wakers.iter().position(|wakes| wakes.by == by)
            }
        }
    }

    fn lane(&self, task: TaskId) -> Option<&Lane> {
        self.lanes.get(task.index())
    }

    /// The tasks of which anything was seen; nobody last.
    fn tasks(&self, seen: usize) -> impl Iterator<Item = TaskId> {
        let begun = move |lane: &Lane| lane.events.first().is_some_and(|&first| (first as usize) < seen);
        let all = (1..self.lanes.len()).chain(0..1);
        all.filter(move |&task| self.lanes.get(task).is_some_and(begun)).map(|task| TaskId(task as u32))
    }

    fn wakes(&self, by: Waker) -> &[u32] {
        self.nth_waker(by).and_then(|nth| self.wakers.get(nth)).map_or(&[], |wakes| &wakes.events)
    }

    /// The wakers that had woken when so much was seen: those that wake first come first.
    fn woken(&self, seen: usize) -> usize {
        self.wakers.partition_point(|wakes| (wakes.events[0] as usize) < seen)
    }

    /// What comes of a wake: the places of what its task does then, to the end of the poll that the wake led to.
    fn after_wake(&self, trace: &Trace, wake: usize) -> Option<(TaskId, Range<usize>)> {
        let Event::Woken { task, effect, .. } = trace.event(wake) else { return None };
        let lane = self.lane(task)?;
        let after = lane.place(wake) + 1;
        let next = lane.polls.partition_point(|&at| (at as usize) < after);
        let begin = |poll: usize| lane.polls.get(poll).map_or(lane.events.len(), |&at| at as usize);
        let is_end = |event: u32| matches!(trace.columns.kind(event as usize), Kind::PollEnded | Kind::CallEnded);
        let over = |mut places: Range<usize>| {
            let end = places.end;
            places.find(|&at| is_end(lane.events[at])).map_or(end, |at| at + 1)
        };
        let from = match effect {
            WakeEffect::Queued => after,
            // The rest of that poll came of what led to it.
            WakeEffect::DuringPoll => over(after..begin(next)),
            WakeEffect::Coalesced | WakeEffect::AfterDone => return Some((task, after..after)),
        };
        let over = over(begin(next)..begin(next + 1));
        Some((task, from..over))
    }

    /// The event with which an item begins.
    pub(super) fn first(&self, trace: &Trace, place: Place) -> Option<usize> {
        let first = match place {
            Place::Run(_) => return None,
            Place::Task(task) => *self.lane(task)?.events.first()?,
            Place::Poll(task, nth) => *self.lane(task)?.events.get(self.lane(task)?.stretch(nth).start)?,
            Place::Waker(waker) => *self.wakes(waker).first()?,
            Place::Wake(event) | Place::Event(event) => event as u32,
        };
        Some(first as usize).filter(|&first| first < trace.len())
    }

    /// How many items an item has.
    pub(super) fn size(&self, trace: &Trace, place: Place, seen: usize) -> usize {
        match place {
            Place::Run(OutlineBy::Task) => self.tasks(seen).count(),
            Place::Run(OutlineBy::Waker) => self.woken(seen),
            Place::Task(task) if task.is_some() => self.lane(task).map_or(0, |lane| lane.stretches(seen)),
            Place::Task(task) => self.lane(task).map_or(0, |lane| seen_of(&lane.events, seen)),
            Place::Poll(task, nth) => self.lane(task).map_or(0, |lane| lane.clip(lane.stretch(nth), seen).len()),
            Place::Waker(waker) => seen_of(self.wakes(waker), seen),
            Place::Wake(event) => {
                let after = self.after_wake(trace, event);
                after.and_then(|(task, places)| Some(self.lane(task)?.clip(places, seen).len())).unwrap_or(0)
            }
            Place::Event(_) => 0,
        }
    }

    /// An item of an item, by its place among those that were seen.
    pub(super) fn child(&self, trace: &Trace, place: Place, nth: usize, seen: usize) -> Option<Place> {
        if nth >= self.size(trace, place, seen) {
            return None;
        }
        let event = |task, at: usize| Some(Place::Event(*self.lane(task)?.events.get(at)? as usize));
        match place {
            Place::Run(OutlineBy::Task) => self.tasks(seen).nth(nth).map(Place::Task),
            Place::Run(OutlineBy::Waker) => Some(Place::Waker(self.wakers.get(nth)?.by)),
            Place::Task(task) if task.is_some() => Some(Place::Poll(task, nth)),
            Place::Task(task) => event(task, nth),
            Place::Poll(task, stretch) => event(task, self.lane(task)?.stretch(stretch).start + nth),
            Place::Waker(waker) => Some(Place::Wake(*self.wakes(waker).get(nth)? as usize)),
            Place::Wake(wake) => {
                let (task, places) = self.after_wake(trace, wake)?;
                event(task, places.start + nth)
            }
            Place::Event(_) => None,
        }
    }

    /// The item at a path.
    pub(super) fn at(&self, trace: &Trace, by: OutlineBy, path: &[u32], seen: usize) -> Option<Place> {
        path.iter().try_fold(Place::Run(by), |place, &nth| self.child(trace, place, nth as usize, seen))
    }

    /// Of a poll: which it is, whether a callback was called, and how it ended, as far as it was seen.
    pub(super) fn poll(&self, trace: &Trace, place: Place, seen: usize) -> Option<(u32, bool, Option<PollOutcome>)> {
        let Place::Poll(task, nth) = place else { return None };
        let lane = self.lane(task)?;
        let places = lane.clip(lane.stretch(nth), seen);
        let mut events = lane.events[places].iter().map(|&event| trace.event(event as usize));
        let (nth, is_call) = match events.next() {
            Some(Event::PollStarted { nth, .. }) => (nth, false),
            Some(Event::CallStarted { nth, .. }) => (nth, true),
            Some(_) | None => return None,
        };
        let outcome = events.find_map(|event| {
            if let Event::PollEnded { outcome, .. } = event {
                Some(outcome.into())
            } else {
                matches!(event, Event::CallEnded { .. }).then_some(PollOutcome::Returned)
            }
        });
        Some((nth, is_call, outcome))
    }

    /// The path to an event that was seen, as far down as an item has it.
    pub(super) fn path(&self, trace: &Trace, by: OutlineBy, event: usize, seen: usize) -> Vec<u32> {
        let path = match by {
            OutlineBy::Task => self.path_by_task(trace, event, seen),
            OutlineBy::Waker => self.path_by_waker(trace, event),
        };
        path.unwrap_or_default().into_iter().map(|nth| nth as u32).collect()
    }

    fn path_by_task(&self, trace: &Trace, event: usize, seen: usize) -> Option<Vec<usize>> {
        let task = owner(trace, event);
        let nth = self.tasks(seen).position(|other| other == task)?;
        let lane = self.lane(task)?;
        let place = lane.place(event);
        if !task.is_some() {
            return Some(vec![nth, place]);
        }
        let polls = lane.polls.partition_point(|&at| at as usize <= place);
        let stretch = (usize::from(lane.has_before()) + polls).checked_sub(1)?;
        Some(vec![nth, stretch, place - lane.stretch(stretch).start])
    }

    fn path_by_waker(&self, trace: &Trace, event: usize) -> Option<Vec<usize>> {
        let woken = |wake: usize| {
            let Event::Woken { by, .. } = trace.event(wake) else { return None };
            let waker = self.nth_waker(by.into())?;
            Some(vec![waker, seen_of(&self.wakers[waker].events, wake)])
        };
        if trace.columns.kind(event) == Kind::Woken {
            return woken(event);
        }
        let lane = self.lane(owner(trace, event))?;
        let place = lane.place(event);
        let counts = |wake: usize| {
            let Event::Woken { effect, .. } = trace.event(wake) else { return false };
            matches!(effect, WakeEffect::Queued | WakeEffect::DuringPoll)
        };
        let wakes = lane.events[..place].iter().rev().map(|&wake| wake as usize).filter(|&wake| counts(wake));
        // In a poll that it came of, a task may have woken itself.
        let led = wakes.take(3).find_map(|wake| {
            let (_, places) = self.after_wake(trace, wake)?;
            places.contains(&place).then_some((wake, places))
        });
        if let Some((wake, places)) = led {
            let mut path = woken(wake)?;
            path.push(place - places.start);
            return Some(path);
        }
        // It came of no wake: the last one before it.
        let before = |wakes: &Wakes| wakes.events[..seen_of(&wakes.events, event)].last().copied();
        woken(self.wakers.iter().filter_map(before).max()? as usize)
    }
}
