//! The order of events, checked one after the other: what of the [ordering contract](super::event) later code relies on.
//!
//! The rules of single kinds are methods here that the table of events names. This file must not know the events.

use super::ids::{PlaceId, TaskId, TimerId};
use super::meaning::Wrong;
use super::values::{Outcome, UNKNOWN_STATE};
use super::{TaskKind, Trace};

/// The latest time of an event, and the latest deadline: JavaScript's numbers are exact up to it.
pub(crate) const LATEST: u64 = 1 << 53;
/// The most futures that are polled one inside of the other.
const DEEPEST: u16 = 1 << 15;
/// The most polls that are open beside another one.
const MOST_AT_ONCE: usize = 1 << 10;

/// What the rules know of a task.
#[derive(Clone, Copy, Debug, Default)]
struct Life {
    polls: u32,
    /// Futures that are being polled inside of it.
    depth: u16,
    queued: bool,
    /// Whether it was ready or panicked: it is not polled again.
    done: bool,
    dropped: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Timer {
    #[default]
    New,
    Set,
    Over,
}

/// What the events so far say about those that may follow.
#[derive(Clone, Debug, Default)]
pub(crate) struct Order {
    time: u64,
    is_over: bool,
    running: TaskId,
    /// Those that are polled as well, by other threads or within that poll: in a recording of another application.
    also_running: Vec<TaskId>,
    tasks: Vec<Life>,
    timers: Vec<Timer>,
    /// Sums that must stay numbers of 32 bits: bytes alive, allocations, bytes allocated, bytes moved.
    alive: u32,
    allocations: u32,
    allocated: u32,
    moved: u32,
}

type Checked = Result<(), Wrong>;

fn ensure(holds: bool, wrong: Wrong) -> Checked {
    if holds { Ok(()) } else { Err(wrong) }
}

fn add(sum: &mut u32, n: u32, wrong: Wrong) -> Checked {
    *sum = sum.checked_add(n).ok_or(wrong)?;
    Ok(())
}

impl Order {
    /// What holds for every event, whatever its kind: it stands before the end, and its time does not go back.
    pub(super) fn next(&mut self, time: u64) -> Checked {
        ensure(!self.is_over, "it stands behind the end")?;
        ensure(time >= self.time, "its time is before that of the event before it")?;
        ensure(time <= LATEST, "its time is out of range")?;
        self.time = time;
        Ok(())
    }

    /// How many tasks were spawned.
    pub(super) fn spawned_tasks(&self) -> u32 {
        self.tasks.len() as u32
    }

    fn life(&mut self, task: TaskId) -> Result<&mut Life, Wrong> {
        let at = (task.0 as usize).wrapping_sub(1);
        self.tasks.get_mut(at).ok_or("it is of a task that was not spawned")
    }

    pub(super) fn spawned(&mut self, trace: &Trace, task: TaskId) -> Checked {
        ensure(task.0 as usize == self.tasks.len() + 1, "tasks are not spawned in the order of their numbers")?;
        let info = trace.task(task).ok_or("it spawns a task of which nothing is known")?;
        add(&mut self.alive, info.size, "the futures are larger than memory")?;
        self.tasks.push(Life::default());
        Ok(())
    }

    pub(super) fn enqueued(&mut self, _: &Trace, task: TaskId) -> Checked {
        let life = self.life(task)?;
        ensure(!life.queued && !life.done && !life.dropped, "it enqueues a task that cannot be")?;
        life.queued = true;
        Ok(())
    }

    pub(super) fn poll_started(&mut self, trace: &Trace, task: TaskId, nth: u32) -> Checked {
        self.begin(trace, task, nth, TaskKind::Future)?;
        let life = self.life(task)?;
        ensure(std::mem::take(&mut life.queued), "it polls a task that was not enqueued")
    }

    pub(super) fn call_started(&mut self, trace: &Trace, task: TaskId, nth: u32) -> Checked {
        self.begin(trace, task, nth, TaskKind::Callbacks)
    }

