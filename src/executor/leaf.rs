//! What leaf futures report in their polls: which future it is, where it stops, and what holds its waker.
//!
//! Everything here does nothing where nothing is recorded.

use super::context::{Wants, try_with_driver_only, wants, with_sink, with_sink_and_any_driver, with_sink_only};
use super::place::{polled_from, site_of};
use super::{context, tasks};
use crate::record::{Driver, Mark, ObservedField, Sink, Unpolled};
use crate::trace::event::{Event, Outcome, WakeSource};
use crate::trace::ids::{FutureId, FutureKindId, SiteId, SourceId, TaskId};
use crate::trace::{FutureRole, Role};
use std::cell::Cell;
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
    let mark = with_detailed_sink(|sink| {
        sink.created(sink.future_kind(declared.name, declared.role), site_of(sink, at), is_marked)
    });
    mark.unwrap_or_default()
}

/// Calls `f` with the sink, if something polls that wants to hear all that leaves do.
fn with_detailed_sink<T>(f: impl FnOnce(&dyn Sink) -> T) -> Option<T> {
    if wants() != Wants::More {
        return None;
    }
    with_sink_only(|sink| sink.is_detailed().then(|| f(sink))).flatten()
}

/// A future is dropped that was never polled, with the mark that it has kept.
pub(crate) fn discarded(declared: Declared, mark: Mark) {
    with_detailed_sink(|sink| {
        // One that was made where nothing is recorded has no place.
        let Unpolled { id, kind, site } = sink.take_unpolled(mark).unwrap_or_default();
        if sink.task().is_some() {
            let future = if kind.is_some() { kind } else { sink.future_kind(declared.name, declared.role) };
            sink.record(Event::Discarded { task: sink.task(), future, site, id });
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
    with_detailed_sink(|sink| {
        if sink.task().is_some() {
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

/// The caller's caller asks for what is recorded next.
#[track_caller]
pub(crate) fn asked() {
    let at = Location::caller();
    with_detailed_sink(|sink| {
        let site = site_of(sink, at);
        if site.is_some() {
            sink.record(Event::Asked { task: sink.task(), site });
        }
    });
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
