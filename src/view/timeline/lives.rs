//! Lives: of each task when it was spawned, polled and ended, as sums.
//!
//! Of each poll stands here where it begins, and how much polling and how much standing in the ready queue its task had
//! before. So what a lane shows in a pixel, of a window of any width, is the difference of two sums, found by searching:
//! a picture costs pixels times lanes, whatever lies beneath a pixel. Sixteen bytes a poll and about forty a task: of a
//! million events at most 6 MiB, for a poll is three events at least.

use super::axis::{Axis, Walk};
use crate::trace::Kind;
use crate::trace::Trace;
use crate::trace::event::{DropReason, Event, Outcome};
use crate::trace::ids::TaskId;
use crate::view::fold::TaskState;

/// Positions are kept in parts of a unit.
const PARTS: f64 = 16.0;
const NEVER: u32 = u32::MAX;

const fn part(at: f64) -> u32 {
    (at * PARTS) as u32
}

/// A poll, or a call; the last one of a task is none, but its end.
#[derive(Clone, Copy, Debug, Default)]
struct Poll {
    event: u32,
    at: u32,
    /// Polling before it.
    polling: u32,
    /// Standing in the queue before it.
    queueing: u32,
}

/// One task's life.
#[derive(Clone, Copy, Debug)]
pub(super) struct Life {
    spawned: u32,
    ended: u32,
    /// Done, cancelled or panicked.
    pub(super) end: TaskState,
    /// Its polls: where they begin in the list of all, and how many were found so far.
    first: u32,
    polls: u32,
    /// Since when it stands in the queue, or is polled.
    queued: u32,
    running: u32,
    /// Whether the callback that runs has left another one with a timer.
    goes_on: bool,
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

/// All lives of a run.
#[derive(Debug, Default)]
pub(super) struct Lives {
    lives: Vec<Life>,
    polls: Vec<Poll>,
    walk: Walk,
    /// Events gone over.
    pub(super) indexed: usize,
}

impl Lives {
    /// Makes room: `polls` has the number of polls of each task.
    pub(super) fn new(polls: &[u32]) -> Self {
        let mut first = 0;
        let life = |&n: &u32| {
            let life = Life {
                spawned: NEVER,
                ended: NEVER,
                end: TaskState::Pending,
                first,
                polls: 0,
                queued: NEVER,
                running: NEVER,
                goes_on: false,
            };
            first += n + 1;
            life
        };
        let lives = polls.iter().map(life).collect();
        Lives { lives, polls: vec![Poll::default(); first as usize], walk: Walk::default(), indexed: 0 }
    }

    /// Goes over the events up to `to`.
    pub(super) fn index(&mut self, trace: &Trace, axis: &Axis, to: usize) {
        if self.indexed == 0 {
            self.walk = axis.walk_before(0).0;
        }
        for i in self.indexed..to {
            let kind = trace.columns.kind(i);
            self.walk.pass(kind, trace.time(i));
            let at = part(axis.at(&self.walk));
            match kind {
                Kind::Spawned
                | Kind::Enqueued
                | Kind::PollStarted
                | Kind::PollEnded
                | Kind::CallStarted
                | Kind::CallEnded
                | Kind::Dropped
                | Kind::Panicked
                | Kind::TimerSet => self.live(trace, i, at),
                _ => {}
            }
        }
        self.indexed = self.indexed.max(to);
    }

    fn live(&mut self, trace: &Trace, i: usize, at: u32) {
        let task = trace.columns.task(i);
        let Some(life) = (task.0 as usize).checked_sub(1).and_then(|t| self.lives.get_mut(t)) else { return };
        let polls = &mut self.polls[life.first as usize..];
        match trace.event(i) {
            Event::Spawned { .. } => life.spawned = at,
            Event::Enqueued { .. } => life.queued = at,
            Event::PollStarted { .. } | Event::CallStarted { .. } => {
                let n = life.polls as usize;
                polls[n].event = i as u32;
                polls[n].at = at;
                if life.queued != NEVER {
                    polls[n].queueing += at - life.queued;
                }
                polls[n + 1] = Poll { event: NEVER, at: NEVER, ..polls[n] };
                (life.polls, life.queued, life.running, life.goes_on) = (life.polls + 1, NEVER, at, false);
                // A lane of callbacks may be called again after it seemed to be done.
                life.ended = NEVER;
            }
            Event::PollEnded { outcome, .. } => {
                life.stop(polls, at);
                match outcome {
                    Outcome::Pending => {}
                    Outcome::Ready => life.finish(polls, at, TaskState::Done),
                    Outcome::Panicked => life.finish(polls, at, TaskState::Panicked),
                }
            }
            Event::CallEnded { .. } => {
                life.stop(polls, at);
                if !life.goes_on {
                    life.finish(polls, at, TaskState::Done);
                }
            }
            Event::TimerSet { .. } => life.goes_on = true,
            Event::Panicked { .. } => {
                life.stop(polls, at);
                life.finish(polls, at, TaskState::Panicked);
            }
            Event::Dropped { reason, .. } if life.ended == NEVER => {
                let cancelled = reason != DropReason::Completed;
                life.stop(polls, at);
                life.finish(polls, at, if cancelled { TaskState::Cancelled } else { TaskState::Done });
            }
            _ => {}
        }
    }

