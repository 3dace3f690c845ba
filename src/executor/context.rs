//! What polls now, as the futures inside of tasks see it.
//!
//! An executor may be run within a poll of another one. Leaf futures talk to the innermost that polls: to its sink and its
//! driver. Outside of any, what only records does nothing, and what needs a clock panics with a sentence that says so. This
//! file does not know how tasks are polled.

use super::tasks::{self, Tasks};
use super::timers;
use crate::record::{Driver, Observation, Sink};
use crate::trace::ids::{MachineId, TaskId};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A task that was just added.
pub(super) struct Spawned<'a> {
    pub(super) task: TaskId,
    pub(super) name: &'a str,
    pub(super) size: usize,
    pub(super) address: usize,
    pub(super) machine: MachineId,
    pub(super) observation: Option<Observation>,
}

/// An executor of this room: besides being a sink and a driver, it takes tasks of any type.
pub(super) trait Runtime: Sink + Driver {
    /// Where tasks are added.
    fn tasks(&self) -> &Tasks;

    /// What follows the adding of a task.
    fn spawned(&self, spawned: Spawned<'_>);
}

/// What polls.
#[derive(Clone)]
enum Polling {
    /// An executor of this room.
    Runtime(Rc<dyn Runtime>),
    /// Another one.
    Foreign(Rc<dyn Sink>, Option<Rc<dyn Driver>>),
    /// Nothing: an executor's remains are dropped, which are no task's.
    Nothing,
}

/// A number for a sink. No other one of this process has it.
pub fn new_number() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

/// How much what polls wants to hear of the leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wants {
    /// Nothing: nothing polls, or nothing is recorded.
    Nothing,
    /// What tasks do to each other, and what they log.
    Little,
    /// All, or else it is to be asked.
    More,
}

thread_local! {
    /// The innermost; who began it keeps the one before.
    static POLLING: RefCell<Polling> = const { RefCell::new(Polling::Nothing) };
    /// How much it wants: a leaf asks in each of its polls.
    static WANTS: Cell<Wants> = const { Cell::new(Wants::Nothing) };
}

impl Polling {
    fn wants(&self) -> Wants {
        match self {
            Polling::Runtime(runtime) if !runtime.is_recording() => Wants::Nothing,
            Polling::Runtime(runtime) if !runtime.is_detailed() => Wants::Little,
            Polling::Runtime(_) | Polling::Foreign(..) => Wants::More,
            Polling::Nothing => Wants::Nothing,
        }
    }
}

/// How much what polls wants to hear of the leaves.
pub(super) fn wants() -> Wants {
    WANTS.get()
}

thread_local! {
    /// Whether anybody wants to know what tasks use: only while orders are explored, since to ask takes longer than to use.
    static USES_WANTED: Cell<bool> = const { Cell::new(false) };
}

/// Whether what tasks use is to be reported.
pub(super) fn are_uses_wanted() -> bool {
    USES_WANTED.try_with(Cell::get).unwrap_or_default()
}

/// Calls `f`, while what tasks use is reported to the policies of their executors, and the memory of one executor is kept for
/// the next: until [`free_memory`].
pub(crate) fn with_uses<T>(f: impl FnOnce() -> T) -> T {
    struct Restore(bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            USES_WANTED.set(self.0);
            tasks::keep_spares(self.0);
        }
    }
    let _restore = Restore(USES_WANTED.replace(true));
    tasks::keep_spares(true);
    f()
}

/// Gives back the memory that was kept for more executors.
pub(crate) fn free_memory() {
    tasks::free_spares();
    timers::free_spare();
}

/// Something polls until this is dropped. What began later is dropped before.
pub(super) struct Inside {
    /// What polled before, and what that wanted; none where a thread ends, and nothing is known of it any more.
    before: Option<(Polling, Wants)>,
}

impl Inside {
    pub(super) fn enter(runtime: Rc<dyn Runtime>) -> Self {
        Self::begin(Polling::Runtime(runtime))
    }

    /// Nothing polls, for the time of this.
    pub(super) fn leave_all() -> Self {
        Self::begin(Polling::Nothing)
    }

    fn begin(polling: Polling) -> Self {
        let wants = polling.wants();
        let before = POLLING.try_with(|top| top.replace(polling)).ok();
        Inside { before: before.map(|before| (before, WANTS.replace(wants))) }
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        if let Some((before, wanted)) = self.before.take() {
            WANTS.set(wanted);
            // It may be the last one that has the executor: no borrow is held when it goes.
            let top = POLLING.try_with(|top| top.replace(before));
            drop(top);
        }
    }
}

/// For an executor of another make: calls `f`, which polls a task of it, while the prelude's futures report to `sink`, and get
/// time and timers from `driver`. Without a driver those that need a clock panic.
pub fn report_to<T>(sink: Rc<dyn Sink>, driver: Option<Rc<dyn Driver>>, f: impl FnOnce() -> T) -> T {
    let _inside = Inside::begin(Polling::Foreign(sink, driver));
    f()
}

