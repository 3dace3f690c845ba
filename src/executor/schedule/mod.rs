//! A schedule: an order of polls that is decided when a run begins, and what a person changes in the run.
//!
//! It is made from a [`Plan`], which a link carries. As a run is deterministic, a name of a moment stands for one point of
//! it. While a change is pending, the schedule reads the events that were recorded since it last looked; without one, it
//! reads nothing.

mod choices;
mod footprint;
mod named;
mod numbered;

pub use crate::trace::plan::{Intervention, MOST_CHANGES, NotAPlan, Order, Plan, What};
pub use choices::{Choices, Guide, Path, Step};
pub use footprint::{Footprint, Object, Sight};

use super::policy::{Policy, Ready, Run};
use crate::trace::ids::TaskId;
use crate::trace::moment::At;
use named::Named;
use numbered::Numbered;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The policy of recorded runs.
#[derive(Debug)]
pub struct Schedule {
    order: Order,
    chance: RefCell<fastrand::Rng>,
    pending: RefCell<Pending>,
    /// Which task is polled next, out of turn.
    next: Cell<Option<TaskId>>,
    /// Changes that found nothing to change.
    missed: Cell<u32>,
    choices: Option<Rc<RefCell<Choices>>>,
}

/// What is still to be changed, and how much of the run was read to know when.
#[derive(Debug)]
struct Pending {
    named: Named,
    numbered: Numbered,
    read: usize,
}

impl Pending {
    fn len(&self) -> usize {
        self.named.len() + self.numbered.len()
    }

    /// Whether a change of this kind may be due before another is done.
    fn has(&self, what: What) -> bool {
        self.numbered.first() == Some(what) || self.named.has(what)
    }

    /// Reads what happened since the last time.
    fn read(&mut self, run: &dyn Run) {
        let Pending { named, numbered, read } = self;
        run.read(*read, &mut |i, event| {
            *read = i + 1;
            named.see(i, event);
            numbered.see(event);
        });
    }
}

impl Schedule {
    /// Does what a plan says.
    pub fn new(plan: &Plan) -> Self {
        let seed = if let Order::Random(seed) = plan.order { seed } else { 0 };
        let (mut numbered, mut named) = (Vec::new(), Vec::new());
        for &Intervention { at, what } in &plan.changes {
            match at {
                At::Event(n) => numbered.push((n, what)),
                At::Moment(moment) => named.push((moment, what)),
            }
        }
        let pending = Pending { named: Named::new(named), numbered: Numbered::new(numbered), read: 0 };
        Schedule {
            order: plan.order,
            chance: RefCell::new(fastrand::Rng::with_seed(seed.into())),
            pending: RefCell::new(pending),
            next: Cell::new(None),
            missed: Cell::new(0),
            choices: None,
        }
    }

    /// Polls as `choices` say, which learn what else could be chosen.
    pub fn exploring(choices: Rc<RefCell<Choices>>) -> Self {
        Schedule { choices: Some(choices), ..Schedule::new(&Plan::default()) }
    }

    /// Changes that found nothing to change, so far; with those that are left when the run is over.
    pub fn missed(&self) -> u32 {
        self.missed.get() + self.pending.borrow().len() as u32
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
        self.choices.is_some() || self.next.get().is_some() || self.pending.borrow().len() > 0
    }

    fn between(&self, run: &dyn Run) -> bool {
        // It was alone, and had its turn without a choice.
        self.next.set(None);
        if let Some(choices) = &self.choices {
            let (chosen, is_redundant) = {
                let choices = &mut *choices.borrow_mut();
                (choices.choose(run), choices.is_redundant())
            };
            if let Some(task) = chosen {
                self.prefer(task, run);
            }
            if is_redundant {
                run.stop();
            }
            return is_redundant;
        }
        if self.pending.borrow().len() == 0 {
            return false;
        }
        self.pending.borrow_mut().read(run);
        let mut did = false;
        loop {
            // No borrow is held while the run is changed.
            let due = {
                let pending = &mut *self.pending.borrow_mut();
                pending.numbered.between(did).or_else(|| pending.named.between(did))
            };
            let Some(what) = due else { return did };
            let found = match what {
                // Another event came in its place, or the poll is over.
                What::Lose | What::Panic => false,
                What::Wake(task) => run.wake(task),
                What::Drop(task) => run.cancel(task),
                What::Fire(timer) => run.fire(timer),
                What::Next(task) => {
                    // Which task is polled next is said right before that poll: what comes of other changes is first.
                    if self.prefer(task, run) {
                        return false;
                    }
                    false
                }
            };
            did |= found;
            self.missed.set(self.missed.get() + u32::from(!found));
        }
    }

    fn used(&self, object: Object) {
        if let Some(choices) = &self.choices {
            choices.borrow_mut().uses(object);
        }
    }

    fn may_lose(&self) -> bool {
        self.pending.borrow().has(What::Lose)
    }

    fn loses(&self, run: &dyn Run, task: TaskId) -> bool {
        let pending = &mut *self.pending.borrow_mut();
        pending.has(What::Lose) && {
            pending.read(run);
            pending.numbered.loses() || pending.named.loses(task)
        }
    }

    fn panics(&self, run: &dyn Run) -> bool {
        // Where orders are explored nothing else is changed.
        if self.choices.is_some() {
            return false;
        }
        let pending = &mut *self.pending.borrow_mut();
        pending.has(What::Panic) && {
            pending.read(run);
            pending.numbered.panics() || pending.named.panics()
        }
    }
}
