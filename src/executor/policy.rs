//! Policies: which of the tasks that are ready is polled next.

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

    /// How many they are. Who is to choose among them is asked only if they are two at least.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Which task stands at a place, from 0.
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

    /// Shows those who are ready: any number, none included.
    fn ready(&self, look: &mut dyn FnMut(Ready<'_>));

    /// Wakes a task that is alive, as nobody of the run. Says whether there was one.
    fn wake(&self, task: TaskId) -> bool;

    /// Cancels a task that is alive. Says whether there was one.
    fn cancel(&self, task: TaskId) -> bool;

    /// Fires a timer that is set, now. Says whether there was one.
    fn fire(&self, timer: TimerId) -> bool;

    /// Whether the task stands in the ready queue; if so, the trace says that it is polled out of turn.
    fn prefer(&self, task: TaskId) -> bool;
}

/// Which of the tasks that are ready is polled next.
pub trait Policy: 'static {
    /// Whether it is always the first one. Then it is not asked, and the line is polled as it stands.
    const FIFO: bool = false;

    /// Whether it may change a run besides choosing; if not, nothing of what follows is asked.
    const CHANGES: bool = false;

    /// The place of the next one; what lies past the end means the last.
    fn choose(&self, ready: Ready<'_>) -> usize;

    /// Whether it wants to be asked before each poll.
    fn is_waiting(&self) -> bool {
        false
    }

    /// Between two polls, when what is due has fired: the time to change the run. Says whether it did.
    fn between(&self, _run: &dyn Run) -> bool {
        false
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

/// Any, by chance; the same seed makes the same choices.
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

/// Whatever the caller says.
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
