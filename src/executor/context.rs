//! The executor that runs now, as the futures inside of its tasks see it.
//!
//! A thread has a stack of running executors; leaf futures talk to the top one. Outside of any, what only records does
//! nothing, and what needs a clock panics with a sentence that says so. This file does not know how tasks are polled.

use super::tasks::Tasks;
use super::timers::{Key, TimerState};
use crate::alloc::uncounted;
use crate::record::{Observation, ObservedField};
use crate::trace::event::{Event, Outcome, WakeSource};
use crate::trace::ids::{FutureId, MachineId, NameId, SiteId, SourceId, TaskId};
use crate::trace::{Role, SourceKind};
use std::cell::{Cell, RefCell};
use std::panic::Location;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Waker;

/// A task that was just added.
pub(super) struct Spawned<'a> {
    pub(super) task: TaskId,
    pub(super) name: &'a str,
    pub(super) size: usize,
    pub(super) address: usize,
    pub(super) machine: MachineId,
    pub(super) observation: Option<Observation>,
}

/// What a running executor does for the futures that it polls.
pub(super) trait Runtime {
    fn now_ms(&self) -> u64;
    fn task(&self) -> TaskId;
    fn recording(&self) -> bool;
    fn record(&self, event: Event);
    fn name(&self, text: &str) -> NameId;
    fn site(&self, at: &Location<'static>) -> SiteId;
    fn observed(&self, field: ObservedField);
    fn source(&self, kind: SourceKind) -> SourceId;
    fn future(&self, name: NameId, address: usize, is_first: bool) -> FutureId;
    fn future_done(&self, id: FutureId);
    fn held_sender(&self, channel: SourceId);
    /// Whether the polled task is to panic now, because a person wants to see that.
    fn is_to_panic(&self) -> bool;
    fn compute(&self, ms: u32, site: SiteId);
    fn set_timer(&self, ms: u32, waker: Waker) -> Key;
    /// What has become of a timer; if it is set, it holds `waker` from now on.
    fn keep_timer(&self, timer: Key, waker: &Waker) -> TimerState;
    /// Takes back a timer, fired or not.
    fn end_timer(&self, timer: Key);
    /// Calls a function outside of every task, in `ms` milliseconds.
    fn signal_after(&self, ms: u32, signal: Box<dyn FnOnce()>);
    /// Calls back on the lane of the running task.
    fn call_after(&self, ms: u32, callback: Box<dyn FnOnce()>);
    fn tasks(&self) -> &Tasks;
    /// What follows the adding of a task.
    fn spawned(&self, spawned: Spawned<'_>);
    fn panicked(&self, message: &str) -> bool;
    /// The number of this executor, which no other one of its process has.
    fn number(&self) -> u64;
    /// Names who wakes from now on, and gives who did before.
    fn set_source(&self, source: WakeSource) -> WakeSource;
}

/// A number for an executor.
pub(super) fn new_number() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

thread_local! {
    /// Innermost last; none where an executor's remains are dropped, which are nobody's.
    static RUNNING: RefCell<Vec<Option<Rc<dyn Runtime>>>> = const { RefCell::new(Vec::new()) };
}

/// Makes an executor the running one until this is dropped.
pub(super) struct Inside {
    /// Whether the stack was there: it is gone where a thread ends.
    entered: bool,
}

impl Inside {
    pub(super) fn enter(runtime: Rc<dyn Runtime>) -> Self {
        Self::push(Some(runtime))
    }

    /// Nothing runs, for the time of this.
    pub(super) fn leave_all() -> Self {
        Self::push(None)
    }

    fn push(runtime: Option<Rc<dyn Runtime>>) -> Self {
        // The stack's own memory is no task's.
        let push = |stack: &RefCell<Vec<_>>| uncounted(|| stack.borrow_mut().push(runtime));
        Inside { entered: RUNNING.try_with(push).is_ok() }
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        if self.entered {
            let top = RUNNING.try_with(|stack| stack.borrow_mut().pop());
            drop(top);
        }
    }
}

fn current() -> Option<Rc<dyn Runtime>> {
    RUNNING.try_with(|r| r.borrow().last().cloned()).ok().flatten().flatten()
}

/// Calls `f` with the running executor, if there is one.
pub(super) fn try_with<T>(f: impl FnOnce(&dyn Runtime) -> T) -> Option<T> {
    current().map(|r| f(&*r))
}

/// Calls `f` with the running executor.
///
/// # Panics
/// Outside of any.
#[track_caller]
pub(super) fn with<T>(f: impl FnOnce(&dyn Runtime) -> T) -> T {
    try_with(f).expect("this works only inside of a task that an Executor polls")
}

/// A leaf future that is being polled: `Entered` is recorded when this is made, `Exited` when it is dropped.
pub(crate) struct Entered {
    future: NameId,
    id: FutureId,
    outcome: Cell<Outcome>,
}

/// Begins the poll of a leaf future that cannot tell whether it is its first, from the line of the caller.
#[track_caller]
pub(crate) fn enter<T>(name: &'static str, future: &T) -> Entered {
    enter_knowing(name, future, false)
}

/// Begins the poll of a leaf future, from the line of the caller. Where it `is_first`, the future is none that was there
/// before, whatever was polled at its address.
#[track_caller]
pub(crate) fn enter_knowing<T>(name: &'static str, future: &T, is_first: bool) -> Entered {
    let at = Location::caller();
    let entered = try_with(|r| {
        if r.recording() {
            enter_recorded(r, at, ObservedField::of(name, Role::Awaited, future), is_first)
        } else {
            Default::default()
        }
    });
    let (future, id) = entered.unwrap_or_default();
    Entered { future, id, outcome: Cell::new(Outcome::Pending) }
}

fn enter_recorded(r: &dyn Runtime, at: &Location<'static>, field: ObservedField, is_first: bool) -> (NameId, FutureId) {
    let (future, site) = (r.name(field.name), r.site(at));
    let id = r.future(future, field.address, is_first);
    r.observed(field);
    r.record(Event::Entered { task: r.task(), future, site, id });
    assert!(!r.is_to_panic(), "a panic was asked for here");
    (future, id)
}

impl Entered {
    /// The poll is about to return `Ready`.
    pub(crate) fn ready(&self) {
        self.outcome.set(Outcome::Ready);
    }

    /// It is polled though it was ready before.
    pub(crate) fn again(&self) {
        if self.future.is_some() {
            record_of_task(|task| Event::PolledAgain { task, future: self.future });
        }
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        if self.future.is_some() && !std::thread::panicking() {
            try_with(|r| {
                if self.outcome.get() == Outcome::Ready {
                    r.future_done(self.id);
                }
                r.record(Event::Exited { task: r.task(), future: self.future, outcome: self.outcome.get() });
            });
        }
    }
}

/// A leaf future is dropped that was never polled.
pub(crate) fn dropped_unpolled(name: &'static str) {
    try_with(|r| {
        if r.recording() && r.task().is_some() {
            r.record(Event::DroppedUnpolled { task: r.task(), future: r.name(name) });
        }
    });
}

/// A source was signalled: whoever left a waker there is woken next.
pub(crate) fn signalled(bell: SourceId) {
    if bell.is_some() {
        try_with(|r| r.record(Event::Rang { bell }));
    }
}

/// The polled task looked at a source and found nothing.
pub(crate) fn found_empty(at: SourceId) {
    if at.is_some() {
        record_of_task(|task| Event::Looked { task, at });
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
        try_with(|r| r.held_sender(channel));
    }
}

/// Wakes as a source. The caller holds no borrow: who is woken may look at the source.
pub(crate) fn wake_from(source: SourceId, waker: Waker) {
    if !source.is_some() {
        return waker.wake();
    }
    let before = try_with(|r| r.set_source(WakeSource::Source(source)));
    waker.wake();
    if let Some(before) = before {
        try_with(|r| r.set_source(before));
    }
}

/// Records that `by` holds a waker of the running task now.
pub(crate) fn held(by: WakeSource) {
    record_of_task(|task| Event::WakerHeld { task, by });
}

/// Records that `by` has let go of a waker of the running task.
pub(crate) fn released(by: WakeSource) {
    record_of_task(|task| Event::WakerReleased { task, by });
}

/// Records what happens to the running task; outside of any, nothing.
fn record_of_task(event: impl FnOnce(TaskId) -> Event) {
    try_with(|r| {
        let task = r.task();
        if task.is_some() {
            r.record(event(task));
        }
    });
}

/// Lets the recorder see a value of the running task at its real address.
pub(crate) fn observe<T>(name: &'static str, value: &T) {
    try_with(|r| r.observed(ObservedField::of(name, Role::Value, value)));
}

/// For a panic hook: lets the executor that runs now record the panic as its last event, and send the end of its trace.
/// Returns whether there is one: not where nothing is recorded. Never panics itself.
pub fn report_panic(message: &str) -> bool {
    try_with(|r| r.panicked(message)).unwrap_or_default()
}
