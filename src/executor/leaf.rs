//! What leaf futures report in their polls: which future it is, where it stops, and what holds its waker.
//!
//! Everything here does nothing where nothing is recorded.

use super::context::{Wants, try_with_driver_only, wants, with_sink, with_sink_and_any_driver, with_sink_only};
use super::place::{polled_from, site_of};
use super::{context, tasks};
use crate::alloc::uncounted;
use crate::record::{Driver, Mark, ObservedField, Sink, Unpolled};
use crate::trace::event::{Event, Outcome, WakeSource};
use crate::trace::ids::{FutureId, FutureKindId, NameId, SiteId, SourceId, TaskId};
use crate::trace::{FutureRole, Role};
use std::cell::Cell;
use std::fmt::Display;
use std::panic::Location;
use std::task::Waker;

/// What a future declares of itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Declared {
    /// What it is called.
    pub(crate) name: &'static str,
    /// What it is to others: rules depend on this, and never on the name.
    pub(crate) role: FutureRole,
}

impl Declared {
    pub(crate) const fn new(name: &'static str, role: FutureRole) -> Self {
        Declared { name, role }
    }
}

/// A future was made, by the caller's caller. The mark is for the future to keep until its first poll.
#[track_caller]
pub(crate) fn created(declared: Declared) -> Mark {
    record_created(declared, true)
}

/// The same, for a future that has no room for a mark.
#[track_caller]
pub(crate) fn created_unmarked(declared: Declared) {
    record_created(declared, false);
}

#[track_caller]
fn record_created(declared: Declared, is_marked: bool) -> Mark {
    let at = Location::caller();
    if wants() != Wants::More {
        return Mark::NONE;
    }
    let mark = with_sink_only(|sink| {
        if !sink.is_detailed() {
            return Mark::NONE;
        }
        sink.created(sink.future_kind(declared.name, declared.role), site_of(sink, at), is_marked)
    });
    mark.unwrap_or_default()
}

/// A future is dropped that was never polled, with the mark that it has kept.
pub(crate) fn discarded(declared: Declared, mark: Mark) {
    if wants() != Wants::More {
        return;
    }
    with_sink_only(|sink| {
        if sink.is_detailed() {
            // One that was made where nothing is recorded has no place.
            let Unpolled { id, kind, site } = sink.take_unpolled(mark).unwrap_or_default();
            if sink.task().is_some() {
                let future = if kind.is_some() { kind } else { sink.future_kind(declared.name, declared.role) };
                sink.record(Event::Discarded { task: sink.task(), future, site, id });
            }
        }
    });
}

/// The first poll begins of a future whose polls are not recorded, from the line of the caller.
#[track_caller]
pub(crate) fn begun(mark: Mark) {
    let at = Location::caller();
    if mark == Mark::NONE {
        return;
    }
    with_sink(|sink| {
        if let Some(known) = sink.take_unpolled(mark) {
            let site = polled_from(sink, at);
            sink.record(Event::Begun { task: sink.task(), future: known.kind, site, id: known.id });
        }
    });
}

/// A leaf future that is being polled: `Entered` is recorded when this is made, `Exited` when it is dropped.
pub(crate) struct Entered {
    kind: FutureKindId,
    id: FutureId,
    outcome: Cell<Outcome>,
}

/// Begins the poll of a leaf future that does not know whether it is its first, from the line of the caller.
#[track_caller]
pub(crate) fn enter<T>(declared: Declared, future: &T) -> Entered {
    enter_at(declared, future, None, Location::caller())
}

/// Begins the first poll of a leaf future that has kept a mark, or could keep none: it is none that was there before,
/// whatever was polled at its address.
#[track_caller]
pub(crate) fn enter_first<T>(declared: Declared, future: &T, mark: Mark) -> Entered {
    enter_at(declared, future, Some(mark), Location::caller())
}

/// Begins a poll of a leaf future that keeps its mark as long as it lives: it is the same wherever it moves between polls, and
/// whichever task polls it.
#[track_caller]
pub(crate) fn enter_marked<T>(declared: Declared, future: &T, mark: Mark, is_first: bool) -> Entered {
    let at = Location::caller();
    let known = of_mark(mark, |sink| sink.marked(mark));
    let first = if is_first { Some(known.unwrap_or_default().id) } else { known.map(|known| known.id) };
    enter_as(|| ObservedField::of(declared.name, Role::Awaited, future), declared.role, first, at)
}

/// A future is gone that kept its mark.
pub(crate) fn forget(mark: Mark) {
    of_mark(mark, |sink| sink.take_unpolled(mark));
}

/// What a sink knows of the future with a mark. Where nothing is recorded none has one, and the sink is not asked.
fn of_mark(mark: Mark, known: impl FnOnce(&dyn Sink) -> Option<Unpolled>) -> Option<Unpolled> {
    if mark == Mark::NONE { None } else { with_sink(known).flatten() }
}

/// Begins a poll of a future that lies in a memory of its own, at an address there.
#[track_caller]
pub(crate) fn enter_elsewhere(declared: Declared, address: usize, size: usize, is_first: bool) -> Entered {
    let field = || ObservedField { name: declared.name.into(), address, size, role: Role::Awaited };
    enter_as(field, declared.role, is_first.then(FutureId::default), Location::caller())
}

fn enter_at<T>(declared: Declared, future: &T, first: Option<Mark>, at: &Location<'static>) -> Entered {
    let first = first.map(|mark| of_mark(mark, |sink| sink.take_unpolled(mark)).unwrap_or_default().id);
    enter_as(|| ObservedField::of(declared.name, Role::Awaited, future), declared.role, first, at)
}

