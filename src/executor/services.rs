//! What the core does for its wakers, for the futures that it polls, and for a policy that changes the run.

use super::context::{Runtime, Spawned};
use super::core::Core;
use super::policy::{self, Policy};
use super::schedule::Object;
use super::tasks::{Scheduler, Tasks};
use super::timers::{Action, Timer};
use crate::record::{Driver, Mark, ObservedField, Recorder, Sink, Spawning, TimerKey, TimerState, Unpolled};
use crate::trace::event::{Change, End, Event, WakeEffect, WakeSource};
use crate::trace::ids::{FutureId, FutureKindId, NameId, SiteId, SourceId, TaskId, TimerId};
use crate::trace::{FutureRole, SourceKind, TaskKind};
use std::task::Waker;

impl<R: Recorder, P: Policy> Scheduler for Core<R, P> {
    fn woken(&self, task: TaskId, effect: WakeEffect) {
        match self.source.get() {
            // Nearly always, and known to the compiler then.
            WakeSource::Task(by) => self.record(Event::Woken { task, by: WakeSource::Task(by), effect }),
            by => self.record(Event::Woken { task, by, effect }),
        }
        if effect == WakeEffect::Queued {
            self.record(Event::Enqueued { task });
            self.ready();
        }
    }

    fn loses(&self, task: TaskId) -> bool {
        let lost = self.policy.loses(self, task);
        if lost {
            self.record(Event::WakeLost { task, by: self.source.get() });
        }
        lost
    }

    fn waker_cloned(&self, task: TaskId, count: u32) {
        self.record(Event::WakerCloned { task, count });
    }

    fn waker_dropped(&self, task: TaskId, count: u32) {
        self.record(Event::WakerDropped { task, count });
        if R::ON && self.end.get().is_some() {
            self.recorder.kept(task, self.task.get());
        }
    }

    fn ready(&self) {
        if !self.driven.get() {
            let host = self.host.borrow().clone();
            if let Some(host) = host {
                host.ready();
            }
        }
    }
}

impl<R: Recorder, P: Policy> Sink for Core<R, P> {
    fn is_recording(&self) -> bool {
        R::ON
    }

    fn is_detailed(&self) -> bool {
        R::ON && self.recorder.is_detailed()
    }

    fn number(&self) -> u64 {
        self.number
    }

    fn task(&self) -> TaskId {
        self.task.get()
    }

    fn record(&self, event: Event) {
        Core::record(self, event);
    }

    fn name(&self, text: &str) -> NameId {
        self.recorder.name(text)
    }

    fn observed(&self, field: ObservedField) {
        self.recorder.observed(field);
    }

    fn source(&self, kind: SourceKind) -> SourceId {
        self.recorder.source(kind)
    }

    fn future_done(&self, id: FutureId) {
        self.recorder.future_done(self.task.get(), id);
    }

    fn heap(&self, site: SiteId) {
        self.recorder.heap(self.now(), self.task.get(), site);
    }

    fn held(&self, source: SourceId) {
        self.recorder.held(source, self.task.get());
    }

    fn used(&self, by: WakeSource) {
        if P::CHANGES {
            match by {
                WakeSource::Source(source) => self.policy.used(Object::Source(source)),
                WakeSource::Task(task) => self.policy.used(Object::Task(task)),
                WakeSource::Timer(_) => self.policy.used(Object::Clock),
                WakeSource::Promise(_) | WakeSource::Outside => {}
            }
        }
    }

    fn set_source(&self, source: WakeSource) -> WakeSource {
        self.source.replace(source)
    }

    fn panicked(&self, message: &str) -> bool {
        self.report_end_in_panic(message)
    }

    fn site(&self, file: &str, line: u32, column: u32) -> SiteId {
        self.recorder.site(file, line, column)
    }

    fn future_kind(&self, name: &str, role: FutureRole) -> FutureKindId {
        self.recorder.future_kind(name, role)
    }

    fn created(&self, kind: FutureKindId, site: SiteId, is_marked: bool) -> Mark {
        self.recorder.created(self.now(), self.task.get(), kind, site, is_marked)
    }

    fn marked(&self, mark: Mark) -> Option<Unpolled> {
        self.recorder.marked(mark)
    }

    fn take_unpolled(&self, mark: Mark) -> Option<Unpolled> {
        self.recorder.take_unpolled(mark)
    }

    fn future(&self, kind: FutureKindId, address: usize, first: Option<FutureId>) -> FutureId {
        self.recorder.future(self.task.get(), kind, address, first)
    }

    fn polled_from(&self) -> SiteId {
        self.recorder.polled_from()
    }
}

impl<R: Recorder, P: Policy> Driver for Core<R, P> {
    fn now_ms(&self) -> u64 {
        self.used_clock();
        self.now() / self.clock.unit().per_ms()
    }

