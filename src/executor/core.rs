//! The executor's state and its one loop.

use super::context::{Inside, Runtime, Spawn};
use super::drive::{Host, Progress, Until};
use super::future_job::FutureJob;
use super::job::{Job, Observe};
use super::join::{JoinHandle, Shared};
use super::tasks::{State, Status};
use super::timers::{Action, Timer};
use super::waker::{self, Home, Inbox, take_inbox};
use crate::alloc::uncounted;
use crate::clock::Clock;
use crate::trace::event::{DropReason, End, Event, NO_MACHINE, Outcome, WakeEffect, WakeSource};
use crate::trace::ids::{MachineId, SiteId, TaskId, TimerId};
use crate::trace::{Recorder, Spawning, TaskKind};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::mem::ManuallyDrop;
use std::rc::{Rc, Weak};
use std::task::Context;

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

/// Ends the run if the thread unwinds out of a task's code; defused where it did not.
struct Bomb<'a, R: Recorder>(&'a Core<R>);

impl<R: Recorder> Bomb<'_, R> {
    fn defuse(self) {
        std::mem::forget(self);
    }
}

impl<R: Recorder> Drop for Bomb<'_, R> {
    fn drop(&mut self) {
        self.0.end.set(Some(End::Panicked));
        self.0.recorder.close();
    }
}

