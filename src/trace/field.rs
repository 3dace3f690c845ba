//! The fields of events: how each type of them is kept, read back, and said.
//!
//! A field is one or two numbers, each in a [`Slot`] of its size: so it lies in memory ([`super::slots`]), and the
//! columns of the byte format are made from the same slots. What a field refers to, and when two of them are the same,
//! is its [`Meaning`](super::meaning::Meaning).

use super::codes::UnknownCode;
use super::ids::{BlobId, FutureId, FutureKindId, NameId, PlaceId, PromiseId, SiteId, SourceId, TaskId, TimerId};
use super::slots::{Packer, Slot, Unpacker};
use super::values::{Change, DropReason, End, Outcome, Settled, WakeEffect, WakeSource};
use super::{SourceKind, Trace};
use std::fmt;

/// Who says the text of a field: the trace that it is of, and the event's own task.
#[derive(Clone, Copy)]
pub(crate) struct Speaker<'a> {
    pub(crate) trace: &'a Trace,
    pub(crate) task: TaskId,
}

/// The type of a field.
pub(crate) trait Field: Copy {
    /// The slots of its numbers, in order.
    const SLOTS: &'static [Slot];

    /// Puts its numbers there.
    fn put(self, to: &mut Packer);

    /// Reads them back.
    fn get(from: &mut Unpacker) -> Result<Self, UnknownCode>;

    /// Its part of the event's line in [`Trace::to_text`].
    fn text(self, by: Speaker<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

macro_rules! fields {
    ($($of:ty: $slot:ident $put:ident($number:ty) |$value:ident, $by:ident| $text:expr;)*) => {$(
        impl Field for $of {
            const SLOTS: &'static [Slot] = &[Slot::$slot];

            #[inline(always)]
            fn put(self, to: &mut Packer) {
                to.$put(<$number>::from(self));
            }

            #[inline(always)]
            fn get(from: &mut Unpacker) -> Result<Self, UnknownCode> {
                Ok(Self::from(from.$put()))
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
    TaskId: Task task(u32) |id, _by| |f: F| if id.is_some() { write!(f, "task {}", id.0) } else { f.write_str("driver") };
    SiteId: Site site(u16) |id, by| |f: F| match by.trace.site(id) {
        Some(site) => write!(f, " at {}:{}", by.trace.name(site.file), site.line),
        None => Ok(()),
    };
    u16: Half half(u16) |n, _by| |f: F| write!(f, "{n}");
    u32: Word word(u32) |n, _by| |f: F| write!(f, "{n}");
    FutureKindId: Word word(u32) |id, by| |f: F| f.write_str(by.trace.future_name(id));
    NameId: Word word(u32) |id, by| |f: F| f.write_str(by.trace.name(id));
    TimerId: Word word(u32) |id, _by| |f: F| write!(f, "timer {}", id.0);
    PromiseId: Word word(u32) |id, _by| |f: F| write!(f, "promise {}", id.0);
    FutureId: Word word(u32) |id, _by| |f: F| write!(f, "{}", id.0);
    BlobId: Word word(u32) |id, _by| |f: F| write!(f, "{}", id.0);
    PlaceId: Half half(u16) |id, by| |f: F| f.write_str(by.trace.place_name(id));
    SourceId: Word word(u32) |id, by| |f: F| match by.trace.source(id) {
        Some(source) => write!(f, "{} {}", match source.kind {
            SourceKind::Channel => "channel",
            SourceKind::Mutex => "mutex",
            SourceKind::Bell => "bell",
            SourceKind::Cell => "cell",
            SourceKind::Driver => "foreign driver",
            SourceKind::Socket => "socket",
            SourceKind::Stream => "stream",
        }, source.nth),
        None => Ok(()),
    };
}

macro_rules! code_fields {
    ($($of:ty: |$value:ident| $text:expr;)*) => {$(
        impl Field for $of {
            const SLOTS: &'static [Slot] = &[Slot::Small];

            #[inline(always)]
            fn put(self, to: &mut Packer) {
                to.small(self.code());
            }

            #[inline(always)]
            fn get(from: &mut Unpacker) -> Result<Self, UnknownCode> {
                Self::of_code(from.small().into())
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

impl Field for u64 {
    const SLOTS: &'static [Slot] = &[Slot::Word, Slot::Word];

    #[inline(always)]
    fn put(self, to: &mut Packer) {
        to.word(self as u32);
        to.word((self >> 32) as u32);
    }

    #[inline(always)]
    fn get(from: &mut Unpacker) -> Result<Self, UnknownCode> {
        let low = u64::from(from.word());
        Ok(low | u64::from(from.word()) << 32)
    }

    fn text(self, _: Speaker<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Field for WakeSource {
    const SLOTS: &'static [Slot] = &[Slot::Small, Slot::Word];

    #[inline(always)]
    fn put(self, to: &mut Packer) {
        let (code, id) = self.parts();
        to.small(code);
        to.word(id);
    }

    #[inline(always)]
    fn get(from: &mut Unpacker) -> Result<Self, UnknownCode> {
        Self::of_parts(from.small().into(), from.word())
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
    const SLOTS: &'static [Slot] = &[Slot::Small, Slot::Word];

    #[inline(always)]
    fn put(self, to: &mut Packer) {
        let (code, carried) = self.parts();
        to.small(code);
        to.word(carried);
    }

    #[inline(always)]
    fn get(from: &mut Unpacker) -> Result<Self, UnknownCode> {
        Self::of_parts(from.small().into(), from.word())
    }

    fn text(self, _: Speaker<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            End::Completed => Ok(()),
            end => write!(f, ": {end:?}"),
        }
    }
}
