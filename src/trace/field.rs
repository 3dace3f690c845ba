//! The fields of events: how each type of them is kept, read back, and told.
//!
//! A field is a few numbers. [`Put`] takes them and [`Get`] gives them back in the same order: the columns in memory
//! ([`super::packing`]) and those of the byte format ([`super::format`]) are two implementations of this one pair. What a
//! field refers to, and when two of them are the same, is its [`Meaning`](super::meaning::Meaning).

use super::codes::UnknownCode;
use super::event::{Change, DropReason, End, Outcome, Settled, WakeEffect, WakeSource};
use super::ids::{BlobId, FutureId, NameId, PlaceId, PromiseId, SiteId, SourceId, TaskId, TimerId};
use super::{SourceKind, Trace};
use std::fmt;

/// Takes the numbers of a field.
pub(crate) trait Put {
    /// The task that the event is of.
    fn task(&mut self, n: u32);
    /// The place in the code.
    fn site(&mut self, n: u16);
    /// An enum's number of at most four bits.
    fn small(&mut self, n: u8);
    /// A number of 16 bits.
    fn half(&mut self, n: u16);
    /// A number of 32 bits.
    fn word(&mut self, n: u32);
}

/// Gives back the numbers of a field. They come from anywhere: none is known to be as small as it was put.
pub(crate) trait Get {
    /// The task that the event is of.
    fn task(&mut self) -> u32;
    /// The place in the code.
    fn site(&mut self) -> u32;
    /// An enum's number.
    fn small(&mut self) -> u32;
    /// A number of 16 bits.
    fn half(&mut self) -> u32;
    /// A number of 32 bits.
    fn word(&mut self) -> u32;
}

/// How much room a field takes, in memory and as columns of the byte format.
#[derive(Clone, Copy)]
pub(crate) struct Room {
    tasks: u32,
    sites: u32,
    smalls: u32,
    halves: u32,
    /// How many numbers it is.
    pub(crate) numbers: usize,
}

impl Room {
    pub(crate) const NONE: Room = Room { tasks: 0, sites: 0, smalls: 0, halves: 0, numbers: 0 };
    const TASK: Room = Room { tasks: 1, numbers: 1, ..Room::NONE };
    const SITE: Room = Room { sites: 1, numbers: 1, ..Room::NONE };
    const SMALL: Room = Room { smalls: 1, numbers: 1, ..Room::NONE };
    const HALF: Room = Room { halves: 1, numbers: 1, ..Room::NONE };
    const WORD: Room = Room { halves: 2, numbers: 1, ..Room::NONE };

    pub(crate) const fn and(self, other: Room) -> Room {
        Room {
            tasks: self.tasks + other.tasks,
            sites: self.sites + other.sites,
            smalls: self.smalls + other.smalls,
            halves: self.halves + other.halves,
            numbers: self.numbers + other.numbers,
        }
    }

    /// Whether an event's fields have room in the 24 bytes that it takes in memory.
    pub(crate) const fn fits(self) -> bool {
        self.tasks <= 1 && self.sites <= 1 && self.smalls <= 2 && self.halves <= 4
    }
}

/// Who says the text of a field: the trace that it is of, and the event's own task.
#[derive(Clone, Copy)]
pub(crate) struct Speaker<'a> {
    pub(crate) trace: &'a Trace,
    pub(crate) task: TaskId,
}

/// The type of a field.
pub(crate) trait Field: Copy {
    /// What it takes.
    const ROOM: Room;

    /// Hands out its numbers.
    fn put(self, to: &mut impl Put);

    /// Reads them back.
    fn get(from: &mut impl Get) -> Result<Self, UnknownCode>;

