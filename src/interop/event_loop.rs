//! Driving an executor from the browser's event loop: a wake queues one microtask that polls until nothing is
//! ready; a timer is a timeout that does the same.

use crate::executor::{Executor, Host, Progress, Schedule, Until};
use crate::record::{Recorder, TraceRecorder};
use crate::trace::Event;
use std::cell::Cell;
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = queueMicrotask)]
    fn queue_microtask(callback: &JsValue);
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, ms: u32) -> JsValue;
}

/// How long one microtask may go on polling, in microseconds: after that the thread is given back, so that frames are
/// drawn.
const TURN: u64 = 4000;

/// After so many polls it looks at the clock.
const POLLS_BETWEEN_LOOKS: u32 = 256;

/// How much earlier than its deadline a timer may be fired, in microseconds: clocks are coarse.
const GRAIN: u64 = 1000;

/// Calls `f` once, from a microtask.
pub(super) fn in_microtask(f: impl FnOnce() + 'static) {
    queue_microtask(&Closure::once_into_js(f));
}

/// Calls `f` once, in `ms` milliseconds, from a task of its own.
pub(super) fn in_macrotask(ms: u32, f: impl FnOnce() + 'static) {
    set_timeout(&Closure::once_into_js(f), ms);
}

/// The driver of one executor.
pub(super) struct EventLoop {
    executor: Executor<TraceRecorder, Schedule>,
    this: Weak<EventLoop>,
    /// Whether a microtask is queued that has not run.
    scheduled: Cell<bool>,
    /// Timeouts for timers that have not run.
    timeouts: Cell<u32>,
}

impl EventLoop {
    /// Drives `executor` from now on.
    pub(super) fn drive(executor: &Executor<TraceRecorder, Schedule>) {
        let host = Rc::new_cyclic(|this| EventLoop {
            executor: executor.clone(),
            this: this.clone(),
            scheduled: Cell::new(false),
            timeouts: Cell::new(0),
        });
        executor.attach(host);
    }

    fn record(&self, event: Event) {
        self.executor.recorder().record(self.executor.now(), event);
    }

    /// Polls until nothing is ready, however often tasks wake each other meanwhile: a hop from task to task needs no
    /// microtask of its own. What one turn may not take is left to another one.
    fn drain(&self) {
        let end = self.executor.now() + TURN;
        loop {
            match self.executor.drive(Until::Idle, POLLS_BETWEEN_LOOKS) {
                Progress::Paused if self.executor.now() < end => {}
                Progress::Paused => return self.in_turn(0, "drain", Self::drain),
                Progress::Reached | Progress::Ended(_) => return self.record(Event::Idle),
            }
        }
    }

    /// Fires what is due, and drains. A browser may be early by its own clock's grain: what is left is asked for again.
    fn fire(&self) {
        self.executor.fire_timers(GRAIN);
        self.drain();
        if let Some(deadline) = self.executor.next_deadline()
            && self.timeouts.get() == 0
        {
            self.timer(deadline.saturating_sub(self.executor.now()).div_ceil(1000) as u32);
        }
    }

    /// Does something in a turn of the event loop of its own, at least `ms` from now.
    fn in_turn(&self, ms: u32, name: &str, then: fn(&Self)) {
        let Some(this) = self.this.upgrade() else { return };
        let name = self.executor.recorder().name(name);
        self.record(Event::MacrotaskQueued { name, after: ms });
        in_macrotask(ms, move || {
            this.record(Event::MacrotaskStarted { name });
            then(&this);
            this.record(Event::MacrotaskEnded { name });
        });
    }
}

impl Host for EventLoop {
    fn ready(&self) {
        if self.scheduled.replace(true) {
            return;
        }
        let Some(this) = self.this.upgrade() else { return };
        let name = self.executor.recorder().name("drain");
        self.record(Event::MicrotaskQueued { name });
        in_microtask(move || {
            this.scheduled.set(false);
            this.record(Event::MicrotaskStarted { name });
            this.drain();
            this.record(Event::MicrotaskEnded { name });
        });
    }

    fn timer(&self, ms: u32) {
        self.timeouts.set(self.timeouts.get() + 1);
        self.in_turn(ms, "timers", |this| {
            this.timeouts.set(this.timeouts.get() - 1);
            this.fire();
        });
    }
}
