//! Policies: which of the tasks that are ready is polled next.

use super::schedule::Object;
use crate::trace::Event;
use crate::trace::ids::{TaskId, TimerId};
use std::cell::RefCell;

/// The tasks that are ready, in the order in which they became so.
pub struct Ready<'a> {
    count: usize,
    id: &'a dyn Fn(usize) -> TaskId,
}

impl<'a> Ready<'a> {
    pub(super) fn new(count: usize, id: &'a dyn Fn(usize) -> TaskId) -> Self {
        Ready { count, id }
    }

    /// How many there are. A policy is asked to choose only if there are at least two.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The task at a place of the queue, from 0.
    ///
    /// # Panics
    /// If there is no such place.
    pub fn task(&self, place: usize) -> TaskId {
        (self.id)(place)
    }
}

/// A run, as a policy sees it between two polls and may change it.
pub trait Run {
    /// Events recorded so far: the number of the next one.
    fn events(&self) -> usize;

    /// Shows the events recorded so far from number `from` on, each with its number.
    fn read(&self, from: usize, see: &mut dyn FnMut(usize, Event));

    /// Adds the tasks that are ready to a list, in the order in which they became so.
    fn ready(&self, list: &mut Vec<TaskId>);

    /// The first of them, and how many there are.
    fn first_ready(&self) -> Option<(TaskId, usize)> {
        let mut list = Vec::new();
        self.ready(&mut list);
        Some((*list.first()?, list.len()))
    }

    /// Wakes a task that is alive, from outside of the run. Returns whether there was one.
    fn wake(&self, task: TaskId) -> bool;

    /// Cancels a task that is alive. Returns whether there was one.
    fn cancel(&self, task: TaskId) -> bool;

    /// Fires a timer that is set, now. Returns whether there was one.
    fn fire(&self, timer: TimerId) -> bool;

    /// Whether the task is in the run queue; if so, the trace says that it is polled before the others.
    fn prefer(&self, task: TaskId) -> bool;

    /// Ends the run here.
    fn stop(&self);
}

/// Which of the tasks that are ready is polled next.
pub trait Policy: 'static {
    /// Whether it always chooses the first one. Then it is not asked, and the run queue is polled in batches.
    const FIFO: bool = false;

    /// Whether it may change a run besides choosing; if not, the methods below are not called.
    const CHANGES: bool = false;

    /// The place of the next one; a number past the end means the last.
    fn choose(&self, ready: Ready<'_>) -> usize;

    /// Whether it wants to be asked before each poll.
    fn is_waiting(&self) -> bool {
        false
    }

    /// Called between two polls, when timers that are due have fired: the time to change the run. Returns whether it did.
    fn between(&self, _run: &dyn Run) -> bool {
        false
    }

    /// The polled task used an object, which no event says. It is called from within a poll, and may not drive an executor.
    fn used(&self, _object: Object) {}

    /// Whether it may lose a wake in its run. Asked once, when the executor is made; if not, [`loses`](Self::loses) is never called.
    fn may_lose(&self) -> bool {
        true
    }

    /// Whether the wake of a task that would be the next event is lost.
    fn loses(&self, _run: &dyn Run, _task: TaskId) -> bool {
        false
    }

    /// Whether the polled task is to panic, now.
    fn panics(&self, _run: &dyn Run) -> bool {
        false
    }
}

/// First in, first out: the order of the executor's promises.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fifo;

impl Policy for Fifo {
    const FIFO: bool = true;

    fn choose(&self, _ready: Ready<'_>) -> usize {
        0
    }
}

/// Last in, first out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lifo;

impl Policy for Lifo {
    fn choose(&self, ready: Ready<'_>) -> usize {
        ready.count() - 1
    }
}

/// Any of them, by chance; the same seed makes the same choices.
#[derive(Debug)]
pub struct Seeded(RefCell<fastrand::Rng>);

impl Seeded {
    /// The choices of a seed.
    pub fn new(seed: u64) -> Self {
        Seeded(RefCell::new(fastrand::Rng::with_seed(seed)))
    }
}

impl Policy for Seeded {
    fn choose(&self, ready: Ready<'_>) -> usize {
        self.0.borrow_mut().u32(0..ready.count() as u32) as usize
    }
}

/// What a function returns.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<F>(
    /// Called for each choice.
    pub F,
);

impl<F: Fn(Ready<'_>) -> usize + 'static> Policy for Chosen<F> {
    fn choose(&self, ready: Ready<'_>) -> usize {
        (self.0)(ready)
    }
}
