//! The state of a run at a cursor: what the first so many of its events come to.
//!
//! A state is made by *folding* events in, one after the other ([`State::apply`]). One event changes a bounded part of it,
//! so that a step costs the same in a run of ten tasks and of ten thousand.
//!
//! Nothing here panics, whatever the events: one that does not fit what came before it (a poll of a task that was not
//! spawned) changes nothing.

mod apply;
mod browser;
mod counters;
mod machines;
mod pack;
mod slots;
mod task;
mod tree;

pub use browser::{Browser, Promise, Thread};
pub use counters::Counters;
pub use machines::{Machines, Spot, nested_in};
pub(super) use pack::Parts;
pub use slots::{Slot, Slots};
pub use task::Task;
pub use tree::{Node, Tree};

use crate::trace::event::End;
use crate::trace::ids::{SiteId, SourceId, TaskId, TimerId};
use crate::trace::{Snapshot, Trace};
use std::collections::{BTreeSet, VecDeque};
use std::mem::take;

/// A mutex that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lock {
    /// Which.
    pub mutex: SourceId,
    /// Who has it.
    pub holder: TaskId,
    /// The event with which it was taken, from 0.
    pub since: usize,
}

/// The state of everything after the first `at` events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Events folded.
    pub at: usize,
    /// The time, in the trace's unit.
    pub time: u64,
    /// The task being polled or called.
    pub running: Option<TaskId>,
    /// Those that are being polled or called as well, by other threads or around it.
    pub(super) also_running: Vec<TaskId>,
    /// Timers that are set, as (deadline, id, task), in that order.
    pub timers: BTreeSet<(u64, TimerId, TaskId)>,
    /// Counts.
    pub counters: Counters,
    /// The machines.
    pub machines: Machines,
    /// The browser's side.
    pub browser: Browser,
    /// Slots of memory.
    pub slots: Slots,
    /// The mutexes that are taken.
    pub locked: Vec<Lock>,
    /// The line of a plain program that ran last.
    pub line: SiteId,
    /// How the run ended, once it has.
    pub end: Option<End>,
    /// The task whose bytes changed last.
    pub bytes_of: TaskId,
    /// The timer that is firing: it holds its waker until the event that follows.
    firing: Option<(TaskId, TimerId)>,
    ready: VecDeque<TaskId>,
    tasks: Vec<Task>,
}

impl State {
    /// The ready queue, front first.
    pub fn ready(&self) -> &VecDeque<TaskId> {
        &self.ready
    }

    /// All tasks that were spawned, in order.
    pub fn tasks(&self) -> &[Task] {
        &self.tasks
    }

    /// One task, if it was spawned.
    pub fn get(&self, id: TaskId) -> Option<&Task> {
        self.tasks.get((id.0 as usize).wrapping_sub(1))
    }

    /// One task; before it is spawned, one of which nothing is known.
    pub fn task(&self, id: TaskId) -> &Task {
        const UNKNOWN: &Task = &Task::UNKNOWN;
        self.get(id).unwrap_or(UNKNOWN)
    }

    /// The bytes of a task before their last change, and now.
    pub fn snapshots<'t>(&self, trace: &'t Trace, id: TaskId) -> (Option<&'t Snapshot>, Option<&'t Snapshot>) {
        let task = self.task(id);
        (trace.snapshot(task.was), trace.snapshot(task.bytes))
    }

    /// Takes out what grows with the tasks.
    pub(super) fn take_parts(&mut self) -> Parts {
        Parts { tasks: take(&mut self.tasks), ready: take(&mut self.ready), timers: take(&mut self.timers) }
    }

    /// Puts it back.
    pub(super) fn put_parts(&mut self, Parts { tasks, ready, timers }: Parts) {
        (self.tasks, self.ready, self.timers) = (tasks, ready, timers);
    }

    /// The bytes of its other lists, which stay short.
    pub(super) fn heap(&self) -> usize {
        self.machines.heap() + self.browser.heap() + self.slots.heap() + size_of_val(&*self.locked)
    }
}
