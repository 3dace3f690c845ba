//! How an event lies in memory: two words of eight bytes beside its time.
//!
//! | word   | bits   | holds                                                             |
//! |--------|--------|-------------------------------------------------------------------|
//! | `head` | 0..8   | which event (the number of its kind)                              |
//! |        | 8..16  | its small enums, in order, four bits each                         |
//! |        | 16..32 | the place in the code, 0 for none                                 |
//! |        | 32..64 | the task, 0 for none                                              |
//! | `args` | 0..64  | its other numbers, in order, 16 or 32 bits each                   |
//!
//! Where each number goes is known when the code is compiled: an event is three stores. This file must not know the events:
//! which fields each has, its table says.

use super::ids::TaskId;

/// Where a number of a field goes, by what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// The task that the event is of.
    Task,
    /// The place in the code.
    Site,
    /// An enum's number of four bits.
    Small,
    /// A number of 16 bits.
    Half,
    /// A number of 32 bits.
    Word,
}

/// The name of a field, and the slots of its numbers.
pub(crate) type FieldSlots = (&'static str, &'static [Slot]);

/// Whether these fields have room in an event.
pub(super) const fn fit(fields: &[FieldSlots]) -> bool {
    let (mut tasks, mut sites, mut smalls, mut halves) = (0, 0, 0, 0);
    let mut f = 0;
    while f < fields.len() {
        let mut i = 0;
        while i < fields[f].1.len() {
            match fields[f].1[i] {
                Slot::Task => tasks += 1,
                Slot::Site => sites += 1,
                Slot::Small => smalls += 1,
                Slot::Half => halves += 1,
                Slot::Word => halves += 2,
            }
            i += 1;
        }
        f += 1;
    }
    tasks <= 1 && sites <= 1 && smalls <= 2 && halves <= 4
}

/// The most numbers that an event has room for.
pub(crate) const MOST_NUMBERS: usize = 1 + 1 + 2 + 4;

/// One event as it lies in the columns: its head and its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Words(pub(crate) u64, pub(crate) u64);

impl Words {
    /// Its task; none if it has none.
    pub(crate) fn task(self) -> TaskId {
        TaskId((self.0 >> 32) as u32)
    }
}

/// Puts the numbers of fields where they go.
pub(crate) struct Packer {
    words: Words,
    smalls: u32,
    args: u32,
}

impl Packer {
    /// For an event of the kind of this number.
    #[inline(always)]
    pub(super) fn new(kind: u8) -> Packer {
        Packer { words: Words(kind.into(), 0), smalls: 8, args: 0 }
    }

    /// The event, when all its numbers are there.
    #[inline(always)]
    pub(super) fn finish(self) -> Words {
        self.words
    }

    #[inline(always)]
    pub(super) fn task(&mut self, n: u32) {
        self.words.0 |= u64::from(n) << 32;
    }

    #[inline(always)]
    pub(super) fn site(&mut self, n: u16) {
        self.words.0 |= u64::from(n) << 16;
    }

    #[inline(always)]
    pub(super) fn small(&mut self, n: u8) {
        self.words.0 |= u64::from(n) << self.smalls;
        self.smalls += 4;
    }

    #[inline(always)]
    pub(super) fn half(&mut self, n: u16) {
        self.words.1 |= u64::from(n) << self.args;
        self.args += 16;
    }

    #[inline(always)]
    pub(super) fn word(&mut self, n: u32) {
        self.words.1 |= u64::from(n) << self.args;
        self.args += 32;
    }
}

/// Gives them back, in the same order.
pub(crate) struct Unpacker {
    words: Words,
    smalls: u32,
}

impl Unpacker {
    pub(super) fn new(words: Words) -> Unpacker {
        Unpacker { words, smalls: 8 }
    }

    pub(super) fn task(&mut self) -> u32 {
        (self.words.0 >> 32) as u32
    }

    pub(super) fn site(&mut self) -> u16 {
        (self.words.0 >> 16) as u16
    }

    pub(super) fn small(&mut self) -> u8 {
        let small = (self.words.0 >> self.smalls) as u8 & 15;
        self.smalls += 4;
        small
    }

    pub(super) fn half(&mut self) -> u16 {
        let half = self.words.1 as u16;
        self.words.1 >>= 16;
        half
    }

    pub(super) fn word(&mut self) -> u32 {
        let word = self.words.1 as u32;
        self.words.1 >>= 32;
        word
    }
}
