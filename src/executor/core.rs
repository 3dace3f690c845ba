//! The executor's state, and what is done to it from outside of the loop.

use super::context::{Inside, Runtime, Spawned};
use super::drive::Host;
use super::future_cell::{Detached, Joined};
use super::join::{JoinHandle, Shared};
use super::observe::Observe;
use super::policy::Policy;
use super::stack::Stack;
use super::tasks::{Scheduler, Tasks};
use super::timers::{Timer, Timers};
use crate::alloc::{apart, uncounted};
use crate::clock::{Clock, LATEST};
use crate::record::{Budget, Recorder, Spawning};
use crate::trace::event::{End, Event, NO_MACHINE, WakeSource};
use crate::trace::ids::{MachineId, TaskId};
use crate::trace::{TaskKind, TimeUnit};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::rc::{Rc, Weak};

pub(super) struct Core<R: Recorder, P: Policy> {
    /// No other executor of this process has it.
    pub(super) number: u64,
    pub(super) recorder: R,
    pub(super) policy: P,
    pub(super) clock: Rc<dyn Clock>,
    /// A virtual clock's time, which passes only where the executor moves it; `ASK` for another clock.
    pub(super) virtual_now: Cell<u64>,
    pub(super) this: Weak<Self>,
    pub(super) tasks: Rc<Tasks>,
    pub(super) timers: RefCell<Timers>,
    /// Lanes, and the calls so far on each.
    pub(super) lanes: RefCell<Vec<(TaskId, u32)>>,
    /// The task that is polled, or the lane that is called; kept for the recorder alone.
    pub(super) task: Cell<TaskId>,
    /// The task whose future is being dropped; kept for the recorder alone.
    pub(super) ending: Cell<TaskId>,
    /// What wakes, if a task is woken: the task that is polled, or a source that says so.
    pub(super) source: Cell<WakeSource>,
    pub(super) driven: Cell<bool>,
    /// Whether a task has worked since an event loop has looked at a clock that goes by itself.
    pub(super) has_worked: Cell<bool>,
    pub(super) stack: Stack,
    pub(super) end: Cell<Option<End>>,
    /// Whether the tasks that are left are never dropped: after a panic, or where drops spawned without end.
    pub(super) forgotten: Cell<bool>,
    /// Polls and calls so far, and how many there may be.
    pub(super) polls: Cell<u64>,
    pub(super) most_polls: Cell<u64>,
    pub(super) budget: Cell<Budget>,
    /// The budget's time in the clock's unit: it is looked at before each poll.
    pub(super) latest: Cell<u64>,
    pub(super) host: RefCell<Option<Rc<dyn Host>>>,
}

/// A time that no virtual clock reaches.
const ASK: u64 = u64::MAX;

/// How many polls there may have been when `polls` more are made; the highest number is no limit.
fn most_polls(before: u64, polls: u32) -> u64 {
    if polls == u32::MAX { u64::MAX } else { before.saturating_add(polls.into()) }
}

/// What a task is to be called, and how it is to be looked at.
pub(super) struct Named<'a, F> {
    pub(super) name: &'a str,
    pub(super) machine: MachineId,
    pub(super) observe: Option<Observe<F>>,
}

impl<'a, F> Named<'a, F> {
    pub(super) fn only(name: &'a str) -> Self {
        Named { name, machine: NO_MACHINE, observe: None }
    }
}

/// Spawns on any executor, seen through its runtime.
pub(super) fn spawn_on<F: Future + 'static>(
    runtime: &dyn Runtime,
    named: &Named<'_, F>,
    future: F,
) -> JoinHandle<F::Output> {
    let shared = Shared::new();
    let observation = named.observe.map(|observe| uncounted(|| observe(&future)));
    let cell = Joined::new(future, shared.clone(), named.observe);
    let (task, address) = runtime.tasks().insert(cell);
    shared.task.set(task);
    shared.executor.set(runtime.number());
    let (name, machine, size) = (named.name, named.machine, size_of::<F>());
    runtime.spawned(Spawned { task, name, size, address, machine, observation });
    JoinHandle(shared)
}

/// Marks the executor as driven until it is dropped.
pub(super) struct Driven<'a, R: Recorder, P: Policy> {
    core: &'a Core<R, P>,
    _inside: Inside,
}

impl<R: Recorder, P: Policy> Drop for Driven<'_, R, P> {
    fn drop(&mut self) {
        self.core.driven.set(false);
        self.core.tasks.set_driver(None);
        self.core.note_host();
    }
}

impl<R: Recorder, P: Policy> Core<R, P> {
    pub(super) fn new(recorder: R, clock: Rc<dyn Clock>, policy: P) -> Rc<Self> {
        let (budget, unit) = (recorder.budget(), clock.unit());
        let may_lose = P::CHANGES && policy.may_lose();
        let are_counted = R::ON && recorder.is_detailed();
        let core = Rc::new_cyclic(|this| Core {
            number: super::context::new_number(),
            recorder,
            policy,
            virtual_now: Cell::new(if clock.unit() == TimeUnit::VirtualMs { clock.now() } else { ASK }),
            clock,
            this: this.clone(),
            tasks: Tasks::new(R::ON, are_counted, may_lose),
            timers: RefCell::new(Timers::empty()),
            lanes: RefCell::default(),
            task: Cell::new(TaskId::NONE),
            ending: Cell::new(TaskId::NONE),
            source: Cell::new(WakeSource::Outside),
            driven: Cell::new(false),
            has_worked: Cell::new(false),
            stack: Stack::default(),
            end: Cell::new(None),
            forgotten: Cell::new(false),
            polls: Cell::new(0),
            most_polls: Cell::new(most_polls(0, budget.polls)),
            budget: Cell::new(budget),
            latest: Cell::new(budget.time.saturating_mul(unit.per_ms())),
            host: RefCell::new(None),
        });
        let scheduler: Weak<dyn Scheduler> = core.this.clone();
        core.tasks.register(scheduler);
        core.tasks.limit_bytes(budget.memory);
        #[cfg(all(target_arch = "wasm32", feature = "js"))]
        super::handle::register(core.number, core.this.clone());
        core
    }

