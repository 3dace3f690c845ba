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

use super::codes::UnknownCode;
use super::events::{Event, Kind};
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
    /// An event's. Where the variant is known, which is nearly everywhere, most of this is done by the compiler, unless it
    /// builds the page's module, for size.
    #[cfg_attr(not(feature = "small"), inline(always))]
    #[cfg_attr(feature = "small", inline(never))]
    pub(crate) fn of(event: Event) -> Words {
        let mut packer = Packer { words: Words(event.kind() as u64, 0), smalls: 8, args: 0 };
        event.put(&mut packer);
        packer.words
    }

    /// The event.
    pub(crate) fn event(self) -> Event {
        self.read().expect("words are made by `Words::of` alone")
    }

    /// The event, if there is one of these numbers. The kind must be one.
    pub(crate) fn read(self) -> Result<Event, UnknownCode> {
        Event::get(self.kind(), &mut Unpacker { words: self, smalls: 8 })
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

/// A number of an event: in which of its words, and where in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bits {
    is_head: bool,
    shift: u32,
    /// The largest number that has room.
    pub(crate) most: u32,
}

impl Bits {
    /// Where the numbers of a kind lie, in order.
    pub(crate) fn of(kind: Kind) -> impl Iterator<Item = Bits> {
        let (mut smalls, mut args) = (8, 0);
        kind.fields().iter().flat_map(|&(_, slots)| slots).map(move |slot| match slot {
            Slot::Task => Bits { is_head: true, shift: 32, most: u32::MAX },
            Slot::Site => Bits { is_head: true, shift: 16, most: 0xffff },
            Slot::Small => {
                smalls += 4;
                Bits { is_head: true, shift: smalls - 4, most: 0xf }
            }
            Slot::Half => {
                args += 16;
                Bits { is_head: false, shift: args - 16, most: 0xffff }
            }
            Slot::Word => {
                args += 32;
                Bits { is_head: false, shift: args - 32, most: u32::MAX }
            }
        })
    }

    /// The number that lies there.
    pub(crate) fn of_words(self, words: Words) -> u32 {
        let word = if self.is_head { words.0 } else { words.1 };
        (word >> self.shift) as u32 & self.most
    }

    /// Puts a number there, where none is yet; it must have room.
    pub(crate) fn put(self, n: u32, words: &mut Words) {
        let word = if self.is_head { &mut words.0 } else { &mut words.1 };
        *word |= u64::from(n) << self.shift;
    }
}

/// Puts the numbers of fields where they go.
pub(crate) struct Packer {
    words: Words,
    smalls: u32,
    args: u32,
}

impl Packer {
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