fn current() -> Polling {
    POLLING.try_with(|top| top.borrow().clone()).unwrap_or(Polling::Nothing)
}

/// Calls `f` with the sink, if something polls.
pub(super) fn with_sink<T>(f: impl FnOnce(&dyn Sink) -> T) -> Option<T> {
    match current() {
        Polling::Runtime(runtime) => Some(f(&*runtime)),
        Polling::Foreign(sink, _) => Some(f(&*sink)),
        Polling::Nothing => None,
    }
}

/// The same, where an executor of this room does nothing in `f` that could be a task's code: its handle need not be kept.
pub(super) fn with_sink_only<T>(f: impl FnOnce(&dyn Sink) -> T) -> Option<T> {
    let done = POLLING.try_with(|top| match &*top.borrow() {
        Polling::Runtime(runtime) => Ok(Some(f(&**runtime))),
        Polling::Foreign(sink, _) => Err((sink.clone(), f)),
        Polling::Nothing => Ok(None),
    });
    match done {
        Ok(Ok(value)) => value,
        Ok(Err((foreign, f))) => Some(f(&*foreign)),
        Err(_) => None,
    }
}

/// Calls `f` with the sink, and the driver where there is one, if something polls.
pub(super) fn with_sink_and_any_driver<T>(f: impl FnOnce(&dyn Sink, Option<&dyn Driver>) -> T) -> Option<T> {
    match current() {
        Polling::Runtime(runtime) => Some(f(&*runtime, Some(&*runtime))),
        Polling::Foreign(sink, driver) => Some(f(&*sink, driver.as_deref())),
        Polling::Nothing => None,
    }
}

/// Whether an executor of this room polls.
pub(super) fn is_ours() -> bool {
    matches!(current(), Polling::Runtime(_))
}

/// Calls `f` with the driver, if something polls that has one.
pub(super) fn try_with_driver<T>(f: impl FnOnce(&dyn Driver) -> T) -> Option<T> {
    match current() {
        Polling::Runtime(runtime) => Some(f(&*runtime)),
        Polling::Foreign(_, Some(driver)) => Some(f(&*driver)),
        Polling::Foreign(_, None) | Polling::Nothing => None,
    }
}

/// The same, where an executor of this room does nothing in `f` that could be a task's code: its handle need not be kept.
pub(super) fn try_with_driver_only<T>(f: impl FnOnce(&dyn Driver) -> T) -> Option<T> {
    let done = POLLING.try_with(|top| match &*top.borrow() {
        Polling::Runtime(runtime) => Ok(Some(f(&**runtime))),
        Polling::Foreign(_, Some(driver)) => Err((driver.clone(), f)),
        Polling::Foreign(_, None) | Polling::Nothing => Ok(None),
    });
    match done {
        Ok(Ok(value)) => value,
        Ok(Err((foreign, f))) => Some(f(&*foreign)),
        Err(_) => None,
    }
}

/// Why something needs more than there is.
const OUTSIDE: &str = "this works only inside of a task that an Executor polls";

/// Calls `f` with the driver.
///
/// # Panics
/// Outside of anything that polls and has one.
#[track_caller]
pub(super) fn with_driver<T>(f: impl FnOnce(&dyn Driver) -> T) -> T {
    try_with_driver(f).expect(OUTSIDE)
}

/// As [`with_driver`] and [`try_with_driver_only`].
#[track_caller]
pub(super) fn with_driver_only<T>(f: impl FnOnce(&dyn Driver) -> T) -> T {
    try_with_driver_only(f).expect(OUTSIDE)
}

/// Calls `f` with both.
///
/// # Panics
/// As [`with_driver`].
#[track_caller]
pub(super) fn with_sink_and_driver<T>(f: impl FnOnce(&dyn Sink, &dyn Driver) -> T) -> T {
    match current() {
        Polling::Runtime(runtime) => f(&*runtime, &*runtime),
        Polling::Foreign(sink, Some(driver)) => f(&*sink, &*driver),
        Polling::Foreign(_, None) | Polling::Nothing => panic!("{OUTSIDE}"),
    }
}

/// Calls `f` with the running executor of this room.
///
/// # Panics
/// Outside of any.
#[track_caller]
pub(super) fn with_runtime<T>(f: impl FnOnce(&dyn Runtime) -> T) -> T {
    match current() {
        Polling::Runtime(runtime) => f(&*runtime),
        Polling::Foreign(..) | Polling::Nothing => panic!("{OUTSIDE}"),
    }
}

/// For a panic hook: lets what polls now record the panic as its last event, and send the end of its trace. Returns whether
/// there is one: not where nothing is recorded. Never panics itself.
pub fn report_panic(message: &str) -> bool {
    with_sink(|sink| sink.panicked(message)).unwrap_or_default()
}