    fn begin(&mut self, trace: &Trace, task: TaskId, nth: u32, kind: TaskKind) -> Checked {
        if self.running.is_some() {
            ensure(trace.head.is_of_another(), "a poll begins within a poll")?;
            let is_open = self.running == task || self.also_running.contains(&task);
            ensure(!is_open && self.also_running.len() < MOST_AT_ONCE, "a poll begins within its own, or too many do")?;
            self.also_running.push(self.running);
        }
        ensure(trace.task(task).is_some_and(|info| info.kind == kind), "futures are polled, and callbacks called")?;
        let life = self.life(task)?;
        ensure(!life.dropped && !life.done, "it polls a task that is over")?;
        life.polls += 1;
        ensure(life.polls == nth, "polls are not counted from 1")?;
        self.running = task;
        Ok(())
    }

    pub(super) fn poll_ended(&mut self, _: &Trace, task: TaskId, outcome: Outcome) -> Checked {
        self.finish(task)?;
        let life = self.life(task)?;
        (life.done, life.depth) = (outcome != Outcome::Pending, 0);
        Ok(())
    }

    pub(super) fn call_ended(&mut self, _: &Trace, task: TaskId) -> Checked {
        self.finish(task)
    }

    fn finish(&mut self, task: TaskId) -> Checked {
        if self.running.is_some() && self.running == task {
            self.running = self.also_running.pop().unwrap_or_default();
        } else {
            let at = self
                .also_running
                .iter()
                .position(|&also_running| also_running == task)
                .ok_or("a poll ends that did not begin")?;
            self.also_running.remove(at);
        }
        Ok(())
    }

    pub(super) fn entered(&mut self, _: &Trace, task: TaskId) -> Checked {
        if task.is_some() {
            let life = self.life(task)?;
            life.depth += 1;
            ensure(life.depth < DEEPEST, "futures are polled too deep inside of each other")?;
        }
        Ok(())
    }

    pub(super) fn exited(&mut self, _: &Trace, task: TaskId) -> Checked {
        if task.is_some() {
            let life = self.life(task)?;
            life.depth = life.depth.saturating_sub(1);
        }
        Ok(())
    }

    pub(super) fn state_changed(&mut self, trace: &Trace, task: TaskId, from: u16, to: u16) -> Checked {
        let machine = trace.machine_of(task).ok_or("the state of a task changes that has no machine")?;
        let known = |state: u16| state == UNKNOWN_STATE || usize::from(state) < machine.states.len();
        ensure(known(from) && known(to), "a state that its machine does not have")
    }

    fn timer(&mut self, trace: &Trace, timer: TimerId, from: Timer, to: Timer) -> Checked {
        ensure(timer.is_some() && timer.0 as usize <= trace.timers.len(), "an unknown timer")?;
        let at = timer.0 as usize - 1;
        if self.timers.len() <= at {
            self.timers.resize(at + 1, Timer::New);
        }
        ensure(self.timers[at] == from, "a timer is set once, and fires or is cancelled once after that")?;
        self.timers[at] = to;
        Ok(())
    }

    pub(super) fn timer_set(&mut self, trace: &Trace, timer: TimerId) -> Checked {
        self.timer(trace, timer, Timer::New, Timer::Set)
    }

    pub(super) fn timer_over(&mut self, trace: &Trace, timer: TimerId) -> Checked {
        self.timer(trace, timer, Timer::Set, Timer::Over)
    }

    pub(super) fn dropped(&mut self, trace: &Trace, task: TaskId) -> Checked {
        let life = self.life(task)?;
        ensure(!std::mem::replace(&mut life.dropped, true), "a task is dropped twice")?;
        life.queued = false;
        self.alive -= trace.task(task).map_or(0, |info| info.size);
        Ok(())
    }

    pub(super) fn allocated(&mut self, _: &Trace, count: u32, bytes: u32) -> Checked {
        add(&mut self.allocations, count, "more allocations than can be counted")?;
        add(&mut self.allocated, bytes, "more bytes allocated than can be counted")
    }

    pub(super) fn moved(&mut self, trace: &Trace, to: PlaceId) -> Checked {
        let place = trace.places.get(usize::from(to.0)).ok_or("an unknown slot")?;
        add(&mut self.moved, place.size, "more bytes moved than can be counted")
    }

    pub(super) fn ended(&mut self, _: &Trace) -> Checked {
        self.is_over = true;
        Ok(())
    }
}
