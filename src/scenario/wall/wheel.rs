//! A timer wheel: what holds a waker until its time has come, and wakes it then.
//!
//! A *slot* stands for one millisecond of a *turn* of [`SLOTS`] of them, and holds a list of the timers that are due at
//! that millisecond of any turn. Setting and cancelling a timer take the same few steps however many are set; the time
//! is advanced a slot at a time. The timers are made once, one for each who may ever wait: nothing is allocated later.
//!
//! Beside each timer there is room for what its owner wants to keep: whoever looks at the one soon looks at the other,
//! and a million of them do not fit into any cache.

use std::task::Waker;

/// Milliseconds in a turn of the wheel.
pub const SLOTS: usize = 1 << 16;

/// No timer.
const NONE: u32 = u32::MAX;

/// A timer. It is set as long as it holds a waker.
struct Timer<T> {
    waker: Option<Waker>,
    /// Stays what it was when the timer has fired.
    due: u32,
    next: u32,
    previous: u32,
    kept: T,
}

/// The wheel, and all of its timers, with a `T` beside each.
pub struct Wheel<T = ()> {
    timers: Box<[Timer<T>]>,
    /// The first timer of each slot.
    slots: Box<[u32]>,
    /// The time up to which timers have fired, or are being fired.
    now: u32,
    /// The timer to look at next in the slot of `now`.
    at: u32,
    set: u32,
}

impl<T: Default> Wheel<T> {
    /// A wheel with timers numbered from 0, none of them set, at time 0.
    pub fn new(timers: u32) -> Self {
        let idle = || Timer { waker: None, due: 0, next: NONE, previous: NONE, kept: T::default() };
        Wheel {
            timers: (0..timers).map(|_| idle()).collect(),
            slots: vec![NONE; SLOTS].into_boxed_slice(),
            now: 0,
            at: NONE,
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
        let due = self.now.saturating_add(ms.max(1));
        let slot = &mut self.slots[due as usize % SLOTS];
        let first = std::mem::replace(slot, timer);
        let it = &mut self.timers[timer as usize];
        (it.waker, it.due, it.next, it.previous) = (Some(waker), due, first, NONE);
        if first != NONE {
            self.timers[first as usize].previous = timer;
        }
        self.set += 1;
        before
    }

    /// Lets a timer that is still set hold another waker, unless it is the same one.
    pub fn keep(&mut self, timer: u32, waker: &Waker) {
        if let Some(held) = &mut self.timers[timer as usize].waker {
            held.clone_from(waker);
        }
    }

    /// Takes a timer off the wheel; it will not fire. Gives the waker that it held.
    pub fn cancel(&mut self, timer: u32) -> Option<Waker> {
        let Timer { waker, due, next, previous, .. } = &mut self.timers[timer as usize];
        let waker = waker.take()?;
        let (due, next, previous) = (*due, *next, *previous);
        match previous {
            NONE => self.slots[due as usize % SLOTS] = next,
            previous => self.timers[previous as usize].next = next,
        }
        if next != NONE {
            self.timers[next as usize].previous = previous;
        }
        if self.at == timer {
            self.at = next;
        }
        self.set -= 1;
        Some(waker)
    }

    /// Fires the next timer that is due by `until`: gives its number and the waker to wake. None once there is no
    /// more, and then it is `until`.
    ///
    /// Timers fire in order of the millisecond at which they are due, and in no promised order within one. To be
    /// called in a loop, in which others may be set and cancelled; those that are set then fire in a later loop.
    pub fn fire(&mut self, until: u32) -> Option<(u32, Waker)> {
        loop {
            while self.at != NONE {
                let timer = self.at;
                let Timer { due, next, .. } = self.timers[timer as usize];
                self.at = next;
                // Others in this slot are due in a later turn.
                if due <= self.now {
                    return self.cancel(timer).map(|waker| (timer, waker));
                }
            }
            if self.now >= until {
                return None;
            }
            self.now = if self.set == 0 { until } else { self.now + 1 };
            self.at = self.slots[self.now as usize % SLOTS];
        }
    }
}
