//! Timers: what is to happen at a virtual time, in order of deadline and then of setting.

use crate::trace::ids::{TaskId, TimerId};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::task::Waker;

/// What a timer does when it fires.
pub(super) enum Action {
    /// Wakes the task whose waker it holds.
    Wake(Waker),
    /// Calls a callback on a lane.
    Call(Box<dyn FnOnce()>),
}

/// A timer that is set.
pub(super) struct Timer {
    pub(super) task: TaskId,
    pub(super) action: Action,
}

/// All timers of an executor.
#[derive(Default)]
pub(super) struct Timers {
    /// By id, less one; none once fired or cancelled.
    all: Vec<Option<Timer>>,
    /// Deadlines in order, those of cancelled timers included until they come up.
    deadlines: BinaryHeap<Reverse<(u64, TimerId)>>,
}

impl Timers {
    pub(super) fn insert(&mut self, deadline: u64, timer: Timer) -> TimerId {
        self.all.push(Some(timer));
        let id = TimerId(self.all.len() as u32);
        self.deadlines.push(Reverse((deadline, id)));
        id
    }

    pub(super) fn get_mut(&mut self, id: TimerId) -> Option<&mut Timer> {
        self.all.get_mut((id.0 as usize).checked_sub(1)?)?.as_mut()
    }

    pub(super) fn remove(&mut self, id: TimerId) -> Option<Timer> {
        self.all.get_mut((id.0 as usize).checked_sub(1)?)?.take()
    }

    /// Takes the first timer whose deadline is not after `now`.
    pub(super) fn pop_due(&mut self, now: u64) -> Option<(TimerId, Timer)> {
        let deadline = self.next()?;
        if deadline > now {
            return None;
        }
        let Reverse((_, id)) = self.deadlines.pop()?;
        self.remove(id).map(|timer| (id, timer))
    }

    /// The earliest deadline.
    pub(super) fn next(&mut self) -> Option<u64> {
        while let Some(&Reverse((deadline, id))) = self.deadlines.peek() {
            if self.all[id.0 as usize - 1].is_some() {
                return Some(deadline);
            }
            self.deadlines.pop();
        }
        None
    }
}