    /// The time, in the clock's unit.
    #[inline]
    pub(super) fn now(&self) -> u64 {
        match self.virtual_now.get() {
            ASK => self.clock.now(),
            now => now,
        }
    }

    /// Time passes, if the clock is a virtual one.
    pub(super) fn advance(&self, by: u64) {
        self.clock.advance(by);
        self.look_at_clock();
    }

    /// Whether time passes only where the executor lets it.
    pub(super) fn is_virtual(&self) -> bool {
        self.virtual_now.get() != ASK
    }

    /// Sees what others did to a virtual clock.
    pub(super) fn look_at_clock(&self) {
        if self.is_virtual() {
            self.virtual_now.set(self.clock.now());
        }
    }

    // The caller knows which event it is, so the compiler does most of the work. The page's modules are built for size.
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(super) fn record(&self, event: Event) {
        if R::ON {
            self.recorder.record(self.now(), event);
        }
    }

    /// Adds a task without a handle, and records it.
    pub(super) fn spawn_recorded<F: Future<Output = ()> + 'static>(&self, name: &str, cell: Detached<F>) {
        let (task, address) = self.tasks.insert(cell);
        let size = size_of::<F>();
        self.spawned(Spawned { task, name, size, address, machine: NO_MACHINE, observation: None });
    }

    pub(super) fn limit(&self, polls: u32, time: u64) {
        self.most_polls.set(most_polls(self.polls.get(), polls));
        // Times are in the clock's unit here.
        self.budget.set(Budget { polls, time: time / self.clock.unit().per_ms(), ..self.budget.get() });
        self.latest.set(time);
        self.tasks.interrupt();
    }

    pub(super) fn attach(&self, host: Option<Rc<dyn Host>>) {
        let before = std::mem::replace(&mut *self.host.borrow_mut(), host);
        self.note_host();
        self.tasks.interrupt();
        if let Some(before) = before {
            before.left();
        }
    }

    /// The host wants to hear of wakes while nobody drives.
    fn note_host(&self) {
        self.tasks.set_hosted(!self.driven.get() && self.host.borrow().is_some());
    }

    pub(super) fn inside<T>(&self, f: impl FnOnce() -> T) -> T {
        let this = self.this.upgrade().expect("an executor that is used is there");
        let _inside = Inside::enter(this);
        f()
    }

    pub(super) fn waking_as<T>(&self, source: WakeSource, f: impl FnOnce() -> T) -> T {
        let before = self.source.replace(source);
        let value = f();
        self.source.set(before);
        value
    }

    pub(super) fn enter(&self) -> Driven<'_, R, P> {
        assert!(!self.driven.replace(true), "an executor cannot be run from inside of a task that it runs");
        self.note_host();
        self.look_at_clock();
        let this = self.this.upgrade().expect("an executor that is used is there");
        if R::ON {
            self.tasks.set_driver(Some(this.clone()));
            self.stack.begin();
        }
        Driven { core: self, _inside: Inside::enter(this) }
    }

    pub(super) fn open_lane(&self, name: &str) -> TaskId {
        let task = self.tasks.number_apart();
        self.lanes.borrow_mut().push((task, 0));
        let spawning = Spawning {
            name,
            kind: TaskKind::Callbacks,
            size: 0,
            address: 0,
            parent: self.task.get(),
            machine: NO_MACHINE,
            observation: None,
        };
        self.recorder.spawned(self.now(), task, spawning);
        task
    }

    pub(super) fn call_now(&self, lane: TaskId, callback: Box<dyn FnOnce()>) {
        assert!(!self.driven.get(), "a task calls back with a timer, never at once");
        match self.end.get() {
            None => self.inside(|| self.call(lane, callback)),
            // Nothing is dropped after a panic.
            Some(End::Panicked) => std::mem::forget(callback),
            Some(_) => drop(callback),
        }
    }

    pub(super) fn insert_timer(&self, ms: u32, timer: Timer) -> crate::record::TimerKey {
        let (now, task) = (self.now(), timer.task);
        let deadline = now.saturating_add(u64::from(ms) * self.clock.unit().per_ms()).min(LATEST);
        let insert = || self.timers.borrow_mut().insert(deadline, timer);
        let (key, id) = if R::ON { apart(insert) } else { insert() };
        if R::ON {
            self.recorder.timer_set(now, id, task, deadline);
        }
        if deadline <= now {
            self.tasks.interrupt();
        }
        let host = self.host.borrow().clone();
        if let Some(host) = host {
            host.timer(ms);
        }
        key
    }

    pub(super) fn next_deadline(&self) -> Option<u64> {
        self.timers.borrow_mut().next()
    }
}
