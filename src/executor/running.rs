//! The services of what polls now that the prelude's functions are made of.

use super::context::{
    Wants, try_with_driver, wants, with_driver, with_driver_only, with_runtime, with_sink_and_driver, with_sink_only,
};
use super::core::{Named, spawn_on};
use super::join::JoinHandle;
use super::leaf;
use super::observe::Observe;
use super::place::site_of;
use crate::alloc::uncounted;
use crate::record::{TimerKey, TimerState};
use crate::trace::event::{Event, NO_MACHINE};
use crate::trace::ids::{MachineId, SiteId};
use std::cell::Cell;
use std::fmt::Write;
use std::future::Future;
use std::panic::Location;
use std::task::Waker;

/// Spawns a future; where the executor records, under a name.
#[track_caller]
pub(crate) fn spawn<F: Future + 'static>(name: impl FnOnce() -> String, future: F) -> JoinHandle<F::Output> {
    leaf::asked();
    with_runtime(|runtime| {
        let name = if runtime.is_detailed() { uncounted(name) } else { String::new() };
        let handle = spawn_on(runtime, &Named::only(&name), future);
        uncounted(|| drop(name));
        handle
    })
}

/// Spawns a future under a name, and, if it has a machine, with what it says of itself.
#[track_caller]
pub(crate) fn spawn_as<F: Future + 'static>(
    name: &str,
    machine: Option<(MachineId, Observe<F>)>,
    future: F,
) -> JoinHandle<F::Output> {
    leaf::asked();
    let (machine, observe) = machine.map_or((NO_MACHINE, None), |(machine, observe)| (machine, Some(observe)));
    with_runtime(|runtime| spawn_on(runtime, &Named { name, machine, observe }, future))
}

#[track_caller]
pub(crate) fn now_ms() -> u64 {
    with_driver_only(|driver| driver.now_ms())
}

#[track_caller]
pub(crate) fn compute(ms: u32) {
    let at = Location::caller();
    let site = if wants() == Wants::More {
        with_sink_only(|sink| site_of(sink, at)).unwrap_or_default()
    } else {
        SiteId::NONE
    };
    with_driver_only(|driver| driver.compute(ms, site));
}

#[track_caller]
pub(crate) fn set_timer(ms: u32, waker: Waker) -> TimerKey {
    with_driver(|driver| driver.set_timer(ms, waker))
}

#[track_caller]
pub(crate) fn keep_timer(timer: TimerKey, waker: &Waker) -> TimerState {
    with_driver(|driver| driver.keep_timer(timer, waker))
}

/// Takes back a timer, fired or not. Does nothing where its driver is gone: its timers went with it.
pub(crate) fn end_timer(timer: TimerKey) {
    try_with_driver(|driver| driver.end_timer(timer));
}

/// Calls a function outside of every task in `ms` milliseconds.
#[track_caller]
pub(crate) fn signal_after(ms: u32, signal: impl FnOnce() + 'static) {
    with_driver(|driver| driver.signal_after(ms, Box::new(signal)));
}

/// Calls `callback` on the running lane in `ms` milliseconds; the caller's line is where the lane waits.
#[track_caller]
pub(crate) fn call_after(ms: u32, callback: impl FnOnce() + 'static) {
    let at = Location::caller();
    with_sink_and_driver(|sink, driver| {
        sink.record(Event::Line { task: sink.task(), site: site_of(sink, at) });
        driver.call_after(ms, Box::new(callback));
    });
}

/// Records a line; does nothing where nothing is recorded.
#[track_caller]
pub(crate) fn log(text: std::fmt::Arguments<'_>) {
    let at = Location::caller();
    let site = match wants() {
        Wants::Nothing => None,
        Wants::Little => Some(SiteId::NONE),
        Wants::More => with_sink_only(|sink| sink.is_recording().then(|| site_of(sink, at))).flatten(),
    };
    if let Some(site) = site {
        // To write it is the task's code.
        let text = uncounted(|| with_text(text, |text| with_sink_only(|sink| sink.name(text)))).unwrap_or_default();
        with_sink_only(|sink| sink.record(Event::Logged { task: sink.task(), text, site }));
    }
}

/// Longer lines get memory of their own.
const MOST_KEPT: usize = 4096;

/// Calls `f` with what is written, in memory that served lines before: a run may log one a poll. What is written may log itself.
fn with_text<T>(text: std::fmt::Arguments<'_>, f: impl FnOnce(&str) -> T) -> T {
    thread_local! {
        static LINE: Cell<String> = const { Cell::new(String::new()) };
    }
    if let Some(text) = text.as_str() {
        return f(text);
    }
    let mut line = LINE.try_with(Cell::take).unwrap_or_default();
    line.write_fmt(text).expect("a formatting trait implementation returned an error");
    let value = f(&line);
    if line.capacity() <= MOST_KEPT {
        line.clear();
        let _ = LINE.try_with(|kept| kept.set(line));
    }
    value
}
