//! Lives: of each task when it was spawned, polled and ended, as sums.
//!
//! Of each poll stands here where it begins, and how much polling and how much standing in the ready queue its task had
//! before. So what a lane shows in a pixel, of a window of any width, is the difference of two sums, found by searching: a
//! picture costs pixels times lanes, whatever lies beneath a pixel. Like the axis, sums keep widths and times apart, for
//! the scale changes while a run grows. Each poll takes 32 bytes: of a million events, which hold some 90,000 polls, about
//! 4 MiB.
//!
//! What a task is doing is not decided here: lives follow the states that the run's [`State`](crate::view::State) says.

use super::axis::Axis;
use super::walk::{Spot, width};
use crate::trace::Trace;
use crate::trace::ids::TaskId;
use crate::view::life::TaskState;

/// A distance on the axis: how much of it are columns, in parts of a unit, and how much is time that passes.
#[derive(Clone, Copy, Debug, Default)]
struct Length {
    time: u64,
    wide: u32,
}

impl Length {
    fn between(from: Spot, to: Spot) -> Length {
        Length { wide: to.wide.saturating_sub(from.wide), time: to.time.saturating_sub(from.time) }
    }

    fn plus(self, other: Length) -> Length {
        Length { wide: self.wide.saturating_add(other.wide), time: self.time.saturating_add(other.time) }
    }

    fn minus(self, other: Length) -> Length {
        Length { wide: self.wide.saturating_sub(other.wide), time: self.time.saturating_sub(other.time) }
    }

    fn on(self, axis: &Axis) -> f64 {
        width(self.wide) + axis.length(self.time)
    }
}

/// What a task had of polling, and of standing in the queue.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    polling: Length,
    queueing: Length,
}

/// A poll, or a call.
#[derive(Clone, Copy, Debug)]
struct Poll {
    event: u32,
    /// The width of the columns before it; its time stands in the trace.
    wide: u32,
    polling_wide: u32,
    queueing_wide: u32,
    polling_time: u64,
    queueing_time: u64,
}

impl Poll {
    fn new(event: usize, at: Spot, before: Sums) -> Poll {
        Poll {
            event: event as u32,
            wide: at.wide,
            polling_wide: before.polling.wide,
            queueing_wide: before.queueing.wide,
            polling_time: before.polling.time,
            queueing_time: before.queueing.time,
        }
    }

    /// What its task had before it; the queueing that led to it is part of that.
    fn before(&self) -> Sums {
        Sums {
            polling: Length { wide: self.polling_wide, time: self.polling_time },
            queueing: Length { wide: self.queueing_wide, time: self.queueing_time },
        }
    }

    fn spot(&self, trace: &Trace) -> Spot {
        Spot { wide: self.wide, time: trace.time(self.event as usize) }
    }
}

/// One task's life, as far as it was followed.
#[derive(Clone, Debug, Default)]
struct Life {
    spawned: Option<Spot>,
    /// Where it ended, and how.
    end: Option<(Spot, TaskState)>,
    /// What it is doing, and since when.
    now: Option<(TaskState, Spot)>,
    sums: Sums,
    polls: Vec<Poll>,
}

impl Life {
    /// The task has come to another state with an event.
    fn become_state(&mut self, event: usize, state: TaskState, at: Spot) {
        if let Some((before, since)) = self.now {
            let length = Length::between(since, at);
            match before {
                TaskState::Running => self.sums.polling = self.sums.polling.plus(length),
                TaskState::Ready => self.sums.queueing = self.sums.queueing.plus(length),
                TaskState::Spawned
                | TaskState::Pending
                | TaskState::Done
                | TaskState::Cancelled
                | TaskState::Panicked => {}
            }
        } else {
            self.spawned = Some(at);
        }
        self.now = Some((state, at));
        self.end = state.is_end().then_some((at, state));
        if state == TaskState::Running {
            self.polls.push(Poll::new(event, at, self.sums));
        }
    }

    /// How many of its polls begin before an event.
    fn polls_before(&self, event: usize) -> usize {
        self.polls.partition_point(|poll| (poll.event as usize) < event)
    }
}

/// What a lane shows in one pixel, as parts of the pixel's width.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Share {
    /// Polls.
    pub polling: f64,
    /// Whether a poll begins or goes on there, however short.
    pub polled: bool,
    /// Standing in the ready queue.
    pub queueing: f64,
    /// Waiting.
    pub waiting: f64,
}

/// An edge between two pixels: its position, and how many events stand at or before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) at: f64,
    pub(super) events: usize,
}

/// All lives of a run.
#[derive(Debug, Default)]
pub(super) struct Lives(Vec<Life>);

impl Lives {
    /// Makes room for the tasks of the trace: a lane keeps its place before its task is spawned.
    pub(super) fn make_room(&mut self, trace: &Trace) {
        if self.0.len() < trace.tasks.len() {
            self.0.resize_with(trace.tasks.len(), Life::default);
        }
    }