fn enter_as(
    field: impl FnOnce() -> ObservedField,
    role: FutureRole,
    first: Option<FutureId>,
    at: &Location<'static>,
) -> Entered {
    let entered = match wants() {
        Wants::Nothing => None,
        Wants::Little => {
            checkpoint(try_with_driver_only(|driver| driver.checkpoint()));
            None
        }
        Wants::More => with_sink_and_any_driver(|sink, driver| {
            let entered =
                if sink.is_detailed() { enter_recorded(sink, at, role, field(), first) } else { Default::default() };
            if sink.is_recording() {
                checkpoint(driver.map(Driver::checkpoint));
            }
            entered
        }),
    };
    let (kind, id) = entered.unwrap_or_default();
    Entered { kind, id, outcome: Cell::new(Outcome::Pending) }
}

fn enter_recorded(
    sink: &dyn Sink,
    at: &Location<'static>,
    role: FutureRole,
    field: ObservedField,
    first: Option<FutureId>,
) -> (FutureKindId, FutureId) {
    let (kind, site) = (sink.future_kind(&field.name, role), polled_from(sink, at));
    let id = sink.future(kind, field.address, first);
    sink.observed(field);
    sink.record(Event::Entered { task: sink.task(), future: kind, site, id });
    (kind, id)
}

/// A future of which nothing is kept is polled, from the line of the caller: it is called as its type is.
#[track_caller]
pub(crate) fn enter_named<T>(name: fn() -> &'static str, role: FutureRole, future: &T) -> Entered {
    enter_as(|| ObservedField::of(name(), Role::Awaited, future), role, None, Location::caller())
}

/// What the polled task took from the heap and gave back since that was told last is recorded, at the line of the caller's caller,
/// or at none.
pub(crate) fn heap(at: Option<&Location<'static>>) {
    with_sink(|sink| {
        if sink.is_detailed() && sink.task().is_some() {
            sink.heap(at.map_or(SiteId::NONE, |at| site_of(sink, at)));
        }
    });
}

/// Where the polled task may have to panic.
fn checkpoint(passed: Option<Result<(), &'static str>>) {
    if let Some(Err(why)) = passed {
        // As a literal would: hooks look for a `&str`.
        std::panic::panic_any(why);
    }
}

impl Entered {
    /// The poll is about to return `Ready`.
    pub(crate) fn ready(&self) {
        self.outcome.set(Outcome::Ready);
    }

    /// It is polled though it was ready before.
    pub(crate) fn again(&self) {
        if self.kind.is_some() {
            record_of_task(|task| Event::PolledAgain { task, future: self.kind });
        }
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        if self.kind.is_some() && !std::thread::panicking() {
            with_sink_only(|sink| {
                if self.outcome.get() == Outcome::Ready {
                    sink.future_done(self.id);
                }
                sink.record(Event::Exited { task: sink.task(), future: self.kind, outcome: self.outcome.get() });
            });
        }
    }
}

/// A leaf future is dropped that was never polled: as links of version 1 count it, for those of whom it was recorded then.
pub(crate) fn dropped_unpolled(declared: Declared) {
    if wants() != Wants::More {
        return;
    }
    with_sink_only(|sink| {
        if sink.is_detailed() && sink.task().is_some() {
            let future = sink.future_kind(declared.name, declared.role);
            sink.record(Event::DroppedUnpolled { task: sink.task(), future });
        }
    });
}

/// The innermost future is polled with this waker.
pub(crate) fn polled_with(waker: &Waker) {
    if context::is_ours() && !tasks::is_a_task_s(waker) {
        record_of_task(|task| Event::Wrapped { task });
    }
}

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

/// The caller's caller asks for what is recorded next.
#[track_caller]
pub(crate) fn asked() {
    let at = Location::caller();
    if wants() != Wants::More {
        return;
    }
    with_sink_only(|sink| {
        if sink.is_detailed() {
            let site = site_of(sink, at);
            if site.is_some() {
                sink.record(Event::Asked { task: sink.task(), site });
            }
        }
    });
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

/// The loop of that driver was turned once, and finds so many timers due.
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

/// `by` holds a waker now: of the running task, or one that is known to wake nobody.
pub(crate) fn keeps(by: WakeSource, waker: &Waker) {
    // Without an address it can tell nobody apart: it is as `Waker::noop`, of which each crate may have one of its own.
    let is_nobodys = waker.data().is_null();
    record_of_task(|task| if is_nobodys { Event::KeptForNobody { task, by } } else { Event::WakerHeld { task, by } });
}

/// Wakes as a source. The caller holds no borrow: who is woken may look at the source.
pub(crate) fn wake_from(source: SourceId, waker: Waker) {
    if !source.is_some() {
        return waker.wake();
    }
    let before = with_sink_only(|sink| sink.set_source(WakeSource::Source(source)));
    waker.wake();
    if let Some(before) = before {
        with_sink_only(|sink| sink.set_source(before));
    }
}

/// Records that `by` has let go of a waker of the running task.
pub(crate) fn let_go(by: WakeSource) {
    record_of_task(|task| Event::WakerReleased { task, by });
}

/// Records what happens to the running task; outside of any, nothing.
pub(crate) fn record_of_task(event: impl FnOnce(TaskId) -> Event) {
    if wants() == Wants::Nothing {
        return;
    }
    with_sink_only(|sink| {
        let task = sink.task();
        if task.is_some() {
            sink.record(event(task));
        }
    });
}

/// Lets the recorder see a value of the running task at its real address.
pub(crate) fn observe<T>(name: &'static str, value: &T) {
    with_sink(|sink| sink.observed(ObservedField::of(name, Role::Value, value)));
}
