//! The board: what all pixels of a wall share. Their states, their timers, and what is known of each.
//!
//! While a wall is driven, its board is in reach of its pixels, as a runtime's timers are in reach of its tasks.

use super::pattern::Waits;
use super::states::{DONE, NONE, READY, SPAWNED, States};
use super::wheel::Wheel;
use super::{Ends, WallParams};
use serde::Serialize;
use std::cell::{Cell, RefCell};
use std::hint::black_box;
use std::rc::Rc;
use std::task::Waker;

/// What is kept of each future beside its timer: 8 bytes.
#[derive(Clone, Copy, Default)]
struct Record {
    /// When it was spawned, polled last, woken before its time, or done, in ms.
    since: u32,
    /// Those at its time.
    polls: u32,
}

thread_local! {
    static DRIVEN: RefCell<Option<Rc<Board>>> = const { RefCell::new(None) };
}

/// Calls `f` with the board that is being driven.
///
/// # Panics
/// If none is: a pixel lives and dies with its wall.
pub(super) fn driven<T>(f: impl FnOnce(&Board) -> T) -> T {
    DRIVEN.with_borrow(|board| f(board.as_ref().expect("a pixel is used while its wall is driven")))
}

/// Drives a board: what `f` does to its pixels finds it.
pub(super) fn drive<T>(board: &Rc<Board>, f: impl FnOnce() -> T) -> T {
    struct Before(Option<Rc<Board>>);
    impl Drop for Before {
        fn drop(&mut self) {
            DRIVEN.replace(self.0.take());
        }
    }
    let _before = Before(DRIVEN.replace(Some(board.clone())));
    f()
}

/// What happened on a wall so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Polls that found the timer still set.
    pub wasted: u64,
    /// Timers that fired, each waking one future.
    pub fired: u64,
}

/// What a future is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Doing {
    /// There is none at this place yet.
    Unspawned,
    /// Spawned, and not polled yet.
    Spawned,
    /// Woken, and not polled since.
    Ready,
    /// It waits for its timer.
    Pending,
    /// It has returned.
    Done,
}

/// What is known of one future.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct PixelDescription {
    /// Its number, from 0.
    pub future: u32,
    /// What it does.
    pub doing: Doing,
    /// Since when, in ms of the wall's clock.
    pub since: u32,
    /// When its timer is due, if it waits for one.
    pub due: Option<u32>,
    /// How often it was polled.
    pub polls: u32,
    /// The clock.
    pub now: u32,
}

/// What all pixels of a wall share.
pub(super) struct Board {
    pub(super) states: States,
    pub(super) waits: Waits,
    wheel: RefCell<Wheel<Record>>,
    counts: Cell<Counts>,
    /// Polls before their time, of the few that had any: they end no wait, and are counted apart.
    early: RefCell<Vec<(u32, u32)>>,
    /// Waits until a future is done.
    turns: u32,
    work: u32,
}

impl Board {
    pub(super) fn new(params: &WallParams, seed: u32) -> Self {
        Board {
            states: States::new(params.futures),
            waits: Waits::new(params, seed),
            wheel: RefCell::new(Wheel::new(params.futures)),
            counts: Cell::default(),
            early: RefCell::default(),
            turns: match params.ends {
                Ends::Never => u32::MAX,
                Ends::One => 1,
                Ends::Three => 3,
                Ends::Ten => 10,
            },
            work: params.work,
        }
    }

    pub(super) fn len(&self) -> u32 {
        self.states.bytes().len() as u32
    }

    pub(super) fn now(&self) -> u32 {
        self.wheel.borrow().now()
    }

    pub(super) fn counts(&self) -> Counts {
        self.counts.get()
    }

    /// Fires the timers that are due by `now`: each wakes the future whose waker it holds.
    pub(super) fn fire(&self, now: u32) -> u32 {
        let mut fired = 0;
        loop {
            // Borrowed for each alone: a waker may do anything.
            let Some((index, waker)) = self.wheel.borrow_mut().fire(now) else { break };
            self.states.set(index, READY);
            waker.wake();
            fired += 1;
        }
        self.count(|counts| counts.fired += u64::from(fired));
        fired
    }

