//! A schedule: an order of polls that is decided when a run begins, and what a person changes in the run.
//!
//! A [`Plan`] is what a schedule is made from, and what a link carries. As a run is deterministic, the number of an event
//! names a point of it exactly: a change at event `n` happens when `n` events have been recorded, or, if that is within a
//! poll, right after it.

mod choices;
mod plan;

pub use choices::Choices;
pub use plan::{Intervention, MOST_CHANGES, NotAPlan, Order, Plan, What};

use super::policy::{Policy, Ready, Run};
use crate::few::sort_few;
use crate::trace::ids::TaskId;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

/// The policy of recorded runs.
#[derive(Debug)]
pub struct Schedule {
    order: Order,
    chance: RefCell<fastrand::Rng>,
    /// What is still to be changed, in order.
    changes: RefCell<VecDeque<Intervention>>,
    /// Who is polled next, out of turn.
    next: Cell<Option<TaskId>>,
    /// Changes that found nothing to change.
    missed: Cell<u32>,
    choices: Option<Rc<RefCell<Choices>>>,
}

impl Schedule {
    /// Does what a plan says.
    pub fn new(plan: &Plan) -> Self {
        let seed = if let Order::Random(seed) = plan.order { seed } else { 0 };
        let mut changes = plan.changes.clone();
        sort_few(&mut changes, |change| change.at);
        Schedule {
            order: plan.order,
            chance: RefCell::new(fastrand::Rng::with_seed(seed.into())),
            changes: RefCell::new(changes.into()),
            next: Cell::new(None),
            missed: Cell::new(0),
            choices: None,
        }
    }

    /// Polls in the order of the queue, but where `choices` say otherwise; those learn what else could be chosen.
    pub fn exploring(choices: Rc<RefCell<Choices>>) -> Self {
        Schedule { choices: Some(choices), ..Schedule::new(&Plan::default()) }
    }

    /// Changes that found nothing to change, so far; with those that are left when the run is over.
    pub fn missed(&self) -> u32 {
        self.missed.get() + self.changes.borrow().len() as u32
    }

    /// The first change that is due after so many events, if it passes `is_now`.
    fn take(&self, events: usize, is_now: impl FnOnce(&Intervention) -> bool) -> Option<Intervention> {
        let mut changes = self.changes.borrow_mut();
        let is_due = changes.front().is_some_and(|c| c.at as usize <= events && is_now(c));
        if is_due { changes.pop_front() } else { None }
    }

    fn prefer(&self, task: TaskId, run: &dyn Run) -> bool {
        let is_ready = run.prefer(task);
        if is_ready {
            self.next.set(Some(task));
        }
        is_ready
    }
}

impl Policy for Schedule {
    const CHANGES: bool = true;

    fn choose(&self, ready: Ready<'_>) -> usize {
        let wanted = self.next.take();
        if let Some(place) = wanted.and_then(|task| (0..ready.count()).find(|&i| ready.task(i) == task)) {
            return place;
        }
        match self.order {
            Order::Fifo => 0,
            Order::Lifo => ready.count() - 1,
            // Of 32 bits, so that the choices are the same on every target.
            Order::Random(_) => self.chance.borrow_mut().u32(0..ready.count() as u32) as usize,
        }
    }

    fn is_waiting(&self) -> bool {
        self.choices.is_some() || self.next.get().is_some() || !self.changes.borrow().is_empty()
    }

    fn between(&self, run: &dyn Run) -> bool {
        // It was alone, and had its turn without a choice.
        self.next.set(None);
        if let Some(choices) = &self.choices {
            if let Some(task) = choices.borrow_mut().choose(run) {
                self.prefer(task, run);
            }
            return false;
        }
        let (events, mut did) = (run.events(), false);
        // Who is polled next is said right before that poll: what comes of other changes is seen to first.
        let is_now = |did: bool| {
            move |c: &Intervention| match c.what {
                What::Lose => (c.at as usize) < events,
                What::Panic => false,
                What::Next(_) => !did,
                What::Wake(_) | What::Drop(_) | What::Fire(_) => true,
            }
        };
        while let Some(change) = self.take(events, is_now(did)) {
            let found = match change.what {
                // Another event came in its place.
                What::Lose | What::Panic => false,
                What::Wake(task) => run.wake(task),
                What::Drop(task) => run.cancel(task),
                What::Fire(timer) => run.fire(timer),
                What::Next(task) => {
                    if self.prefer(task, run) {
                        return false;
                    }
                    false
                }
            };
            did |= found;
            self.missed.set(self.missed.get() + u32::from(!found));
        }
        did
    }

    fn loses(&self, event: usize) -> bool {
        self.take(event, |c| c.what == What::Lose && c.at as usize == event).is_some()
    }

    fn panics(&self, events: usize) -> bool {
        self.take(events, |c| c.what == What::Panic).is_some()
    }
}
