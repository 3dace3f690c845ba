//! What the core does for its wakers, and for the futures that it polls.

use super::context::{Runtime, Spawn};
use super::core::Core;
use super::tasks::{Slot, Status};
use super::timers::{Action, Timer};
use super::waker::{Home, WakeCell};
use crate::trace::event::{Event, WakeSource};
use crate::trace::ids::{NameId, SiteId, TaskId, TimerId};
use crate::trace::{ObservedField, Recorder, Spawning, TaskKind};
use std::panic::Location;
use std::task::Waker;

impl<R: Recorder> Home for Core<R> {
    fn wake(&self, task: TaskId) {
        let running = self.task.get();
        let by = self.source.get().unwrap_or(if running.is_some() {
            WakeSource::Task(running)
        } else {
            WakeSource::Outside
        });
        self.wake_from(task, by);
    }

    fn waker_cloned(&self, task: TaskId, count: u32) {
        self.record(Event::WakerCloned { task, count });
    }

    fn waker_dropped(&self, task: TaskId, count: u32) {
        self.record(Event::WakerDropped { task, count });
    }
}

impl<R: Recorder> Runtime for Core<R> {
    fn now_ms(&self) -> u64 {
        self.clock.now() / self.clock.unit().per_ms()
    }

    fn task(&self) -> TaskId {
        self.task.get()
    }

    fn recording(&self) -> bool {
        R::ON
    }

    fn record(&self, event: Event) {
        Core::record(self, event);
    }

    fn name(&self, text: &str) -> NameId {
        self.recorder.name(text)
    }

    fn site(&self, at: &Location<'static>) -> SiteId {
        self.recorder.site(at)
    }

    fn observed(&self, field: ObservedField) {
        self.recorder.observed(field);
    }

    fn compute(&self, ms: u32, site: SiteId) {
        if ms > 0 {
            self.clock.advance(u64::from(ms) * self.clock.unit().per_ms());
            self.record(Event::ClockAdvanced { task: self.task.get(), by: ms, site });
        }
    }

    fn set_timer(&self, ms: u32, waker: Waker) -> TimerId {
        self.insert_timer(ms, Timer { task: self.task.get(), action: Action::Wake(waker) })
    }

    fn keep_timer(&self, timer: TimerId, waker: &Waker) -> bool {
        let task = self.task.get();
        let (moved, same) = match self.state.borrow_mut().timers.get_mut(timer) {
            Some(Timer { task: of, action: Action::Wake(held) }) => {
                (std::mem::replace(of, task) != task, held.will_wake(waker))
            }
            _ => return false,
        };
        if !same {
            let waker = waker.clone();
            let stale = match self.state.borrow_mut().timers.get_mut(timer) {
                Some(Timer { action: Action::Wake(held), .. }) => std::mem::replace(held, waker),
                _ => waker,
            };
            drop(stale);
        }
        if moved {
            self.record(Event::WakerHeld { task, by: WakeSource::Timer(timer) });
        }
        true
    }

    fn cancel_timer(&self, timer: TimerId) {
        let cancelled = self.state.borrow_mut().timers.remove(timer);
        if let Some(Timer { task, action }) = cancelled {
            self.record(Event::TimerCancelled { timer, task });
            drop(action);
        }
    }

    fn call_after(&self, ms: u32, callback: Box<dyn FnOnce()>) {
        self.insert_timer(ms, Timer { task: self.task.get(), action: Action::Call(callback) });
    }

    fn spawn(&self, spawn: Spawn<'_>) -> TaskId {
        let task = {
            let state = &mut *self.state.borrow_mut();
            let next = TaskId(state.tasks.len() as u32 + 1);
            let cell = WakeCell::new(next, self.id, self.inbox.clone());
            let task = state.insert(Some(Slot { status: Status::Queued, cell, job: Some(spawn.job), polls: 0 }));
            state.queue.push_back(task);
            task
        };
        let spawning = Spawning {
            name: spawn.name,
            kind: TaskKind::Future,
            size: spawn.size,
            address: spawn.address,
            parent: self.task.get(),
            machine: spawn.machine,
            observation: spawn.observation.as_ref(),
        };
        self.recorder.spawned(self.clock.now(), task, spawning);
        self.record(Event::Enqueued { task });
        if !self.task.get().is_some() {
            self.recorder.allocated(self.clock.now(), TaskId::NONE);
        }
        self.tell_host();
        task
    }

    fn id(&self) -> u64 {
        self.id
    }

    fn set_source(&self, source: Option<WakeSource>) -> Option<WakeSource> {
        self.source.replace(source)
    }

    fn panicked(&self, message: &str) -> Vec<u8> {
        self.recorder.panicked(self.clock.now(), self.task.get(), message)
    }
}
