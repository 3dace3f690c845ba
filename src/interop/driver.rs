//! Driving an executor from the browser's event loop.
//!
//! A *drain* polls what is ready until nothing is. A wake from outside of a drain schedules one, however many wakes there are:
//! in a microtask, or, where that is asked for, in a macrotask. A drain that takes too long gives the thread back, so that
//! frames are drawn, and goes on in a macrotask. One that starts while another one is on the stack (some engines run microtasks
//! inside of `alert`) is put off: an executor is never entered twice.
//!
//! All timers of an executor share one timeout, for the earliest of them. It may come early, in pieces, or not at all: at the end of
//! each drain it is set to what the timers ask for then. Without timers, and once the executor is left, there is none.

use crate::executor::{Executor, Host, Progress, Schedule, Until};
use crate::record::{Recorder, TraceRecorder};
use crate::trace::Event;
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = queueMicrotask)]
    fn queue_microtask(callback: &JsValue);
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, ms: u32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timeout: &JsValue);
}

/// How long one drain may go on polling, in microseconds: after that the thread is given back.
const LONGEST_DRAIN: u64 = 4000;

/// After so many polls it looks at the clock.
const POLLS_BETWEEN_LOOKS: u32 = 256;

/// How much earlier than its deadline a timer may be fired, in microseconds: clocks are coarse.
const GRAIN: u64 = 1000;

/// The longest timeout that a browser takes, in ms: a longer one fires at once.
const LONGEST_TIMEOUT: u64 = (1 << 31) - 1;

/// A timeout that is so much overdue, in microseconds, got lost.
const LOST: u64 = 1_000_000;

const DRAIN: &str = "drain";
const TIMERS: &str = "timers";

/// Calls `f` once, from a microtask.
pub(super) fn in_microtask(f: impl FnOnce() + 'static) {
    queue_microtask(&Closure::once_into_js(f));
}

/// Calls `f` once, in `ms` milliseconds, from a task of its own.
pub(super) fn in_macrotask(ms: u32, f: impl FnOnce() + 'static) {
    set_timeout(&Closure::once_into_js(f), ms);
}

/// Timeouts that a script has set, which end with its run.
#[derive(Clone, Default)]
pub(super) struct Timeouts(Rc<RefCell<Vec<JsValue>>>);

impl Timeouts {
    /// One more.
    pub(super) fn push(&self, timeout: JsValue) {
        self.0.borrow_mut().push(timeout);
    }

    /// Clears all of them; those that have fired are no matter.
    pub(super) fn clear(&self) {
        self.0.borrow_mut().drain(..).for_each(|timeout| clear_timeout(&timeout));
    }
}

/// A timeout that is cleared when this is dropped.
pub(super) struct Timeout {
    timeout: JsValue,
    _callback: Closure<dyn FnMut()>,
}

impl Timeout {
    /// Calls `f` in `ms` milliseconds, once.
    pub(super) fn new(ms: u32, f: impl FnOnce() + 'static) -> Self {
        let callback = Closure::once(f);
        Timeout { timeout: set_timeout(callback.as_ref(), ms), _callback: callback }
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        clear_timeout(&self.timeout);
    }
}

/// How the drains of an executor are scheduled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drains {
    /// Whether a wake schedules one in a macrotask, and not in a microtask.
    pub in_macrotask: bool,
    /// Whether one goes on until nothing is ready, however long that takes.
    pub endless: bool,
}

/// The timeout that stands for an executor's timers.
struct Armed {
    timeout: JsValue,
    /// The deadline that it is for, and when it is due: sooner, if that is farther away than a timeout may be.
    deadline: u64,
    due: u64,
}

/// The driver of one executor.
pub struct EventLoop {
    executor: Executor<TraceRecorder, Schedule>,
    this: Weak<EventLoop>,
    drains: Drains,
    /// Whether a drain is scheduled that has not begun.
    is_scheduled: Cell<bool>,
    is_draining: Cell<bool>,
    /// Whether one wanted to begin meanwhile.
    is_put_off: Cell<bool>,
    armed: RefCell<Option<Armed>>,
    has_left: Cell<bool>,
    /// The callback of every timeout: what a timeout would hold alone is lost when it is cleared.
    on_timers: OnceCell<Closure<dyn Fn()>>,
    when_over: RefCell<Option<Box<dyn FnOnce()>>>,
}

impl EventLoop {
    /// Drives `executor` from now on, until it is [detached](Executor::detach): drains are microtasks, and give the thread back.
    pub fn drive(executor: &Executor<TraceRecorder, Schedule>) {
        Self::drive_by(executor, Drains { in_macrotask: false, endless: false }, || {});
    }

