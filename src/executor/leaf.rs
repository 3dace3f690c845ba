//! What leaf futures report in their polls: which future it is, where it stops, and what holds its waker.
//!
//! Everything here does nothing where nothing is recorded.

use super::context::{try_with_driver, with_sink};
use crate::record::{ObservedField, Sink};
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

/// A leaf future that is being polled: `Entered` is recorded when this is made, `Exited` when it is dropped.
pub(crate) struct Entered {
    kind: FutureKindId,
    id: FutureId,
    outcome: Cell<Outcome>,
}

/// Begins the poll of a leaf future that does not know whether it is its first, from the line of the caller.
#[track_caller]
pub(crate) fn enter<T>(declared: Declared, future: &T) -> Entered {
    enter_knowing(declared, future, false)
}

/// Begins the poll of a leaf future, from the line of the caller. Where it `is_first`, the future is none that was there
/// before, whatever was polled at its address.
#[track_caller]
pub(crate) fn enter_knowing<T>(declared: Declared, future: &T, is_first: bool) -> Entered {
    let at = Location::caller();
    let entered = with_sink(|sink| {
        if sink.is_recording() {
            enter_recorded(sink, at, declared.role, ObservedField::of(declared.name, Role::Awaited, future), is_first)
        } else {
            Default::default()
        }
    });
    let (kind, id) = entered.unwrap_or_default();
    Entered { kind, id, outcome: Cell::new(Outcome::Pending) }
}

fn enter_recorded(
    sink: &dyn Sink,
    at: &Location<'_>,
    role: FutureRole,
    field: ObservedField,
    is_first: bool,
) -> (FutureKindId, FutureId) {
    let (kind, site) = (sink.future_kind(&field.name, role), site_of(sink, at));
    let id = sink.future(kind, field.address, is_first);
    sink.observed(field);
    sink.record(Event::Entered { task: sink.task(), future: kind, site, id });
    if let Some(Err(why)) = try_with_driver(|driver| driver.checkpoint()) {
        // As a literal would: hooks look for a `&str`.
        std::panic::panic_any(why);
    }
    (kind, id)
}

/// The number of a place in the code.
pub(super) fn site_of(sink: &dyn Sink, at: &Location<'_>) -> SiteId {
    sink.site(at.file(), at.line(), at.column())
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
            with_sink(|sink| {
                if self.outcome.get() == Outcome::Ready {
                    sink.future_done(self.id);
                }
                sink.record(Event::Exited { task: sink.task(), future: self.kind, outcome: self.outcome.get() });
            });
        }
    }
}

/// A leaf future is dropped that was never polled.
pub(crate) fn dropped_unpolled(declared: Declared) {
    with_sink(|sink| {
        if sink.is_recording() && sink.task().is_some() {
            let future = sink.future_kind(declared.name, declared.role);
            sink.record(Event::DroppedUnpolled { task: sink.task(), future });
        }
    });
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

/// The running task has a mutex from now on, or has it no more.
pub(crate) fn locked(mutex: SourceId, is_locked: bool) {
    if mutex.is_some() {
        record_of_task(|task| if is_locked { Event::Locked { task, mutex } } else { Event::Unlocked { task, mutex } });
    }
}

/// The running task's future held a sender of a channel, and is being dropped.
pub(crate) fn held_sender(channel: SourceId) {
    if channel.is_some() {
        with_sink(|sink| sink.held_sender(channel));
    }
}

/// Wakes as a source. The caller holds no borrow: who is woken may look at the source.
pub(crate) fn wake_from(source: SourceId, waker: Waker) {
    if !source.is_some() {
        return waker.wake();
    }
    let before = with_sink(|sink| sink.set_source(WakeSource::Source(source)));
    waker.wake();
    if let Some(before) = before {
        with_sink(|sink| sink.set_source(before));
    }
}

/// Records that `by` holds a waker of the running task now.
pub(crate) fn held(by: WakeSource) {
    record_of_task(|task| Event::WakerHeld { task, by });
}

/// Records that `by` has let go of a waker of the running task.
pub(crate) fn let_go(by: WakeSource) {
    record_of_task(|task| Event::WakerReleased { task, by });
}

/// Records what happens to the running task; outside of any, nothing.
fn record_of_task(event: impl FnOnce(TaskId) -> Event) {
    with_sink(|sink| {
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
