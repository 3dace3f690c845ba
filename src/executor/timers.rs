//! Timers: what is to happen at a time of the clock, in order of deadline and then of setting.
//!
//! A timer's *number* is never used again, and is what a trace calls it. Its *key* is its place in memory, which its
//! owner has until it takes it back; then the next timer may have it.

use crate::trace::ids::{TaskId, TimerId};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::task::Waker;

/// What a timer does when it fires.
pub(super) enum Action {
    /// Wakes the task whose waker it holds. Its owner takes it back, fired or not.
    Wake(Waker),
    /// Calls a callback on a lane. It has no owner.
    Call(Box<dyn FnOnce()>),
    /// Does what is to happen outside of every task. It has no owner.
    Ring(Box<dyn FnOnce()>),
}

/// A timer that is set.
pub(super) struct Timer {
    pub(super) task: TaskId,
    pub(super) action: Action,
}

/// Where a timer lies: a small number, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key(std::num::NonZeroU32);

impl Key {
    fn new(index: usize) -> Self {
        // Fewer than four billion timers fit into memory.
        Key(std::num::NonZeroU32::MIN.saturating_add(index as u32))
    }

    fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

enum Slot {
    Free {
        next: Option<Key>,
    },
    Set {
        id: TimerId,
        timer: Timer,
    },
    /// Fired; its owner has not looked yet.
    Fired,
}

/// All timers of an executor.
#[derive(Default)]
pub(super) struct Timers {
    slots: Vec<Slot>,
    free: Option<Key>,
    last: u32,
    /// Deadlines in order, those of cancelled timers included until they come up.
    deadlines: BinaryHeap<Reverse<(u64, TimerId, Key)>>,
    /// How many of them are of cancelled timers.
    stale: usize,
}

impl Timers {
    pub(super) fn insert(&mut self, deadline: u64, timer: Timer) -> (Key, TimerId) {
        self.last = self.last.wrapping_add(1);
        let id = TimerId(self.last);
        let slot = Slot::Set { id, timer };
        let key = match self.free {
            Some(key) => {
                if let Slot::Free { next } = std::mem::replace(&mut self.slots[key.index()], slot) {
                    self.free = next;
                }
                key
            }
            None => {
                self.slots.push(slot);
                Key::new(self.slots.len() - 1)
            }
        };
        self.deadlines.push(Reverse((deadline, id, key)));
        (key, id)
    }

    /// The timer, and its number, if it has not fired.
    pub(super) fn get_mut(&mut self, key: Key) -> Option<(TimerId, &mut Timer)> {
        match self.slots.get_mut(key.index()) {
            Some(Slot::Set { id, timer }) => Some((*id, timer)),
            _ => None,
        }
    }

    /// Its owner takes it back; gives what it was, if it had not fired.
    pub(super) fn remove(&mut self, key: Key) -> Option<(TimerId, Timer)> {
        let slot = self.slots.get_mut(key.index())?;
        if let Slot::Free { .. } = slot {
            // Of another executor's: a future may be carried from one to another.
            return None;
        }
        let slot = std::mem::replace(slot, Slot::Free { next: self.free });
        self.free = Some(key);
        let Slot::Set { id, timer } = slot else { return None };
        self.stale += 1;
        // Half of the deadlines may be of the dead.
        if self.stale > 32 + self.deadlines.len() / 2 {
            let slots = &self.slots;
            self.deadlines.retain(|&Reverse((_, id, key))| is_set(slots, id, key));
            self.stale = 0;
        }
        Some((id, timer))
    }

    /// Takes a timer by its number, before its time, as if it were due.
    pub(super) fn take(&mut self, number: TimerId) -> Option<Timer> {
        let at = self.slots.iter().position(|slot| matches!(slot, Slot::Set { id, .. } if *id == number))?;
        self.stale += 1;
        self.fire(Key::new(at)).map(|(_, timer)| timer)
    }

    /// Takes the first timer whose deadline is not after `now`.
    pub(super) fn pop_due(&mut self, now: u64) -> Option<(TimerId, Timer)> {
        let deadline = self.next()?;
        if deadline > now {
            return None;
        }
        let Reverse((_, _, key)) = self.deadlines.pop()?;
        self.fire(key)
    }

    fn fire(&mut self, key: Key) -> Option<(TimerId, Timer)> {
        let Slot::Set { id, timer } = std::mem::replace(&mut self.slots[key.index()], Slot::Fired) else { return None };
        if let Action::Call(_) | Action::Ring(_) = timer.action {
            self.slots[key.index()] = Slot::Free { next: self.free };
            self.free = Some(key);
        }
        Some((id, timer))
    }

    /// The earliest deadline.
    pub(super) fn next(&mut self) -> Option<u64> {
        while let Some(&Reverse((deadline, id, key))) = self.deadlines.peek() {
            if is_set(&self.slots, id, key) {
                return Some(deadline);
            }
            self.deadlines.pop();
            self.stale -= 1;
        }
        None
    }
}

/// Whether the timer of that number still lies there.
fn is_set(slots: &[Slot], number: TimerId, key: Key) -> bool {
    matches!(&slots[key.index()], Slot::Set { id, .. } if *id == number)
}
