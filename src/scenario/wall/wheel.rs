//! A timer wheel: what holds a waker until its time has come, and wakes it then.
//!
//! A *slot* stands for one millisecond of a *turn* of [`SLOTS`] of them, and holds a list of the timers that are due at
//! that millisecond of any turn. Setting and cancelling a timer take the same few steps however many are set; the time
//! is advanced a slot at a time. A list leads one way only, so that setting touches no other timer: one that is
//! cancelled lets go of its waker at once, and stays in its list until its time has come. (If it is set anew before
//! that, and only then, it is looked for in the list.) The timers are made once, one for each who may ever wait: nothing is allocated later.
//!
//! Beside each timer there is room for what its owner wants to keep: code that looks at the one soon looks at the other,
//! and a million of them do not fit into any cache.

use std::task::Waker;

/// Milliseconds in a turn of the wheel.
pub const SLOTS: usize = 1 << 16;

/// No timer.
const NONE: u32 = u32::MAX;
/// Instead of the next timer: it is in no list.
const APART: u32 = u32::MAX - 1;

/// A timer. It is set as long as it holds a waker.
struct Timer<T> {
    waker: Option<Waker>,
    /// Stays what it was when the timer has fired.
    due: u32,
    /// The next one in the list of its slot.
    next: u32,
    kept: T,
}

/// The wheel, and all of its timers, with a `T` beside each.
pub struct Wheel<T = ()> {
    timers: Box<[Timer<T>]>,
    /// The first timer of each slot.
    slots: Box<[u32]>,
    /// The time up to which timers have fired, or are being fired.
    now: u32,
    /// The timer to look at next in the slot of `now`, and the one before it in the list.
    at: u32,
    behind: u32,
    set: u32,
}

impl<T: Default> Wheel<T> {
    /// A wheel with timers numbered from 0, none of them set, at time 0.
    pub fn new(timers: u32) -> Self {
        let idle = || Timer { waker: None, due: 0, next: APART, kept: T::default() };
        Wheel {
            timers: (0..timers).map(|_| idle()).collect(),
            slots: vec![NONE; SLOTS].into_boxed_slice(),
            now: 0,
            at: NONE,
            behind: NONE,
            set: 0,
        }
    }

    /// The time in ms: that of the last [`fire`](Self::fire).
    pub fn now(&self) -> u32 {
        self.now
    }

    /// How many timers are set.
    pub fn set_timers(&self) -> u32 {
        self.set
    }

    /// When a timer is due, in ms; none if it is not set.
    pub fn due(&self, timer: u32) -> Option<u32> {
        let timer = &self.timers[timer as usize];
        timer.waker.is_some().then_some(timer.due)
    }

    /// The waker that a timer holds; none if it is not set.
    pub fn waker(&self, timer: u32) -> Option<&Waker> {
        self.timers[timer as usize].waker.as_ref()
    }

    /// When a timer was due last, fired or not; 0 if it was never set.
    pub fn last_due(&self, timer: u32) -> u32 {
        self.timers[timer as usize].due
    }

    /// What is kept beside a timer.
    pub fn kept(&self, timer: u32) -> &T {
        &self.timers[timer as usize].kept
    }

    /// What is kept beside a timer, to be changed.
    pub fn kept_mut(&mut self, timer: u32) -> &mut T {
        &mut self.timers[timer as usize].kept
    }

    /// Sets a timer to `ms` from now, and in any case later than now. One that was set is set anew, and the waker that
    /// it held is given back.
    pub fn set(&mut self, timer: u32, ms: u32, waker: Waker) -> Option<Waker> {
        let before = self.cancel(timer);
        if self.timers[timer as usize].next != APART {
            self.take_out(timer);
        }
        let due = self.now.saturating_add(ms.max(1));
        let first = std::mem::replace(&mut self.slots[slot_of(due)], timer);
        // It comes before the others of the slot, and of the one that is being fired it is behind.
        if slot_of(due) == slot_of(self.now) && self.behind == NONE {
            self.behind = timer;
        }
        let it = &mut self.timers[timer as usize];
        (it.waker, it.due, it.next) = (Some(waker), due, first);
        self.set += 1;
        before
    }

    /// Lets a timer that is still set hold another waker, unless it is the same one.
    pub fn keep(&mut self, timer: u32, waker: &Waker) {
        if let Some(held) = &mut self.timers[timer as usize].waker {
            held.clone_from(waker);
        }
    }

    /// Takes the waker from a timer; it will not fire.
    pub fn cancel(&mut self, timer: u32) -> Option<Waker> {
        let waker = self.timers[timer as usize].waker.take();
        self.set -= u32::from(waker.is_some());
        waker
    }

    /// Takes a timer out of the list that it is in.
    fn take_out(&mut self, timer: u32) {
        let Timer { due, next, .. } = self.timers[timer as usize];
        let (mut before, mut it) = (NONE, self.slots[slot_of(due)]);
        while it != timer {
            (before, it) = (it, self.timers[it as usize].next);
        }
        self.close_gap(slot_of(due), before, timer, next);
        if self.at == timer {
            self.at = next;
        }
        if self.behind == timer {
            self.behind = before;
        }
    }

    fn close_gap(&mut self, slot: usize, before: u32, timer: u32, next: u32) {
        match before {
            NONE => self.slots[slot] = next,
            before => self.timers[before as usize].next = next,
        }
        self.timers[timer as usize].next = APART;
    }

    /// Fires the next timer that is due by `until`: gives its number and the waker to wake. None once there is no
    /// more, and then it is `until`.
    ///
    /// Timers fire in order of the millisecond at which they are due, and in no promised order within one. To be
    /// called in a loop, in which others may be set and cancelled: those that are set then count from the millisecond
    /// that is being fired.
    pub fn fire(&mut self, until: u32) -> Option<(u32, Waker)> {
        loop {
            while self.at != NONE {
                let timer = self.at;
                let Timer { due, next, .. } = self.timers[timer as usize];
                self.at = next;
                // Others in this slot are due in a later turn.
                if due > self.now {
                    self.behind = timer;
                    continue;
                }
                self.close_gap(slot_of(self.now), self.behind, timer, next);
                if let Some(waker) = self.cancel(timer) {
                    return Some((timer, waker));
                }
            }
            if self.now >= until {
                return None;
            }
            self.now = if self.set == 0 { until } else { self.now + 1 };
            (self.at, self.behind) = (self.slots[slot_of(self.now)], NONE);
        }
    }
}

fn slot_of(time: u32) -> usize {
    time as usize % SLOTS
}
