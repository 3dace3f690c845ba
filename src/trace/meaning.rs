//! What the fields of events mean: what they may refer to, and when two of them, of two traces, are the same.
//!
//! Most types of fields mean the same in every event. Where one does not, the table of events names a *role* for it: a
//! type of this file around the field's own.

use super::Trace;
use super::ids::{BlobId, FutureId, FutureKindId, NameId, PlaceId, PromiseId, SiteId, SourceId, TaskId, TimerId};
use super::values::{Change, DropReason, End, Outcome, Settled, WakeEffect, WakeSource};

/// What is wrong with an event, as the end of "event 7 of the trace names ..." or of a sentence like it.
pub(crate) type Wrong = &'static str;

/// Two traces that are compared.
#[derive(Clone, Copy)]
pub(super) struct Both<'a>(pub(super) &'a Trace, pub(super) &'a Trace);

/// What is known where a field is checked: the trace, and how many tasks were spawned before.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) trace: &'a Trace,
    pub(super) spawned: u32,
}

/// What a field means.
pub(super) trait Meaning: Copy {
    /// Whether what it refers to is there.
    fn check(self, known: Known<'_>) -> Result<(), Wrong>;

    /// Whether it says the same as `other`, in the other trace.
    fn same(self, other: Self, both: Both<'_>) -> bool;
}

/// A task that may be the driver, outside of every task.
#[derive(Clone, Copy)]
pub(super) struct Anyone(pub(super) TaskId);

/// A task at its spawning: it is the same if its name is.
#[derive(Clone, Copy)]
pub(super) struct Newborn(pub(super) TaskId);

/// A timer that may be none.
#[derive(Clone, Copy)]
pub(super) struct AnyTimer(pub(super) TimerId);

/// A number that depends on the target, as allocations do: two of them are always the same.
#[derive(Clone, Copy)]
#[expect(dead_code, reason = "the number is not looked at")]
pub(super) struct Measured(pub(super) u32);

macro_rules! means {
    ($($of:ty: |$value:ident, $known:ident| $check:expr, |$same:ident, $both:ident| $is_same:expr;)*) => {$(
        impl Meaning for $of {
            fn check(self, $known: Known<'_>) -> Result<(), Wrong> {
                let $value = self;
                $check
            }

            fn same(self, other: Self, $both: Both<'_>) -> bool {
                let $same = (self, other);
                $is_same
            }
        }
    )*};
}

/// Numbers that refer to nothing, and are compared as they are.
macro_rules! plain {
    ($($of:ty),*) => {$(
        impl Meaning for $of {
            fn check(self, _: Known<'_>) -> Result<(), Wrong> {
                Ok(())
            }

            fn same(self, other: Self, _: Both<'_>) -> bool {
                self == other
            }
        }
    )*};
}

plain!(u16, u32, u64, Outcome, WakeEffect, Change, DropReason, End, Settled, FutureId, PromiseId);

/// An error, unless `holds`.
fn unless(holds: bool, wrong: Wrong) -> Result<(), Wrong> {
    if holds { Ok(()) } else { Err(wrong) }
}

fn within(at: u32, table: usize, wrong: Wrong) -> Result<(), Wrong> {
    unless((at as usize) < table, wrong)
}

means! {
    TaskId: |task, known| unless(task.is_some() && task.0 <= known.spawned, "a task that was not spawned"),
        |pair, _both| pair.0 == pair.1;
    Anyone: |task, known| unless(task.0.0 <= known.spawned, "a task that was not spawned"),
        |pair, _both| pair.0.0 == pair.1.0;
    Newborn: |task, known| task.0.check(known),
        |pair, both| pair.0.0 == pair.1.0 && both.0.task_name(pair.0.0) == both.1.task_name(pair.1.0);
    TimerId: |timer, known| unless(timer.is_some() && timer.0 as usize <= known.trace.timers.len(), "an unknown timer"),
        |pair, _both| pair.0 == pair.1;
    AnyTimer: |timer, known| if timer.0.is_some() { timer.0.check(known) } else { Ok(()) },
        |pair, _both| pair.0.0 == pair.1.0;
    FutureKindId: |kind, known| unless(known.trace.future_kind(kind).is_some(), "an unknown kind of futures"),
        |pair, both| both.0.future_name(pair.0) == both.1.future_name(pair.1);
    NameId: |name, known| within(name.0, known.trace.names.len(), "an unknown name"),
        |pair, both| both.0.name(pair.0) == both.1.name(pair.1);
    SiteId: |site, known| within(site.0.into(), known.trace.sites.len(), "an unknown place in the code"),
        |pair, both| both.0.place_of(pair.0) == both.1.place_of(pair.1);
    BlobId: |blob, known| within(blob.0, known.trace.blobs.len(), "an unknown snapshot"),
        |_pair, _both| true;
    PlaceId: |place, known| within(place.0.into(), known.trace.places.len(), "an unknown slot"),
        |pair, _both| pair.0 == pair.1;
    SourceId: |source, known| unless(known.trace.source(source).is_some(), "an unknown source"),
        |pair, _both| pair.0 == pair.1;
    WakeSource: |by, known| match by {
            WakeSource::Timer(timer) => timer.check(known),
            WakeSource::Task(task) => Anyone(task).check(known),
            WakeSource::Source(source) => source.check(known),
            WakeSource::Promise(_) | WakeSource::Outside => Ok(()),
        },
        |pair, _both| pair.0 == pair.1;
    Measured: |_number, _known| Ok(()), |_pair, _both| true;
}
