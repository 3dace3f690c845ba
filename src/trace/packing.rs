//! How an event lies in memory: two words of eight bytes beside its time.
//!
//! | word   | bits   | holds                                                             |
//! |--------|--------|-------------------------------------------------------------------|
//! | `head` | 0..8   | which [`Event`] (its [`Kind`])                                    |
//! |        | 8..16  | its small enums, in order, four bits each                         |
//! |        | 16..32 | the place in the code, 0 for none                                 |
//! |        | 32..64 | the task, 0 for none                                              |
//! | `args` | 0..64  | its other numbers, in order, 16 or 32 bits each                   |
//!
//! Where each number goes is known when the code is compiled: an event is three stores.

use super::events::{Event, Kind};
use super::field::{Get, Put};
use super::ids::TaskId;

/// One event as it lies in the columns: its head and its arguments.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Words(pub(crate) u64, pub(crate) u64);

struct Packer {
    words: Words,
    smalls: u32,
    args: u32,
}

impl Put for Packer {
    #[inline(always)]
    fn task(&mut self, n: u32) {
        self.words.0 |= u64::from(n) << 32;
    }

    #[inline(always)]
    fn site(&mut self, n: u16) {
        self.words.0 |= u64::from(n) << 16;
    }

    #[inline(always)]
    fn small(&mut self, n: u8) {
        self.words.0 |= u64::from(n) << (8 + self.smalls);
        self.smalls += 4;
    }

    #[inline(always)]
    fn half(&mut self, n: u16) {
        self.words.1 |= u64::from(n) << self.args;
        self.args += 16;
    }

    #[inline(always)]
    fn word(&mut self, n: u32) {
        self.words.1 |= u64::from(n) << self.args;
        self.args += 32;
    }
}

struct Unpacker {
    words: Words,
    smalls: u32,
}

impl Get for Unpacker {
    fn task(&mut self) -> u32 {
        (self.words.0 >> 32) as u32
    }

    fn site(&mut self) -> u32 {
        u32::from((self.words.0 >> 16) as u16)
    }

    fn small(&mut self) -> u32 {
        let small = (self.words.0 >> (8 + self.smalls)) as u32 & 15;
        self.smalls += 4;
        small
    }

    fn half(&mut self) -> u32 {
        let half = u32::from(self.words.1 as u16);
        self.words.1 >>= 16;
        half
    }

    fn word(&mut self) -> u32 {
        let word = self.words.1 as u32;
        self.words.1 >>= 32;
        word
    }
}

impl Words {
    /// An event's. Where the variant is known, which is nearly everywhere, most of this is done by the compiler, unless it
    /// builds the page's module, for size.
    #[cfg_attr(not(feature = "small"), inline(always))]
    #[cfg_attr(feature = "small", inline(never))]
    pub(crate) fn of(event: Event) -> Words {
        event.put(|kind| Packer { words: Words(kind as u64, 0), smalls: 0, args: 0 }).words
    }

    /// The event.
    pub(crate) fn event(self) -> Event {
        Event::get(self.kind(), &mut Unpacker { words: self, smalls: 0 }).expect("words are made by `Words::of` alone")
    }

    /// Which event.
    pub(crate) fn kind(self) -> Kind {
        Kind::ALL[self.0 as u8 as usize]
    }

    /// Its task; none if it has none.
    pub(crate) fn task(self) -> TaskId {
        TaskId((self.0 >> 32) as u32)
    }
}
