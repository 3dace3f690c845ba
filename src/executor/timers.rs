//! Timers: what is to happen at a time of the clock, in order of deadline and then of setting.
//!
//! A timer's *number* is never used again in its executor, and is what a trace calls it. Its *place* in memory is used again
//! once its owner has taken it back. Its *key* is what its owner has: a number that no other timer of this process has, of
//! whatever executor. So a future that is carried to another executor finds nothing of that executor's there.

use super::tasks::room;
use crate::alloc::uncounted;
use crate::record::{TimerKey, TimerState};
use crate::trace::ids::{TaskId, TimerId};
use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::Waker;

/// What a timer does when it fires.
pub(super) enum Action {
    /// Wakes the task whose waker it holds. Its owner takes it back, fired or not.
    Wake(Waker),
    /// Calls a callback on a lane. It has no owner.
    Call(Box<dyn FnOnce()>),
    /// Calls a function outside of every task. It has no owner.
    Signal(Box<dyn FnOnce()>),
}

/// A timer that is set.
pub(super) struct Timer {
    pub(super) task: TaskId,
    pub(super) action: Action,
}

/// A key that no other timer has.
fn new_key() -> TimerKey {
    static LAST: AtomicU32 = AtomicU32::new(0);
    let next = || NonZeroU32::new(LAST.fetch_add(1, Ordering::Relaxed).wrapping_add(1) & TimerKey::MOST);
    // Zero comes once in two billion times.
    TimerKey(next().or_else(next).unwrap_or(NonZeroU32::MIN))
}

/// Where a timer lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place(u32);

impl Place {
    fn index(self) -> usize {
        self.0 as usize
    }
}

enum Slot {
    Free {
        next: Option<Place>,
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
    free: Option<Place>,
    last: u32,
    /// Where the timers with owners lie, in the order in which they were set.
    owned: Owned,
    /// Deadlines in order, those of cancelled timers included until they come up.
    deadlines: BinaryHeap<Reverse<(u64, TimerId, Place)>>,
    /// How many of them are of cancelled timers.
    stale: usize,
    /// No deadline is before this: the loop asks before each poll.
    soonest: u64,
}

thread_local! {
    /// Where run after run is made: an empty one, with the memory of those before.
    static SPARE: Cell<Option<Timers>> = const { Cell::new(None) };
}

/// Gives back the memory that is kept on this thread.
pub(super) fn free_spare() {
    drop(SPARE.take());
}

impl Timers {
    /// None.
    pub(super) fn empty() -> Self {
        let with_room = |room| Timers {
            slots: Vec::with_capacity(room),
            owned: Owned { entries: VecDeque::with_capacity(room), removed: 0 },
            deadlines: BinaryHeap::with_capacity(room),
            ..Timers::default()
        };
        match room() {
            0 => Timers::default(),
            room => SPARE.try_with(Cell::take).ok().flatten().unwrap_or_else(|| with_room(room)),
        }
    }

    /// Drops those that are set, which is user code. Their memory is kept where run after run is made.
    pub(super) fn end(self) {
        let Timers { mut slots, mut owned, mut deadlines, .. } = self;
        slots.clear();
        if room() > 0 {
            owned.entries.clear();
            owned.removed = 0;
            deadlines.clear();
            let empty = Timers { slots, owned, deadlines, ..Timers::default() };
            let _ = SPARE.try_with(|spare| spare.set(Some(empty)));
        }
    }

    /// Sets a timer. Only one that wakes has an owner.
    pub(super) fn insert(&mut self, deadline: u64, timer: Timer) -> (TimerKey, TimerId) {
        self.last = self.last.wrapping_add(1);
        let id = TimerId(self.last);
        let (key, is_owned) = (new_key(), matches!(timer.action, Action::Wake(_)));
        let slot = Slot::Set { id, timer };
        let place = match self.free {
            Some(place) => {
                if let Slot::Free { next } = std::mem::replace(&mut self.slots[place.index()], slot) {
                    self.free = next;
                }
                place
            }
            None => {
                self.slots.push(slot);
                // Fewer than four billion timers fit into memory.
                Place(self.slots.len() as u32 - 1)
            }
        };
        if is_owned {
            self.owned.add(key, place);
        }
        self.deadlines.push(Reverse((deadline, id, place)));
        self.soonest = self.soonest.min(deadline);
        (key, id)
    }

    /// The timer, and its number, if it is set; or what has become of it.
    pub(super) fn get_mut(&mut self, key: TimerKey) -> Result<(TimerId, &mut Timer), TimerState> {
        let place = self.owned.find(key).ok_or(TimerState::Foreign)?;
        match &mut self.slots[place.index()] {
            Slot::Set { id, timer } => Ok((*id, timer)),
            Slot::Fired => Err(TimerState::Fired),
            Slot::Free { .. } => Err(TimerState::Foreign),
        }
    }