    pub(super) fn len(&self) -> usize {
        self.lives.len()
    }

    /// Bytes that they take.
    pub(super) fn memory(&self) -> usize {
        size_of_val(&*self.lives) + size_of_val(&*self.polls)
    }

    /// Whether the task lives at some time between two positions.
    pub(super) fn lives_within(&self, task: usize, from: f64, to: f64) -> bool {
        let life = &self.lives[task];
        life.spawned <= part(to) && life.ended >= part(from)
    }

    /// Whether the task is there at a position.
    pub(super) fn is_spawned(&self, task: usize, at: f64) -> bool {
        self.lives[task].spawned <= part(at)
    }

    /// Where a life ended, and how, if it did so at or before `seen`.
    pub(super) fn end(&self, task: usize, seen: f64) -> Option<(f64, TaskState)> {
        let life = &self.lives[task];
        (life.ended <= part(seen)).then(|| (f64::from(life.ended) / PARTS, life.end))
    }

    /// The last poll that begins at or before a position: its event.
    pub(super) fn poll_at(&self, task: TaskId, at: f64) -> Option<usize> {
        let life = self.lives.get((task.0 as usize).checked_sub(1)?)?;
        let n = self.of(life).partition_point(|p| p.at <= part(at)).checked_sub(1)?;
        Some(self.of(life)[n].event as usize)
    }

    fn of(&self, life: &Life) -> &[Poll] {
        &self.polls[life.first as usize..][..life.polls as usize]
    }

    /// What the lane of a task shows in each of `shares`, which divide the window from `from` to `to`; nothing of what lies
    /// beyond `seen`.
    pub(super) fn shares(&self, task: usize, from: f64, to: f64, seen: f64, shares: &mut [Share]) {
        let life = &self.lives[task];
        let (polls, end) = (self.of(life), &self.polls[life.first as usize + life.polls as usize]);
        let wide = (to - from) * PARTS / shares.len() as f64;
        let edge = |i: usize| ((from * PARTS + wide * i as f64) as u32).min(part(seen));
        let mut n = 0;
        let mut sum = |at: u32| {
            n = gallop(polls, n, at);
            let next = polls.get(n).unwrap_or(end);
            let ahead = next.queueing - if n > 0 { polls[n - 1].queueing } else { 0 };
            let (mut polling, mut queueing) = (0, next.queueing - ahead);
            if let Some(poll) = n.checked_sub(1).map(|n| &polls[n]) {
                let long = if life.running != NEVER && n == polls.len() { NEVER } else { next.polling - poll.polling };
                polling = poll.polling + (at - poll.at).min(long);
            }
            // It stands in the queue right before a poll; after the last one until its end, or for ever.
            let until = if n < polls.len() { next.at } else { life.ended };
            if n == polls.len() && life.queued != NEVER {
                queueing += at.saturating_sub(life.queued);
            } else if ahead > 0 {
                queueing += at.saturating_sub(until - ahead).min(ahead);
            }
            let alive = at.min(life.ended).saturating_sub(life.spawned);
            (n, polling, queueing, alive)
        };
        let mut before = sum(edge(0));
        for (i, share) in shares.iter_mut().enumerate() {
            let after = sum(edge(i + 1));
            let of = |part: u32| f64::from(part) / wide;
            let (polling, queueing, alive) = (after.1 - before.1, after.2 - before.2, after.3 - before.3);
            *share = Share {
                polling: of(polling),
                polled: polling > 0 || after.0 > before.0,
                queueing: of(queueing),
                waiting: of(alive.saturating_sub(polling + queueing)),
            };
            before = after;
        }
    }
}

impl Life {
    /// The poll that runs is over.
    fn stop(&mut self, polls: &mut [Poll], at: u32) {
        if self.running != NEVER {
            polls[self.polls as usize].polling += at - self.running;
            self.running = NEVER;
        }
    }

    fn finish(&mut self, polls: &mut [Poll], at: u32, end: TaskState) {
        if self.queued != NEVER {
            polls[self.polls as usize].queueing += at - self.queued;
            self.queued = NEVER;
        }
        (self.ended, self.end) = (at, end);
    }
}

/// How many polls begin at or before `at`, if the first `n` do: in steps that double, and then between the last two.
fn gallop(polls: &[Poll], n: usize, at: u32) -> usize {
    let (mut low, mut step) = (n, 1);
    while low + step <= polls.len() && polls[low + step - 1].at <= at {
        low += step;
        step *= 2;
    }
    let high = (low + step).min(polls.len());
    low + polls[low..high].partition_point(|p| p.at <= at)
}