/// Marks the executor as driven until it is dropped.
struct Driven<'a, R: Recorder> {
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

    fn waking_as<T>(&self, source: WakeSource, f: impl FnOnce() -> T) -> T {
        let before = self.source.replace(Some(source));
        let value = f();
        self.source.set(before);
        value
    }

    fn enter(&self) -> Driven<'_, R> {
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

    pub(super) fn step(&self) -> Option<TaskId> {
        let _driven = self.enter();
        self.prepare();
        self.poll_front()
    }

    /// Fires what is due on a clock that the executor does not move.
    pub(super) fn fire_timers(&self, slack: u64) {
        let _driven = self.enter();
        self.fire_due(self.clock.now() + slack);
    }

    pub(super) fn next_deadline(&self) -> Option<u64> {
        self.state.borrow_mut().timers.next()
    }

    pub(super) fn drive(&self, until: Until, polls: u32) -> Progress {
        let _driven = self.enter();
        let mut left = polls;
        loop {
            if let Some(end) = self.end.get() {
                return Progress::Ended(end);
            }
            match until {
                // What is due by then has the turn before whoever comes then.
                Until::Time(t) if self.clock.now() >= t => {
                    self.fire_due(t);
                    return Progress::Reached;
                }
                Until::Done(task) if self.state.borrow_mut().slot(task).is_none() => return Progress::Reached,
                _ => {}
            }
            self.prepare();
            if let Some(end) = self.spent() {
                return self.finish(end);
            }
            if left == 0 {
                return Progress::Paused;
            }
            left -= 1;
            if self.poll_front().is_some() || self.end.get().is_some() {
                continue;
            }
            let next = self.state.borrow_mut().timers.next();
            match (until, next) {
                (Until::Idle, _) => return Progress::Reached,
                (Until::Time(t), None) => self.advance_to(t),
                (Until::Time(t), Some(next)) => self.advance_to(next.min(t)),
                (Until::Quiescent | Until::Done(_), Some(next)) => self.advance_to(next),
                (Until::Quiescent | Until::Done(_), None) => {
                    let waiting = self.alive() as u32;
                    return self.finish(if waiting == 0 { End::Completed } else { End::Deadlock(waiting) });
                }
            }
        }
    }

    fn finish(&self, end: End) -> Progress {
        self.end.set(Some(end));
        self.record(Event::Ended { end });
        Progress::Ended(end)
    }

    /// The budget that is used up while something is left to do.
    fn spent(&self) -> Option<End> {
        let (ready, timers) = {
            let state = &mut *self.state.borrow_mut();
            (!state.queue.is_empty(), state.timers.next())
        };
        let is_due = timers.is_some_and(|t| t <= self.clock.now());
        if !ready && timers.is_none() {
            return self.recorder.overrun();
        }
        let (polls, time) = self.budget.get();
        if self.polls_left.get() == 0 && (ready || is_due) {
            Some(End::Polls(polls))
        } else if self.clock.now() > time {
            Some(End::Time(u32::try_from(time).unwrap_or(u32::MAX)))
        } else {
            self.recorder.spent()
        }
    }

    /// Nothing is ready: time passes.
    fn advance_to(&self, time: u64) {
        let by = time.saturating_sub(self.clock.now());
        if by > 0 {
            self.clock.advance(by);
            self.record(Event::ClockAdvanced { task: TaskId::NONE, by: by as u32, site: SiteId::NONE });
        }
    }

    /// What comes before each poll: wakes from elsewhere, then the timers that are due. Where an event loop hosts
    /// the executor, timers are its own.
    fn prepare(&self) {
        for task in take_inbox(&self.inbox) {
            self.wake_from(task, WakeSource::Outside);
        }
        if self.host.borrow().is_none() {
            self.fire_due(self.clock.now());
        }
    }

    fn poll_front(&self) -> Option<TaskId> {
        if self.end.get().is_some() {
            return None;
        }
        let (task, mut job, cell, nth) = {
            let state = &mut *self.state.borrow_mut();
            let task = state.queue.pop_front()?;
            let slot = state.slot(task).expect("what is queued is there");
            slot.status = Status::Running;
            slot.polls += 1;
            let job = slot.job.take().expect("a job is away only during its poll");
            (task, ManuallyDrop::new(job), slot.cell.clone(), slot.polls)
        };
        self.polls_left.set(self.polls_left.get().saturating_sub(1));
        self.record(Event::PollStarted { task, nth });
        // A panic in the poll leaves the future where it is, as it does where panics abort.
        let before = self.task.replace(task);
        let bomb = Bomb(self);
        let ready = cell.with_waker(|waker| job.poll(&mut Context::from_waker(waker)).is_ready());
        let job = ManuallyDrop::into_inner(job);
        if R::ON {
            let now = self.clock.now();
            self.recorder.allocated(now, task);
            let observation = uncounted(|| job.observe());
            self.recorder.polled(now, task, ready, observation.as_ref());
            let outcome = if ready { Outcome::Ready } else { Outcome::Pending };
            let site = if ready { SiteId::NONE } else { self.recorder.stopped_at() };
            self.record(Event::PollEnded { task, outcome, site });
        }
        self.put_back(task, job, ready);
        bomb.defuse();
        self.task.set(before);
        Some(task)
    }

    /// What follows a poll: sleep, the queue's back, or the end.
    fn put_back(&self, task: TaskId, job: Box<dyn Job>, ready: bool) {
        let status = self.state.borrow_mut().slot(task).expect("a polled task is there").status;
        if ready || status == Status::RunningCancelled {
            self.drop_job(task, job, if ready { DropReason::Completed } else { DropReason::Cancelled });
            return;
        }
        let woken = status == Status::RunningWoken;
        {
            let state = &mut *self.state.borrow_mut();
            let slot = state.slot(task).expect("a polled task is there");
            slot.job = Some(job);
            slot.status = if woken { Status::Queued } else { Status::Idle };
            if woken {
                state.queue.push_back(task);
            }
        }
        if woken {
            self.record(Event::Enqueued { task });
        }
    }

    /// The end of a task: the future is dropped, then its value (if any) stored, then the join handle woken.
    fn drop_job(&self, task: TaskId, mut job: Box<dyn Job>, reason: DropReason) {
        let slot = self.state.borrow_mut().remove(task);
        self.record(Event::Dropped { task, reason });
        job.drop_future();
        job.settle();
        drop(slot);
    }

    pub(super) fn cancel(&self, task: TaskId) -> bool {
        let job = {
            let state = &mut *self.state.borrow_mut();
            let Some(slot) = state.slot(task) else { return false };
            match slot.job.take() {
                Some(job) => {
                    state.queue.retain(|&t| t != task);
                    job
                }
                None => {
                    let first = slot.status != Status::RunningCancelled;
                    slot.status = Status::RunningCancelled;
                    return first;
                }
            }
        };
        let bomb = Bomb(self);
        self.inside(|| self.drop_job(task, job, DropReason::Cancelled));
        bomb.defuse();
        true
    }

    /// Drops every task that is left, in spawn order, those included that its drops spawn; the run is over.
    pub(super) fn shut_down(&self) {
        let driven = self.enter();
        self.drop_tasks();
        self.finish(End::Completed);
        drop(driven);
    }

    /// Drops every task that is left, in spawn order, with the executor in reach of what their drops do.
    pub(super) fn drop_tasks(&self) {
        let mut i = 0;
        while i < self.state.borrow().tasks.len() {
            let task = TaskId(i as u32 + 1);
            let job = self.state.borrow_mut().slot(task).and_then(|slot| slot.job.take());
            if let Some(job) = job {
                self.drop_job(task, job, DropReason::Shutdown);
            }
            i += 1;
        }
    }

    fn fire_due(&self, until: u64) {
        // A callback that calls back at once spends polls, and only the loop that drives may end the run.
        while self.end.get().is_none() && self.polls_left.get() > 0 {
            let due = self.state.borrow_mut().timers.pop_due(until);
            let Some((timer, Timer { task, action })) = due else { return };
            self.record(Event::TimerFired { timer, task });
            match action {
                Action::Wake(waker) => {
                    let bomb = Bomb(self);
                    self.waking_as(WakeSource::Timer(timer), || waker.wake());
                    bomb.defuse();
                }
                Action::Call(callback) => self.call(task, callback),
            }
        }
    }

    fn call(&self, lane: TaskId, callback: Box<dyn FnOnce()>) {
        let nth = {
            let mut state = self.state.borrow_mut();
            let calls =
                state.lanes.iter_mut().find(|(l, _)| *l == lane).expect("a lane is opened before it is called on");
            calls.1 += 1;
            calls.1
        };
        self.polls_left.set(self.polls_left.get().saturating_sub(1));
        self.record(Event::CallStarted { task: lane, nth });
        let before = self.task.replace(lane);
        let bomb = Bomb(self);
        callback();
        bomb.defuse();
        self.task.set(before);
        self.recorder.allocated(self.clock.now(), lane);
        self.record(Event::CallEnded { task: lane });
    }

    pub(super) fn wake_from(&self, task: TaskId, by: WakeSource) {
        let effect = {
            let state = &mut *self.state.borrow_mut();
            match state.slot(task) {
                None => WakeEffect::AfterDone,
                Some(slot) => match slot.status {
                    Status::Idle => {
                        slot.status = Status::Queued;
                        state.queue.push_back(task);
                        WakeEffect::Queued
                    }
                    Status::Queued => WakeEffect::Coalesced,
                    Status::Running => {
                        slot.status = Status::RunningWoken;
                        WakeEffect::DuringPoll
                    }
                    Status::RunningWoken => WakeEffect::Coalesced,
                    Status::RunningCancelled => WakeEffect::AfterDone,
                },
            }
        };
        self.record(Event::Woken { task, by, effect });
        if effect == WakeEffect::Queued {
            self.record(Event::Enqueued { task });
            self.tell_host();
        }
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

impl<R: Recorder> Drop for Core<R> {
    /// Drops what is left, outside of every executor; after a panic it forgets it, as an abort would. An
    /// [`Executor`](super::Executor) that goes in peace has dropped its tasks before.
    fn drop(&mut self) {
        waker::leave(self.id, &self.inbox);
        let state = std::mem::take(self.state.get_mut());
        if self.end.get() == Some(End::Panicked) {
            std::mem::forget(state);
            return;
        }
        let _outside = Inside::leave_all();
        drop(state);
    }
}