    /// Takes note that a task has come to another state with an event, which stands at `at`.
    pub(super) fn follow(&mut self, task: TaskId, event: usize, state: TaskState, at: Spot) {
        if let Some(life) = self.0.get_mut((task.0 as usize).wrapping_sub(1)) {
            life.become_state(event, state, at);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Bytes that they take.
    pub(super) fn memory(&self) -> usize {
        let polls: usize = self.0.iter().map(|life| life.polls.capacity()).sum();
        self.0.len() * size_of::<Life>() + polls * size_of::<Poll>()
    }

    /// Whether the task lives anywhere between two positions.
    pub(super) fn lives_within(&self, axis: &Axis, task: usize, from: f64, to: f64) -> bool {
        let ended = self.0[task].end.map_or(f64::INFINITY, |(spot, _)| axis.at(spot));
        self.is_spawned(axis, task, to) && ended >= from
    }

    /// Whether the task is there at a position.
    pub(super) fn is_spawned(&self, axis: &Axis, task: usize, at: f64) -> bool {
        self.0[task].spawned.is_some_and(|spot| axis.at(spot) <= at)
    }

    /// Where a life ended, and how, if it did so at or before `seen`.
    pub(super) fn end(&self, axis: &Axis, task: usize, seen: f64) -> Option<(f64, TaskState)> {
        let (spot, state) = self.0[task].end?;
        let at = axis.at(spot);
        (at <= seen).then_some((at, state))
    }

    /// The last poll of a task that begins among the first `events` of the run: its event.
    pub(super) fn poll_before(&self, task: TaskId, events: usize) -> Option<usize> {
        let life = self.0.get((task.0 as usize).checked_sub(1)?)?;
        let n = life.polls_before(events).checked_sub(1)?;
        Some(life.polls[n].event as usize)
    }

    /// What the lane of a task shows between each of `edges` and the next one, as parts of a pixel that is `wide`.
    pub(super) fn shares(
        &self,
        trace: &Trace,
        axis: &Axis,
        task: usize,
        edges: &[Edge],
        wide: f64,
        shares: &mut [Share],
    ) {
        let lane = LaneSums { trace, axis, life: &self.0[task] };
        let Some(first) = edges.first() else { return };
        let mut before = lane.until(0, first);
        for (share, edge) in shares.iter_mut().zip(&edges[1..]) {
            let after = lane.until(before.polls, edge);
            let part = |before: f64, after: f64| (after - before).max(0.0) / wide;
            let (polling, queueing) = (part(before.polling, after.polling), part(before.queueing, after.queueing));
            *share = Share {
                polling,
                polled: polling > 0.0 || after.polls > before.polls,
                queueing,
                waiting: (part(before.alive, after.alive) - polling - queueing).max(0.0),
            };
            before = after;
        }
    }
}

/// What a task had up to a position.
#[derive(Clone, Copy)]
struct Until {
    /// Polls that begin there or before.
    polls: usize,
    polling: f64,
    queueing: f64,
    alive: f64,
}

/// The sums of one lane, at any position.
struct LaneSums<'a> {
    trace: &'a Trace,
    axis: &'a Axis,
    life: &'a Life,
}

impl LaneSums<'_> {
    /// What the task had up to an edge, if at least `n` of its polls begin there or before.
    fn until(&self, n: usize, edge: &Edge) -> Until {
        let polls = &self.life.polls;
        let n = gallop(polls, n, edge.events);
        let (last, next) = (n.checked_sub(1).map(|n| &polls[n]), polls.get(n));
        let before = last.map_or(Sums::default(), Poll::before);
        let after = next.map_or(self.life.sums, Poll::before);
        let on = |length: Length| length.on(self.axis);
        let since = |spot: Spot| (edge.at - self.axis.at(spot)).max(0.0);
        let now = |state| self.life.now.filter(|now| now.0 == state && next.is_none()).map(|now| since(now.1));

        let mut polling = on(before.polling);
        if let Some(poll) = last {
            let long = match now(TaskState::Running) {
                Some(_) => f64::INFINITY,
                None => on(after.polling.minus(before.polling)),
            };
            polling += since(poll.spot(self.trace)).min(long);
        }
        // It stands in the queue right before its next poll, or before its end, or it does so still.
        let ahead = on(after.queueing.minus(before.queueing));
        let queue_end = next.map(|poll| poll.spot(self.trace)).or(self.life.end.map(|(spot, _)| spot));
        let left = queue_end.map_or(0.0, |spot| (self.axis.at(spot) - edge.at).max(0.0));
        let queueing = on(before.queueing) + (ahead - left).max(0.0) + now(TaskState::Ready).unwrap_or(0.0);

        let ended = self.life.end.map_or(f64::INFINITY, |(spot, _)| self.axis.at(spot));
        let spawned = self.life.spawned.map_or(f64::INFINITY, |spot| self.axis.at(spot));
        Until { polls: n, polling, queueing, alive: (edge.at.min(ended) - spawned).max(0.0) }
    }
}

/// How many polls begin before an event, if the first `n` do: in steps that double, and then between the last two.
fn gallop(polls: &[Poll], n: usize, event: usize) -> usize {
    let (mut low, mut step) = (n, 1);
    while low + step <= polls.len() && (polls[low + step - 1].event as usize) < event {
        low += step;
        step *= 2;
    }
    let high = (low + step).min(polls.len());
    low + polls[low..high].partition_point(|poll| (poll.event as usize) < event)
}
