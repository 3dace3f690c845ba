//! The executor's state, and what is done to it from outside.

use super::context::{Inside, Runtime, Spawn};
use super::drive::Host;
use super::future_job::FutureJob;
use super::job::Observe;
use super::join::{JoinHandle, Shared};
use super::tasks::State;
use super::timers::Timer;
use super::waker::{self, Home, Inbox};
use crate::alloc::uncounted;
use crate::clock::Clock;
use crate::trace::event::{End, Event, NO_MACHINE, WakeSource};
use crate::trace::ids::{MachineId, TaskId, TimerId};
use crate::trace::{Recorder, Spawning, TaskKind};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::rc::{Rc, Weak};

pub(super) struct Core<R: Recorder> {
    pub(super) recorder: R,
    pub(super) clock: Rc<dyn Clock>,
    pub(super) this: Weak<Core<R>>,
    pub(super) id: u64,
    pub(super) inbox: Inbox,
    pub(super) state: RefCell<State>,
    pub(super) task: Cell<TaskId>,
    pub(super) source: Cell<Option<WakeSource>>,
    pub(super) driven: Cell<bool>,
    pub(super) end: Cell<Option<End>>,
    pub(super) polls_left: Cell<u32>,
    pub(super) budget: Cell<(u32, u64)>,
    pub(super) host: RefCell<Option<Rc<dyn Host>>>,
}

/// Spawns on any executor, seen through its runtime.
pub(super) fn spawn_on<F: Future + 'static>(
    runtime: &dyn Runtime,
    name: &str,
    machine: MachineId,
    observe: Option<Observe<F>>,
    future: F,
) -> JoinHandle<F::Output> {
    let shared = Shared::new();
    let future = Box::pin(future);
    let address = std::ptr::from_ref(&*future).addr();
    let observation = observe.map(|observe| uncounted(|| observe(&*future)));
    let job = FutureJob { future: Some(future), value: None, shared: shared.clone(), observe };
    let task = runtime.spawn(Spawn { name, size: size_of::<F>(), address, machine, observation, job: Box::new(job) });
    shared.task.set(task);
    JoinHandle(shared)
}

/// Marks the executor as driven until it is dropped.
pub(super) struct Driven<'a, R: Recorder> {
    core: &'a Core<R>,
    _inside: Inside,
}

impl<R: Recorder> Drop for Driven<'_, R> {
    fn drop(&mut self) {
        self.core.driven.set(false);
    }
}

impl<R: Recorder> Core<R> {
    pub(super) fn new(recorder: R, clock: Rc<dyn Clock>) -> Rc<Self> {
        let id = waker::new_home_id();
        let core = Rc::new_cyclic(|this| Core {
            recorder,
            clock,
            this: this.clone(),
            id,
            inbox: waker::new_inbox(),
            state: RefCell::default(),
            task: Cell::new(TaskId::NONE),
            source: Cell::new(None),
            driven: Cell::new(false),
            end: Cell::new(None),
            polls_left: Cell::new(u32::MAX),
            budget: Cell::new((u32::MAX, u64::MAX)),
            host: RefCell::new(None),
        });
        let home: Weak<dyn Home> = core.this.clone();
        waker::settle(id, home);
        core
    }

    pub(super) fn record(&self, event: Event) {
        self.recorder.record(self.clock.now(), event);
    }

    pub(super) fn limit(&self, polls: u32, time: u64) {
        self.polls_left.set(polls);
        self.budget.set((polls, time));
    }

    pub(super) fn attach(&self, host: Option<Rc<dyn Host>>) {
        let before = std::mem::replace(&mut *self.host.borrow_mut(), host);
        drop(before);
    }

    pub(super) fn alive(&self) -> usize {
        self.state.borrow().alive
    }

    pub(super) fn inside<T>(&self, f: impl FnOnce() -> T) -> T {
        let this = self.this.upgrade().expect("an executor that is used is there");
        let _inside = Inside::enter(this);
        f()
    }

    pub(super) fn waking_as<T>(&self, source: WakeSource, f: impl FnOnce() -> T) -> T {
        let before = self.source.replace(Some(source));
        let value = f();
        self.source.set(before);
        value
    }

    pub(super) fn enter(&self) -> Driven<'_, R> {
        assert!(!self.driven.replace(true), "an executor cannot be run from inside of a task that it runs");
        let this = self.this.upgrade().expect("an executor that is used is there");
        Driven { core: self, _inside: Inside::enter(this) }
    }

    pub(super) fn open_lane(&self, name: &str) -> TaskId {
        let task = {
            let state = &mut *self.state.borrow_mut();
            let task = state.insert(None);
            state.lanes.push((task, 0));
            task
        };
        let spawning = Spawning {
            name,
            kind: TaskKind::Callbacks,
            size: 0,
            address: 0,
            parent: self.task.get(),
            machine: NO_MACHINE,
            observation: None,
        };
        self.recorder.spawned(self.clock.now(), task, spawning);
        task
    }

    pub(super) fn call_now(&self, lane: TaskId, callback: Box<dyn FnOnce()>) {
        assert!(!self.task.get().is_some(), "a task calls back with a timer, never at once");
        self.inside(|| self.call(lane, callback));
    }

    pub(super) fn insert_timer(&self, ms: u32, timer: Timer) -> TimerId {
        let (now, task) = (self.clock.now(), timer.task);
        let deadline = now.saturating_add(u64::from(ms) * self.clock.unit().per_ms());
        let id = self.state.borrow_mut().timers.insert(deadline, timer);
        self.recorder.timer_set(now, id, task, deadline);
        let host = self.host.borrow().clone();
        if let Some(host) = host {
            host.timer(ms);
        }
        id
    }

    pub(super) fn next_deadline(&self) -> Option<u64> {
        self.state.borrow_mut().timers.next()
    }

    pub(super) fn tell_host(&self) {
        if !self.driven.get() {
            let host = self.host.borrow().clone();
            if let Some(host) = host {
                host.ready();
            }
        }
    }
}
