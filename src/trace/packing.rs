//! Events as words and back ([`super::slots`]), and where each number of an event lies in them.

use super::codes::UnknownCode;
use super::events::{Event, Kind};
use super::slots::{Packer, Slot, Unpacker, Words};

impl Words {
    /// An event's. Where the variant is known, which is nearly everywhere, most of this is done by the compiler, unless it
    /// builds the page's module, for size.
    #[cfg_attr(not(feature = "small"), inline(always))]
    #[cfg_attr(feature = "small", inline(never))]
    pub(crate) fn of(event: Event) -> Words {
        let mut packer = Packer::new(event.kind() as u8);
        event.put(&mut packer);
        packer.finish()
    }

    /// The event.
    pub(crate) fn event(self) -> Event {
        self.read().expect("words are made by `Words::of` alone")
    }

    /// The event, if there is one of these numbers. The kind must be one.
    pub(crate) fn read(self) -> Result<Event, UnknownCode> {
        Event::get(self.kind(), &mut Unpacker::new(self))
    }

    /// Which event.
    pub(crate) fn kind(self) -> Kind {
        Kind::ALL[self.0 as u8 as usize]
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
