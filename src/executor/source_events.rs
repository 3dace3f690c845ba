//! What happens at the sources that leaf futures wait for: bells, cells, mutexes, other runtimes' drivers, sockets.
//!
//! As in [`leaf`](super::leaf), everything here does nothing where nothing is recorded.

use super::context::{self, with_sink, with_sink_only};
use super::leaf::record_of_task;
use super::place::site_of;
use crate::alloc::uncounted;
use crate::trace::event::{Event, WakeSource};
use crate::trace::ids::{NameId, SourceId};
use std::fmt::Display;
use std::panic::Location;

/// A source was signalled: the task that left a waker there is woken next.
pub(crate) fn signalled(bell: SourceId) {
    if bell.is_some() {
        with_sink(|sink| sink.record(Event::Signalled { bell }));
    }
}

/// The polled task looked at a source and found nothing.
pub(crate) fn found_empty(at: SourceId) {
    if at.is_some() {
        record_of_task(|task| Event::FoundEmpty { task, at });
    }
}

/// What was done with a value that tasks share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// It was read.
    Read,
    /// It was written.
    Write,
}

/// The caller's caller has read this value of a cell, or written it.
#[track_caller]
pub(crate) fn accessed(cell: SourceId, access: Access, value: &dyn Display) {
    let at = Location::caller();
    if cell.is_some() {
        with_sink(|sink| {
            let (task, site) = (sink.task(), site_of(sink, at));
            let value = if sink.is_detailed() { uncounted(|| sink.name(&value.to_string())) } else { NameId::NONE };
            sink.record(match access {
                Access::Read => Event::CellRead { task, cell, value, site },
                Access::Write => Event::CellWritten { task, cell, value, site },
            });
        });
    }
}

/// The running task looked at a source or changed it, where no event says so.
pub(crate) fn used(source: impl FnOnce() -> SourceId) {
    used_by(|| WakeSource::Source(source()));
}

/// The same, of anything that wakes tasks.
pub(crate) fn used_by(by: impl FnOnce() -> WakeSource) {
    if context::are_uses_wanted() {
        let by = by();
        with_sink_only(|sink| sink.used(by));
    }
}

/// The running task has a mutex from now on, or has it no more.
pub(crate) fn locked(mutex: SourceId, is_locked: bool) {
    if mutex.is_some() {
        record_of_task(|task| if is_locked { Event::Locked { task, mutex } } else { Event::Unlocked { task, mutex } });
    }
}

/// The running task's future held a sender of a channel, or the guard of a mutex, and is being dropped.
pub(crate) fn held_until_now(source: SourceId) {
    if source.is_some() {
        with_sink(|sink| sink.held(source));
    }
}

/// A bell was made that rings in `ms` milliseconds, by the caller's caller.
#[track_caller]
pub(crate) fn bell_set(bell: SourceId, ms: u32) {
    let at = Location::caller();
    if bell.is_some() {
        with_sink(|sink| {
            sink.record(Event::BellSet { task: sink.task(), bell, after: ms, site: site_of(sink, at) });
        });
    }
}

/// A timer that is due in `ms` milliseconds was given to the driver of another runtime, by the caller's caller.
#[track_caller]
pub(crate) fn entrusted(driver: SourceId, ms: u32) {
    let at = Location::caller();
    if driver.is_some() {
        with_sink(|sink| {
            sink.record(Event::Entrusted { task: sink.task(), driver, after: ms, site: site_of(sink, at) });
        });
    }
}

/// The loop of that driver was turned once, and finds so many timers due or sources ready.
pub(crate) fn turned(driver: SourceId, due: u32) {
    if driver.is_some() {
        with_sink(|sink| sink.record(Event::Turned { task: sink.task(), driver, due }));
    }
}

/// A source was registered with a reactor, for `interest`, by the caller's caller.
#[track_caller]
pub(crate) fn registered(source: SourceId, interest: &str) {
    let at = Location::caller();
    if source.is_some() {
        with_sink(|sink| {
            let interest = uncounted(|| sink.name(interest));
            sink.record(Event::Registered { task: sink.task(), source, interest, site: site_of(sink, at) });
        });
    }
}

/// So many bytes came to a source.
pub(crate) fn arrived(source: SourceId, bytes: u32) {
    if source.is_some() {
        with_sink(|sink| sink.record(Event::Arrived { source, bytes }));
    }
}

/// The reactor was told that a source is ready.
pub(crate) fn reported(source: SourceId) {
    if source.is_some() {
        with_sink(|sink| sink.record(Event::Reported { source }));
    }
}

/// So many bytes were read from a source, by the caller's caller.
#[track_caller]
pub(crate) fn drained(source: SourceId, bytes: u32) {
    let at = Location::caller();
    if source.is_some() {
        with_sink(|sink| sink.record(Event::Drained { task: sink.task(), source, bytes, site: site_of(sink, at) }));
    }
}
