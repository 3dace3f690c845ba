//! What is changed in a run between two polls, and the order of the polls: by one policy for the executor that is tested and
//! for the textbook's.
//!
//! When a change is due is counted in the times that the policy was asked for one. So it needs no record of the run, and a bare
//! executor can be changed as well; but what only a recorded one can lose, a wake, is not among the changes.

use pollscope::executor::{Policy, Ready, Run};
use pollscope::trace::ids::{TaskId, TimerId};
use proptest::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

#[derive(Clone, Debug)]
enum Change {
    Wake(usize),
    Cancel(usize),
    Prefer(usize),
    Fire(u32),
}

#[derive(Clone, Copy, Debug)]
enum Order {
    Fifo,
    Lifo,
    Random(u64),
}

/// What is changed in a run.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    order: Order,
    /// After how many questions since the one before, and what.
    changes: Vec<(u32, Change)>,
}

impl Plan {
    pub(crate) fn any() -> impl Strategy<Value = Plan> {
        let order = prop_oneof![Just(Order::Fifo), Just(Order::Lifo), any::<u64>().prop_map(Order::Random)];
        let change = prop_oneof![
            3 => (0..8usize).prop_map(Change::Wake),
            2 => (0..8usize).prop_map(Change::Cancel),
            3 => (0..8usize).prop_map(Change::Prefer),
            2 => (1..6u32).prop_map(Change::Fire),
        ];
        let changes = prop::collection::vec((0..3u32, change), 0..if cfg!(miri) { 12 } else { 40 });
        (order, changes).prop_map(|(order, changes)| Plan { order, changes })
    }
}

/// The tasks that can be named, which a bare executor knows by their numbers.
pub(crate) type Known = Rc<RefCell<Vec<TaskId>>>;

/// The policy that makes the changes.
pub(crate) struct Changing {
    order: Order,
    chance: RefCell<fastrand::Rng>,
    /// The last one first.
    changes: RefCell<Vec<(u32, Change)>>,
    next: Cell<Option<TaskId>>,
    known: Known,
    made: Rc<Cell<u32>>,
}

impl Changing {
    /// Counts in `made` the changes that found what they change.
    pub(crate) fn new(plan: &Plan, known: Known, made: Rc<Cell<u32>>) -> Self {
        let seed = if let Order::Random(seed) = plan.order { seed } else { 0 };
        Changing {
            order: plan.order,
            chance: RefCell::new(fastrand::Rng::with_seed(seed)),
            changes: RefCell::new(plan.changes.iter().rev().cloned().collect()),
            next: Cell::new(None),
            known,
            made,
        }
    }

    /// Whose turn it is, of two or more.
    pub(crate) fn pick(&self, count: usize, task: &dyn Fn(usize) -> TaskId) -> usize {
        let wanted = self.next.take();
        if let Some(place) = wanted.and_then(|wanted| (0..count).find(|&place| task(place) == wanted)) {
            return place;
        }
        match self.order {
            Order::Fifo => 0,
            Order::Lifo => count - 1,
            Order::Random(_) => self.chance.borrow_mut().usize(0..count),
        }
    }

    /// The next change, if it is due.
    fn due(&self) -> Option<Change> {
        let changes = &mut *self.changes.borrow_mut();
        let (left, _) = changes.last_mut()?;
        match left.checked_sub(1) {
            Some(fewer) => {
                *left = fewer;
                None
            }
            None => changes.pop().map(|(_, change)| change),
        }
    }

    fn known(&self, i: usize) -> Option<TaskId> {
        let known = self.known.borrow();
        known.get(i % known.len().max(1)).copied()
    }
}

impl Policy for Changing {
    const CHANGES: bool = true;

    fn choose(&self, ready: Ready<'_>) -> usize {
        self.pick(ready.count(), &|place| ready.task(place))
    }

    fn is_waiting(&self) -> bool {
        true
    }

    fn between(&self, run: &dyn Run) -> bool {
        self.next.set(None);
        let did = match self.due() {
            None => return false,
            Some(Change::Wake(i)) => self.known(i).is_some_and(|task| run.wake(task)),
            Some(Change::Cancel(i)) => self.known(i).is_some_and(|task| run.cancel(task)),
            Some(Change::Fire(timer)) => run.fire(TimerId(timer)),
            Some(Change::Prefer(i)) => {
                self.next.set(self.known(i).filter(|&task| run.prefer(task)));
                self.made.set(self.made.get() + u32::from(self.next.get().is_some()));
                return false;
            }
        };
        self.made.set(self.made.get() + u32::from(did));
        did
    }
}