    /// Its owner takes it back; returns what it was, if it had not fired. One of another executor is left alone.
    pub(super) fn remove(&mut self, key: TimerKey) -> Option<(TimerId, Timer)> {
        let place = self.owned.remove(key)?;
        let slot = std::mem::replace(&mut self.slots[place.index()], Slot::Free { next: self.free });
        self.free = Some(place);
        let Slot::Set { id, timer } = slot else { return None };
        self.stale += 1;
        // Half of the deadlines may be of cancelled timers.
        if self.stale > 32 + self.deadlines.len() / 2 {
            let slots = &self.slots;
            self.deadlines.retain(|&Reverse((_, id, place))| is_set(slots, id, place));
            self.stale = 0;
        }
        Some((id, timer))
    }

    /// Takes a timer by its number, before its time, as if it were due.
    pub(super) fn take(&mut self, number: TimerId) -> Option<Timer> {
        let at = self.slots.iter().position(|slot| matches!(slot, Slot::Set { id, .. } if *id == number))?;
        self.stale += 1;
        self.fire(Place(at as u32)).map(|(_, timer)| timer)
    }

    /// Takes the first timer whose deadline is not after `now`.
    #[inline]
    pub(super) fn pop_due(&mut self, now: u64) -> Option<(TimerId, Timer)> {
        if now < self.soonest { None } else { self.pop_first(now) }
    }

    fn pop_first(&mut self, now: u64) -> Option<(TimerId, Timer)> {
        let deadline = self.next()?;
        if deadline > now {
            return None;
        }
        let Reverse((_, _, place)) = self.deadlines.pop()?;
        self.fire(place)
    }

    fn fire(&mut self, place: Place) -> Option<(TimerId, Timer)> {
        let slot = &mut self.slots[place.index()];
        let Slot::Set { id, timer } = std::mem::replace(slot, Slot::Fired) else { return None };
        if let Action::Call(_) | Action::Signal(_) = timer.action {
            *slot = Slot::Free { next: self.free };
            self.free = Some(place);
        }
        Some((id, timer))
    }

    /// The earliest deadline.
    pub(super) fn next(&mut self) -> Option<u64> {
        while let Some(&Reverse((deadline, id, place))) = self.deadlines.peek() {
            if is_set(&self.slots, id, place) {
                self.soonest = deadline;
                return Some(deadline);
            }
            self.deadlines.pop();
            self.stale -= 1;
        }
        self.soonest = u64::MAX;
        None
    }
}

/// Whether the timer of that number still lies there.
fn is_set(slots: &[Slot], number: TimerId, place: Place) -> bool {
    matches!(&slots[place.index()], Slot::Set { id, .. } if *id == number)
}

/// Where timers with owners lie. Keys are given out in order, so it is sorted by them, counted from the first.
#[derive(Default)]
struct Owned {
    /// No place for those that were taken back.
    entries: VecDeque<(TimerKey, Option<Place>)>,
    removed: usize,
}

impl Owned {
    fn add(&mut self, key: TimerKey, place: Place) {
        if self.entries.len() == self.entries.capacity() {
            // What it takes is no allocation of the task's.
            uncounted(|| self.entries.reserve(1));
        }
        self.entries.push_back((key, Some(place)));
    }

    fn position(&self, key: TimerKey) -> Option<usize> {
        let first = self.entries.front()?.0;
        let distance = |key: TimerKey| key.0.get().wrapping_sub(first.0.get());
        // While one executor sets timers, their keys follow one another: then a timer lies as far behind the first as its
        // key. Nothing was put between; only what was removed may have brought it nearer.
        let at = distance(key) as usize;
        if self.entries.get(at).is_some_and(|&(there, _)| there == key) {
            return Some(at);
        }
        self.entries.binary_search_by_key(&distance(key), |&(key, _)| distance(key)).ok()
    }

    fn find(&self, key: TimerKey) -> Option<Place> {
        self.entries[self.position(key)?].1
    }

    fn remove(&mut self, key: TimerKey) -> Option<Place> {
        let at = self.position(key)?;
        let place = self.entries[at].1.take()?;
        self.removed += 1;
        while let Some((_, None)) = self.entries.front() {
            self.entries.pop_front();
            self.removed -= 1;
        }
        if self.removed > 32 + self.entries.len() / 2 {
            self.entries.retain(|(_, place)| place.is_some());
            self.removed = 0;
        }
        Some(place)
    }
}