    /// The same, with drains of another make. `when_over` is called if the run ends in one: by its budget, or by a panic.
    pub fn drive_by(executor: &Executor<TraceRecorder, Schedule>, drains: Drains, when_over: impl FnOnce() + 'static) {
        let host = Rc::new_cyclic(|this: &Weak<EventLoop>| EventLoop {
            executor: executor.clone(),
            this: this.clone(),
            drains,
            is_scheduled: Cell::new(false),
            is_draining: Cell::new(false),
            is_put_off: Cell::new(false),
            armed: RefCell::new(None),
            has_left: Cell::new(false),
            on_timers: OnceCell::new(),
            when_over: RefCell::new(Some(Box::new(when_over))),
        });
        let this = host.this.clone();
        let on_timers = Closure::new(move || {
            if let Some(this) = this.upgrade() {
                this.fire();
            }
        });
        // It is the first.
        let _ = host.on_timers.set(on_timers);
        executor.attach(host);
    }

    fn record(&self, event: impl FnOnce(&TraceRecorder) -> Event) {
        let recorder = self.executor.recorder();
        recorder.record(self.executor.now(), event(recorder));
    }

    /// Schedules a drain, unless one is scheduled.
    fn schedule(&self, in_macrotask: bool) {
        let Some(this) = self.this.upgrade() else { return };
        if self.has_left.get() || self.is_scheduled.replace(true) {
            return;
        }
        if in_macrotask {
            self.record(|r| Event::MacrotaskQueued { name: r.name(DRAIN), after: 0 });
            self::in_macrotask(0, move || this.begin(true));
        } else {
            self.record(|r| Event::MicrotaskQueued { name: r.name(DRAIN) });
            in_microtask(move || this.begin(false));
        }
    }

    /// The drain that was scheduled begins.
    fn begin(&self, in_macrotask: bool) {
        self.is_scheduled.set(false);
        if self.has_left.get() {
            return;
        }
        if in_macrotask {
            self.record(|r| Event::MacrotaskStarted { name: r.name(DRAIN) });
            self.drain();
            self.record(|r| Event::MacrotaskEnded { name: r.name(DRAIN) });
        } else {
            self.record(|r| Event::MicrotaskStarted { name: r.name(DRAIN) });
            self.drain();
            self.record(|r| Event::MicrotaskEnded { name: r.name(DRAIN) });
        }
    }

    /// Polls until nothing is ready, however often tasks wake each other meanwhile: a hop from task to task needs no
    /// microtask of its own. What one drain may not take is left to another one.
    fn drain(&self) {
        if self.is_draining.replace(true) {
            self.is_put_off.set(true);
            return;
        }
        let end = if self.drains.endless { u64::MAX } else { self.executor.now() + LONGEST_DRAIN };
        let goes_on = loop {
            match self.executor.drive(Until::Idle, POLLS_BETWEEN_LOOKS) {
                Progress::Paused if self.executor.now() < end => {}
                Progress::Paused => break true,
                Progress::Reached => break false,
                Progress::Ended(_) => {
                    if let Some(when_over) = self.when_over.take() {
                        when_over();
                    }
                    break false;
                }
            }
        };
        self.is_draining.set(false);
        if self.is_put_off.take() || goes_on {
            self.schedule(true);
        } else {
            self.record(|_| Event::Idle);
        }
        self.arm();
    }

    /// The timeout is here: fires what is due, and drains. What is not due yet is asked for again.
    fn fire(&self) {
        self.armed.take();
        if self.has_left.get() {
            return;
        }
        self.record(|r| Event::MacrotaskStarted { name: r.name(TIMERS) });
        if self.is_draining.get() {
            // Its timers are still set, and that drain arms them.
            self.is_put_off.set(true);
        } else {
            self.executor.fire_timers(GRAIN);
            self.drain();
        }
        self.record(|r| Event::MacrotaskEnded { name: r.name(TIMERS) });
    }

    /// Sets the one timeout to what the timers ask for, if it is not.
    fn arm(&self) {
        if self.is_draining.get() || self.has_left.get() {
            return;
        }
        let (now, next) = (self.executor.now(), self.executor.next_deadline());
        let is_right = |armed: &Armed| next == Some(armed.deadline) && now < armed.due.saturating_add(LOST);
        if self.armed.borrow().as_ref().is_some_and(is_right) {
            return;
        }
        self.disarm();
        let (Some(deadline), Some(on_timers)) = (next, self.on_timers.get()) else { return };
        let ms = deadline.saturating_sub(now).div_ceil(1000).min(LONGEST_TIMEOUT);
        self.record(|r| Event::MacrotaskQueued { name: r.name(TIMERS), after: ms as u32 });
        let timeout = set_timeout(on_timers.as_ref(), ms as u32);
        *self.armed.borrow_mut() = Some(Armed { timeout, deadline, due: now + ms * 1000 });
    }

    fn disarm(&self) {
        if let Some(armed) = self.armed.take() {
            clear_timeout(&armed.timeout);
            self.record(|r| Event::MacrotaskCleared { name: r.name(TIMERS) });
        }
    }
}

impl Host for EventLoop {
    fn ready(&self) {
        self.schedule(self.drains.in_macrotask);
    }

    fn timer(&self, _ms: u32) {
        self.arm();
    }

    fn timer_cancelled(&self) {
        self.arm();
    }

    fn left(&self) {
        self.disarm();
        self.has_left.set(true);
    }
}
