//! The state of each future, in a byte: what the page paints a pixel from.
//!
//! | byte | what it says |
//! |------|--------------|
//! | 0 | there is no future yet |
//! | 1 | spawned, and not polled yet |
//! | 2 | ready: woken, and not polled since |
//! | 3 | done: it has returned |
//! | 4 | waits, and was polled long ago |
//! | 128 to 255 | waits; it was polled in the frame with these last seven bits |
//!
//! Frames are counted, and the count wraps. So that an old poll is never taken for a new one, a part of the bytes is
//! looked through in each frame, and a poll that is [`LONG`] frames old is forgotten: the byte becomes 4.

use std::cell::Cell;

/// No future yet.
pub const NONE: u8 = 0;
/// Spawned, and not polled yet.
pub const SPAWNED: u8 = 1;
/// Woken, and not polled since.
pub const READY: u8 = 2;
/// It has returned.
pub const DONE: u8 = 3;
/// It waits, and was polled long ago.
pub const WAITING: u8 = 4;
/// Added to the frame of a poll.
pub const POLLED: u8 = 128;
/// After so many frames a poll is long ago.
pub const LONG: u8 = 64;

/// A poll that is less than so many frames old is counted as one of just now.
pub const RECENT: u8 = 16;

/// How many futures are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Spawned, and not polled yet.
    pub spawned: u32,
    /// Woken, and not polled since.
    pub ready: u32,
    /// They wait, and were polled less than [`RECENT`] frames ago.
    pub polled: u32,
    /// They wait, and were polled longer ago.
    pub waiting: u32,
    /// They have returned.
    pub done: u32,
}

/// The bytes, in one piece of memory that never moves.
pub struct States {
    bytes: Box<[Cell<u8>]>,
    frame: Cell<u8>,
    /// Where the next look at old polls begins.
    looked: Cell<usize>,
}

impl States {
    /// One byte for each future, all 0.
    pub fn new(futures: u32) -> Self {
        let bytes = vec![const { Cell::new(NONE) }; futures as usize].into_boxed_slice();
        States { bytes, frame: Cell::new(0), looked: Cell::new(0) }
    }

    /// The bytes, where they lie.
    pub fn bytes(&self) -> &[Cell<u8>] {
        &self.bytes
    }

    /// The frame that it is, from 0 to 127.
    pub fn frame(&self) -> u8 {
        self.frame.get()
    }

    /// The byte of a future.
    pub fn get(&self, future: u32) -> u8 {
        self.bytes[future as usize].get()
    }

    /// Sets the byte of a future.
    pub fn set(&self, future: u32, state: u8) {
        self.bytes[future as usize].set(state);
    }

    /// The byte of one that is polled now, and waits after it.
    pub fn set_polled(&self, future: u32) {
        self.set(future, POLLED | self.frame.get());
    }

    /// Begins another frame, and forgets old polls in a part of the bytes: in [`LONG`] frames, in all of them.
    pub fn next_frame(&self) {
        let frame = (self.frame.get() + 1) % POLLED;
        self.frame.set(frame);
        let part = self.bytes.len().div_ceil(LONG.into());
        let from = self.looked.get();
        let to = (from + part).min(self.bytes.len());
        for byte in &self.bytes[from..to] {
            let state = byte.get();
            if state >= POLLED && age(state, frame) >= LONG {
                byte.set(WAITING);
            }
        }
        self.looked.set(if to == self.bytes.len() { 0 } else { to });
    }

    /// Counts them.
    pub fn tally(&self) -> Tally {
        // Four counts side by side: one would wait for itself, since neighbours are alike.
        let mut counts = [[0u32; 256]; 4];
        let (fours, rest) = self.bytes.as_chunks::<4>();
        for four in fours {
            for (counts, byte) in counts.iter_mut().zip(four) {
                counts[usize::from(byte.get())] += 1;
            }
        }
        for byte in rest {
            counts[0][usize::from(byte.get())] += 1;
        }
        let mut tally = Tally::default();
        for state in 0..=u8::MAX {
            let count = counts.iter().map(|c| c[usize::from(state)]).sum::<u32>();
            match state {
                NONE => {}
                SPAWNED => tally.spawned += count,
                READY => tally.ready += count,
                DONE => tally.done += count,
                POLLED.. if age(state, self.frame()) < RECENT => tally.polled += count,
                _ => tally.waiting += count,
            }
        }
        tally
    }
}

/// How many frames ago the poll was that `state` stands for.
fn age(state: u8, frame: u8) -> u8 {
    frame.wrapping_sub(state) % POLLED
}
