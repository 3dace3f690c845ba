//! A wall that runs: real futures on the bare executor, woken by the wheel's timers.
//!
//! The driver brings the time, frame by frame: [`fire`](Wall::fire) wakes those whose time has come,
//! [`poll`](Wall::poll) polls those who are ready. What is seen between the two is true as well: who was just woken is
//! ready, and was not polled yet.

use super::board::{self, Board, Counts, PixelDescription};
use super::code::light;
use super::pixel::Pixel;
use super::states::Tally;
use super::{WallParams, read};
use crate::executor::{Executor, Until};
use crate::scenario::{Given, Problem};
use std::cell::Cell;
use std::rc::Rc;

/// A wall of futures. Dropped, it drops them all.
pub struct Wall {
    executor: Executor<()>,
    board: Rc<Board>,
    spawned: u32,
    future_size: u32,
}

impl Wall {
    /// A wall with room for as many futures as the form says, and none of them spawned yet. All memory but that of
    /// the tasks is taken here, and just as much as is needed.
    ///
    /// # Errors
    /// Every field that is wrong.
    pub fn new(given: Given<'_>) -> Result<Self, Problem> {
        let (params, seed) = read(given)?;
        Ok(Self::with(&params, seed))
    }

    fn with(params: &WallParams, seed: u32) -> Self {
        let board = Rc::new(Board::new(params, seed));
        Wall { executor: Executor::new(()), board, spawned: 0, future_size: 0 }
    }

    /// Spawns up to `n` more futures; says how many there are now.
    pub fn spawn(&mut self, n: u32) -> u32 {
        let until = self.spawned.saturating_add(n).min(self.board.len());
        for index in self.spawned..until {
            let future = light(Pixel::new(index));
            self.future_size = size_of_val(&future) as u32;
            self.board.spawned(index);
            self.executor.spawn_detached("light", future);
        }
        self.spawned = until;
        until
    }

    /// How many places there are.
    pub fn places(&self) -> u32 {
        self.board.len()
    }

    /// Columns of the wall.
    pub fn columns(&self) -> u32 {
        self.board.waits.columns()
    }

    /// The bytes of one future, as the compiler laid it out; 0 before the first is spawned.
    pub fn future_size(&self) -> u32 {
        self.future_size
    }

    /// Futures that are not done.
    pub fn alive(&self) -> u32 {
        self.executor.alive() as u32
    }

    /// Begins another frame, at a time in ms that never falls, and fires the timers that are due: each wakes its
    /// future. Says how many they were.
    pub fn fire(&self, now: u32) -> u32 {
        self.board.states.next_frame();
        self.board.fire(now)
    }

    /// Wakes one that waits, before its timer does; says whether there was one to wake.
    pub fn wake(&self, place: u32) -> bool {
        self.board.wake(place)
    }

    /// Polls those who are ready, for about so many polls; says how many polls there were. Fewer than asked for
    /// means that nobody is ready any more.
    pub fn poll(&self, polls: u32) -> u32 {
        let before = self.polls();
        board::drive(&self.board, || self.executor.drive(Until::Idle, polls));
        (self.polls() - before) as u32
    }

    /// The clock, in ms.
    pub fn now(&self) -> u32 {
        self.board.now()
    }

    /// Polls so far.
    pub fn polls(&self) -> u64 {
        self.executor.polls()
    }

    /// What else happened so far.
    pub fn counts(&self) -> Counts {
        self.board.counts()
    }

    /// One byte for each place, in a piece of memory that never moves: see [`states`](super::states).
    pub fn states(&self) -> &[Cell<u8>] {
        self.board.states.bytes()
    }

    /// The frame that it is: the last seven bits of the bytes of those who were polled in it.
    pub fn frame(&self) -> u8 {
        self.board.states.frame()
    }

    /// Counts the states.
    pub fn tally(&self) -> Tally {
        self.board.states.tally()
    }

    /// What is known of one place; none beyond the last.
    pub fn describe(&self, place: u32) -> Option<PixelDescription> {
        self.board.describe(place)
    }
}

impl Drop for Wall {
    /// The tasks that are left are dropped with their wall in reach.
    fn drop(&mut self) {
        let executor = std::mem::replace(&mut self.executor, Executor::new(()));
        board::drive(&self.board, || drop(executor));
    }
}