    /// Wakes a future that waits, though its timer has not fired: what it finds is that it is still to wait. Says whether
    /// there was one to wake.
    pub(super) fn wake(&self, index: u32) -> bool {
        if index >= self.len() {
            return false;
        }
        let Some(waker) = self.wheel.borrow().waker(index).cloned() else { return false };
        self.enter(index, READY);
        // As when a timer fires, no borrow is held.
        waker.wake();
        true
    }

    pub(super) fn spawned(&self, index: u32) {
        self.enter(index, SPAWNED);
    }

    pub(super) fn done(&self, index: u32) {
        self.enter(index, DONE);
    }

    pub(super) fn lives_on(&self, index: u32) -> bool {
        let mut wheel = self.wheel.borrow_mut();
        let record = wheel.kept_mut(index);
        // The first poll comes here first; each later one that is counted has come through the timer.
        if record.polls == 0 {
            record.polls = 1;
        }
        record.polls <= self.turns
    }

    pub(super) fn next_wait(&self, index: u32) -> u32 {
        self.waits.next(index, self.now())
    }

    pub(super) fn work(&self, index: u32) {
        let mut x = index | 1;
        for _ in 0..self.work {
            x ^= x << 13;
            x ^= x >> 17;
            x = black_box(x ^ (x << 5));
        }
    }

    pub(super) fn set_timer(&self, index: u32, ms: u32, waker: &Waker) {
        let mut wheel = self.wheel.borrow_mut();
        let before = wheel.set(index, ms, waker.clone());
        let now = wheel.now();
        wheel.kept_mut(index).since = now;
        drop(wheel);
        // Let go of outside of the borrow, as in `cancel_timer`.
        drop(before);
        self.states.set_polled(index);
    }

    /// Whether the timer is still set, and holds the waker.
    pub(super) fn keep_timer(&self, index: u32, waker: &Waker) -> bool {
        let mut wheel = self.wheel.borrow_mut();
        if wheel.due(index).is_none() {
            wheel.kept_mut(index).polls += 1;
            return false;
        }
        wheel.keep(index, waker);
        let now = wheel.now();
        wheel.kept_mut(index).since = now;
        self.count(|counts| counts.wasted += 1);
        self.states.set_polled(index);
        let mut early = self.early.borrow_mut();
        match early.iter_mut().find(|(it, _)| *it == index) {
            Some((_, polls)) => *polls += 1,
            None => early.push((index, 1)),
        }
        true
    }

    pub(super) fn cancel_timer(&self, index: u32) {
        let waker = self.wheel.borrow_mut().cancel(index);
        // The last waker of a task frees what is left of it: not inside of the borrow.
        drop(waker);
    }

    pub(super) fn describe(&self, index: u32) -> Option<PixelDescription> {
        if index >= self.len() {
            return None;
        }
        let wheel = self.wheel.borrow();
        let Record { since, polls } = *wheel.kept(index);
        let doing = match self.states.get(index) {
            NONE => Doing::Unspawned,
            SPAWNED => Doing::Spawned,
            READY => Doing::Ready,
            DONE => Doing::Done,
            _ => Doing::Pending,
        };
        // It is ready since its timer fired, or was woken before that.
        let since = if doing == Doing::Ready && wheel.due(index).is_none() { wheel.last_due(index) } else { since };
        let early = self.early.borrow().iter().find(|(it, _)| *it == index).map_or(0, |&(_, polls)| polls);
        Some(PixelDescription {
            future: index,
            doing,
            since,
            due: wheel.due(index),
            polls: polls + early,
            now: wheel.now(),
        })
    }

    fn enter(&self, index: u32, state: u8) {
        self.states.set(index, state);
        let mut wheel = self.wheel.borrow_mut();
        let now = wheel.now();
        wheel.kept_mut(index).since = now;
    }

    fn count(&self, change: impl FnOnce(&mut Counts)) {
        let mut counts = self.counts.get();
        change(&mut counts);
        self.counts.set(counts);
    }
}