    fn checkpoint(&self) -> Result<(), &'static str> {
        let panics = P::CHANGES && self.task.get().is_some() && self.policy.panics(self);
        if panics {
            self.record(Event::Changed { change: Change::Panic, task: self.task.get(), timer: TimerId::NONE });
            return Err("a panic was asked for here");
        }
        self.stack.check()
    }

    fn compute(&self, ms: u32, site: SiteId) {
        if ms == 0 {
            return;
        }
        let before = self.now();
        let has_worked = self.clock.work(u64::from(ms) * self.clock.unit().per_ms());
        self.look_at_clock();
        let by = self.now() - before;
        // A clock that goes by itself is not moved by a task that only says that it works.
        if by > 0 && has_worked {
            self.tasks.interrupt();
            self.has_worked.set(!self.is_virtual());
            self.record(Event::ClockAdvanced { task: self.task.get(), by, site });
        }
    }

    fn set_timer(&self, ms: u32, waker: Waker) -> TimerKey {
        self.insert_timer(ms, Timer { task: self.task.get(), action: Action::Wake(waker) })
    }

    fn keep_timer(&self, timer: TimerKey, waker: &Waker) -> TimerState {
        self.used_clock();
        let task = self.task.get();
        let (id, moved, same) = match self.timers.borrow_mut().get_mut(timer) {
            Ok((id, Timer { task: of, action: Action::Wake(held) })) => {
                (id, std::mem::replace(of, task) != task, held.will_wake(waker))
            }
            Ok(_) => return TimerState::Foreign,
            Err(state) => return state,
        };
        if !same {
            // A clone and a drop of a waker are user code: no borrow is held meanwhile.
            let waker = waker.clone();
            let stale = match self.timers.borrow_mut().get_mut(timer) {
                Ok((_, Timer { action: Action::Wake(held), .. })) => std::mem::replace(held, waker),
                _ => waker,
            };
            drop(stale);
        }
        if moved {
            self.record(Event::WakerHeld { task, by: WakeSource::Timer(id) });
        }
        TimerState::Set
    }

    fn end_timer(&self, timer: TimerKey) {
        self.used_clock();
        let cancelled = self.timers.borrow_mut().remove(timer);
        if let Some((timer, Timer { task, action })) = cancelled {
            self.record(Event::TimerCancelled { timer, task });
            drop(action);
            let host = self.host.borrow().clone();
            if let Some(host) = host {
                host.timer_cancelled();
            }
        }
    }

    fn signal_after(&self, ms: u32, signal: Box<dyn FnOnce()>) {
        self.insert_timer(ms, Timer { task: TaskId::NONE, action: Action::Signal(signal) });
    }

    fn call_after(&self, ms: u32, callback: Box<dyn FnOnce()>) {
        self.insert_timer(ms, Timer { task: self.task.get(), action: Action::Call(callback) });
    }
}

impl<R: Recorder, P: Policy> Runtime for Core<R, P> {
    fn tasks(&self) -> &Tasks {
        &self.tasks
    }

    fn spawned(&self, spawned: Spawned<'_>) {
        let Spawned { task, name, size, address, machine, observation } = spawned;
        if R::ON {
            let (kind, parent, observation) = (TaskKind::Future, self.task.get(), observation.as_ref());
            let spawning = Spawning { name, kind, size, address, parent, machine, observation };
            self.recorder.spawned(self.now(), task, spawning);
            self.record(Event::Enqueued { task });
            if !self.task.get().is_some() {
                self.recorder.allocated(self.now(), TaskId::NONE);
            }
        }
        self.ready();
    }
}

/// What a policy may change between two polls.
impl<R: Recorder, P: Policy> policy::Run for Core<R, P> {
    fn events(&self) -> usize {
        self.recorder.events()
    }

    fn read(&self, from: usize, see: &mut dyn FnMut(usize, Event)) {
        self.recorder.read(from, see);
    }

    fn ready(&self, list: &mut Vec<TaskId>) {
        self.tasks.permits().list(list);
    }

    fn first_ready(&self) -> Option<(TaskId, usize)> {
        self.tasks.permits().first()
    }

    fn wake(&self, task: TaskId) -> bool {
        self.tasks.is_alive(task) && {
            self.changed(Change::Wake, task);
            self.waking_as(WakeSource::Outside, || self.tasks.wake(task));
            true
        }
    }

    fn cancel(&self, task: TaskId) -> bool {
        self.tasks.is_alive(task) && {
            self.changed(Change::Drop, task);
            Core::cancel(self, task)
        }
    }

    fn fire(&self, timer: TimerId) -> bool {
        let due = self.timers.borrow_mut().take(timer);
        due.is_some_and(|due| {
            self.record(Event::Changed { change: Change::Fire, task: due.task, timer });
            self.fire_timer(timer, due);
            true
        })
    }

    fn stop(&self) {
        self.finish(End::Stopped);
    }

    fn prefer(&self, task: TaskId) -> bool {
        self.tasks.is_in_queue(task) && {
            self.changed(Change::Next, task);
            true
        }
    }
}

impl<R: Recorder, P: Policy> Core<R, P> {
    fn used_clock(&self) {
        if P::CHANGES {
            self.policy.used(Object::Clock);
        }
    }

    fn changed(&self, change: Change, task: TaskId) {
        self.record(Event::Changed { change, task, timer: TimerId::NONE });
    }
}