    /// Its part of the event's line in [`Trace::to_text`].
    fn text(self, by: Speaker<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

fn narrow<T: TryFrom<u32>>(n: u32) -> Result<T, UnknownCode> {
    T::try_from(n).map_err(|_| UnknownCode)
}

macro_rules! fields {
    ($($of:ty: $room:ident $put:ident($number:ty) |$value:ident, $by:ident| $text:expr;)*) => {$(
        impl Field for $of {
            const ROOM: Room = Room::$room;

            #[inline(always)]
            fn put(self, to: &mut impl Put) {
                to.$put(<$number>::from(self));
            }

            #[inline(always)]
            fn get(from: &mut impl Get) -> Result<Self, UnknownCode> {
                Ok(Self::from(narrow::<$number>(from.$put())?))
            }

            fn text(self, by: Speaker<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let ($value, $by) = (self, by);
                $text(f)
            }
        }
    )*};
}

type F<'a, 'b> = &'a mut fmt::Formatter<'b>;

fields! {
    TaskId: TASK task(u32) |id, _by| |f: F| if id.is_some() { write!(f, "task {}", id.0) } else { f.write_str("driver") };
    SiteId: SITE site(u16) |id, by| |f: F| match by.trace.site(id) {
        Some(site) => write!(f, " at {}:{}", by.trace.name(site.file), site.line),
        None => Ok(()),
    };
    u16: HALF half(u16) |n, _by| |f: F| write!(f, "{n}");
    u32: WORD word(u32) |n, _by| |f: F| write!(f, "{n}");
    NameId: WORD word(u32) |id, by| |f: F| f.write_str(by.trace.name(id));
    TimerId: WORD word(u32) |id, _by| |f: F| write!(f, "timer {}", id.0);
    PromiseId: WORD word(u32) |id, _by| |f: F| write!(f, "promise {}", id.0);
    FutureId: WORD word(u32) |id, _by| |f: F| write!(f, "{}", id.0);
    BlobId: WORD word(u32) |id, _by| |f: F| write!(f, "{}", id.0);
    PlaceId: HALF half(u16) |id, by| |f: F| f.write_str(by.trace.place_name(id));
    SourceId: WORD word(u32) |id, by| |f: F| match by.trace.source(id) {
        Some(source) => write!(f, "{} {}", match source.kind {
            SourceKind::Channel => "channel",
            SourceKind::Mutex => "mutex",
            SourceKind::Bell => "bell",
        }, source.nth),
        None => Ok(()),
    };
}

macro_rules! code_fields {
    ($($of:ty: |$value:ident| $text:expr;)*) => {$(
        impl Field for $of {
            const ROOM: Room = Room::SMALL;

            #[inline(always)]
            fn put(self, to: &mut impl Put) {
                to.small(self.code());
            }

            #[inline(always)]
            fn get(from: &mut impl Get) -> Result<Self, UnknownCode> {
                Self::of_code(from.small())
            }

            fn text(self, _: Speaker<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let $value = self;
                f.write_str($text)
            }
        }
    )*};
}

code_fields! {
    Outcome: |outcome| match outcome {
        Outcome::Pending => "Pending",
        Outcome::Ready => "Ready",
        Outcome::Panicked => "panicked",
    };
    WakeEffect: |effect| match effect {
        WakeEffect::Queued => "",
        WakeEffect::Coalesced => ", coalesced",
        WakeEffect::DuringPoll => ", during its poll",
        WakeEffect::AfterDone => ", after it was done",
    };
    Change: |change| match change {
        Change::Wake => "Wake",
        Change::Drop => "Drop",
        Change::Fire => "Fire",
        Change::Next => "Next",
        Change::Panic => "Panic",
    };
    DropReason: |reason| match reason {
        DropReason::Completed => "Completed",
        DropReason::Cancelled => "Cancelled",
        DropReason::Shutdown => "Shutdown",
    };
    Settled: |how| match how {
        Settled::Resolved => "Resolved",
        Settled::Rejected => "Rejected",
    };
}

impl Field for WakeSource {
    const ROOM: Room = Room::SMALL.and(Room::WORD);

    #[inline(always)]
    fn put(self, to: &mut impl Put) {
        let (code, id) = self.parts();
        to.small(code);
        to.word(id);
    }

    #[inline(always)]
    fn get(from: &mut impl Get) -> Result<Self, UnknownCode> {
        Self::of_parts(from.small(), from.word())
    }

    fn text(self, by: Speaker<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WakeSource::Source(source) => source.text(by, f),
            WakeSource::Timer(timer) => timer.text(by, f),
            WakeSource::Task(task) if task == by.task => f.write_str("itself"),
            WakeSource::Task(task) => task.text(by, f),
            WakeSource::Promise(promise) => promise.text(by, f),
            WakeSource::Outside => f.write_str("outside"),
        }
    }
}

impl Field for End {
    const ROOM: Room = Room::SMALL.and(Room::WORD);

    #[inline(always)]
    fn put(self, to: &mut impl Put) {
        let (code, carried) = self.parts();
        to.small(code);
        to.word(carried);
    }

    #[inline(always)]
    fn get(from: &mut impl Get) -> Result<Self, UnknownCode> {
        Self::of_parts(from.small(), from.word())
    }

    fn text(self, _: Speaker<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            End::Completed => Ok(()),
            end => write!(f, ": {end:?}"),
        }
    }
}
