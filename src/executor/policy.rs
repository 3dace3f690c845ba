//! Policies: which of the tasks that are ready is polled next.

use crate::trace::ids::TaskId;
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

    /// How many they are: two at least, for of one there is nothing to choose.
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

/// Which of the tasks that are ready is polled next.
pub trait Policy: 'static {
    /// Whether it is always the first one. Then it is not asked, and the line is polled as it stands.
    const FIFO: bool = false;

    /// The place of the next one; what lies past the end means the last.
    fn choose(&self, ready: Ready<'_>) -> usize;
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
        self.0.borrow_mut().usize(0..ready.count())
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
