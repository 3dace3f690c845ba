//! A live run: the executor on the event loop, what a scenario's script records with, and when the run is over.
//!
//! A run has *parts*: it is over when each has said that it is, or after its *patience*. A promise of the scenario has a number,
//! by which its script and its futures are told apart; it is given before the promise is made, since what makes it records.

use super::clock::BrowserClock;
use super::devtools;
use super::driver::{EventLoop, in_macrotask};
use super::foreign::At;
use super::put;
use super::runs::Ending;
use crate::executor::{Executor, Plan, Schedule, new_number};
use crate::record::{Recorder, TraceRecorder};
use crate::scenario::Setup;
use crate::trace::TimeUnit;
use crate::trace::event::{End, Event, Settled, WakeSource};
use crate::trace::ids::{PromiseId, SiteId, TaskId};
use js_sys::{Object, Promise};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;

/// How long, in ms, a run goes on for something that will never happen.
pub(super) const GRACE: u32 = 250;
/// How long it waits, in ms, for something that will, in a tab that the browser has slowed down.
pub(super) const PATIENCE: u32 = 10_000;

/// A live run, as the plumbing of its scenario has it.
#[derive(Clone)]
pub(super) struct Page(Rc<Inner>);

struct Inner {
    /// No other run of this process has it.
    number: u64,
    executor: Executor<TraceRecorder, Schedule>,
    /// The promises that were made, each at its number.
    promises: RefCell<Vec<Option<Promise>>>,
    /// The task of another executor, and who wakes it now.
    foreign: Cell<At>,
    source: Cell<WakeSource>,
    parts: Cell<u32>,
    grace: u32,
    ending: Rc<Ending>,
}

thread_local! {
    /// The runs that go on: futures of their promises look here for their numbers.
    static OPEN: RefCell<Vec<Page>> = const { RefCell::new(Vec::new()) };
    /// The run whose script runs, or whose task another executor polls.
    static CURRENT: RefCell<Option<Page>> = const { RefCell::new(None) };
}

/// How far a run goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    /// So many parts are to be over.
    pub(super) parts: u32,
    /// It ends after so many ms, even if they are not.
    pub(super) patience: u32,
    /// It goes on for so many ms when they are.
    pub(super) grace: u32,
}

/// The executor of a live run, and its clock.
pub(super) fn executor_of(setup: &Setup) -> (Executor<TraceRecorder, Schedule>, Rc<BrowserClock>) {
    let clock = Rc::new(BrowserClock::new());
    let recorder = setup.recorder(TimeUnit::BrowserUs);
    let executor = Executor::with_policy(recorder, clock.clone(), Schedule::new(&Plan::default()));
    executor.limit(setup.budget.polls, u64::MAX);
    (executor, clock)
}

/// The recording of a run that was left before its script: so many tasks were to come.
pub(super) fn never_begun(setup: &Setup, tasks: u32) -> TraceRecorder {
    let recorder = setup.recorder(TimeUnit::BrowserUs);
    recorder.end(0, End::GaveUp(tasks));
    recorder
}

/// Records one run: `begin` is its script, which runs in a turn of the event loop of its own, so that the run starts with an
/// empty stack.
pub(super) async fn record(
    setup: Setup,
    Extent { parts, patience, grace }: Extent,
    begin: impl FnOnce(&Page) + 'static,
) -> TraceRecorder {
    let (executor, clock) = executor_of(&setup);
    EventLoop::drive(&executor);
    let ending = Ending::new();
    let page = Page(Rc::new(Inner {
        executor: executor.clone(),
        number: new_number(),
        promises: RefCell::default(),
        foreign: Cell::default(),
        source: Cell::new(WakeSource::Outside),
        parts: Cell::new(parts),
        grace,
        ending: ending.clone(),
    }));
    OPEN.with_borrow_mut(|open| open.push(page.clone()));

    in_macrotask(0, {
        let (page, clock) = (page.clone(), clock.clone());
        move || {
            // It may have been left before it began.
            if !page.0.ending.is_to_come() {
                return;
            }
            clock.start();
            let name = page.executor().recorder().name("script");
            page.record(|_| Event::MacrotaskStarted { name });
            page.current_in(|| begin(&page));
            page.record(|_| Event::MacrotaskEnded { name });
        }
    });
    ending.wait(patience).await;

    executor.detach();
    OPEN.with_borrow_mut(|open| open.retain(|other| !Rc::ptr_eq(&other.0, &page.0)));
    let foreign = !matches!(page.foreign(), At::Nowhere | At::Over);
    let waiting = executor.alive() as u32 + u32::from(foreign);
    let end = if waiting == 0 { End::Completed } else { End::GaveUp(waiting) };
    let recorder = executor.recorder();
    recorder.end(executor.now(), end);
    if devtools::is_on() {
        recorder.with_trace(|trace| devtools::publish(trace, clock.origin()));
    }
    recorder.clone()
}

impl Page {
    pub(super) fn executor(&self) -> &Executor<TraceRecorder, Schedule> {
        &self.0.executor
    }

    /// Records what happens now.
    pub(super) fn record(&self, event: impl FnOnce(&TraceRecorder) -> Event) {
        let recorder = self.0.executor.recorder();
        recorder.record(self.0.executor.now(), event(recorder));
    }

    /// For a task of our executor's, which may outlive the run: it keeps nothing of it.
    pub(super) fn part(&self) -> OfPage {
        OfPage(Rc::downgrade(&self.0))
    }

    /// A part of the run is over.
    pub(super) fn part_is_over(&self) {
        self.0.parts.set(self.0.parts.get().saturating_sub(1));
        if self.0.parts.get() == 0 {
            match self.0.grace {
                0 => self.0.ending.come(),
                ms => {
                    let ending = self.0.ending.clone();
                    in_macrotask(ms, move || ending.come());
                }
            }
        }
    }

    /// Calls `f`, while this is the current run.
    pub(super) fn current_in<T>(&self, f: impl FnOnce() -> T) -> T {
        let before = CURRENT.replace(Some(self.clone()));
        let value = f();
        CURRENT.set(before);
        value
    }

    pub(super) fn number(&self) -> u64 {
        self.0.number
    }

    pub(super) fn foreign(&self) -> At {
        self.0.foreign.get()
    }

    pub(super) fn set_foreign(&self, at: At) {
        self.0.foreign.set(at);
    }

    /// Who wakes tasks of another executor now.
    pub(super) fn source(&self) -> WakeSource {
        self.0.source.get()
    }

    pub(super) fn set_source(&self, source: WakeSource) -> WakeSource {
        self.0.source.replace(source)
    }

    /// The number of the promise that is made next.
    pub(super) fn next_promise(&self) -> PromiseId {
        self.0.promises.borrow_mut().push(None);
        PromiseId(self.0.promises.borrow().len() as u32)
    }

    /// That of the promise that was made last.
    pub(super) fn last_promise(&self) -> PromiseId {
        PromiseId(self.0.promises.borrow().len() as u32)
    }

    /// It was made by `name`.
    pub(super) fn promise_created(&self, id: PromiseId, name: &str, promise: &Promise) {
        self.0.promises.borrow_mut()[id.0 as usize - 1] = Some(promise.clone());
        self.record(|r| Event::PromiseCreated { promise: id, name: r.name(name) });
    }

    /// It is about to be settled.
    pub(super) fn settles(&self, promise: PromiseId, how: Settled, value: &str) {
        self.record(|r| Event::PromiseSettled { promise, how, value: r.name(value) });
    }

    /// The object with which page.js says what it does with a promise: it has the functions that these are. Once the run is
    /// over, they do nothing, and keep nothing of it.
    pub(super) fn for_js(&self, promise: PromiseId) -> Object {
        const NAME: &str = "page.js";
        let object = Object::new();
        let put = |name: &str, function: JsValue| put(&object, name, function);
        let within = || self.part();
        // `setTimeout` is about to be called; its callback begins; it is about to return.
        let page = within();
        let set = move |after| page.record(|r| Event::MacrotaskQueued { name: r.name(NAME), after });
        put("timeoutSet", Closure::<dyn Fn(u32)>::new(set).into_js_value());
        let page = within();
        let begins = move || page.record(|r| Event::MacrotaskStarted { name: r.name(NAME) });
        put("timeoutBegins", Closure::<dyn Fn()>::new(begins).into_js_value());
        let page = within();
        let ends = move || page.record(|r| Event::MacrotaskEnded { name: r.name(NAME) });
        put("timeoutEnds", Closure::<dyn Fn()>::new(ends).into_js_value());
        // The browser calls a listener of an event, in a task of its own; the listener is about to return.
        let page = within();
        let begins = move |event: String| page.record(|r| Event::MacrotaskStarted { name: r.name(&event) });
        put("eventBegins", Closure::<dyn Fn(String)>::new(begins).into_js_value());
        let page = within();
        let ends = move |event: String| page.record(|r| Event::MacrotaskEnded { name: r.name(&event) });
        put("eventEnds", Closure::<dyn Fn(String)>::new(ends).into_js_value());
        // The promise is about to be settled.
        let page = within();
        let settles = move |how: String, value: String| {
            let how = if how == "resolve" { Settled::Resolved } else { Settled::Rejected };
            page.record(|r| Event::PromiseSettled { promise, how, value: r.name(&value) });
        };
        put("settles", Closure::<dyn Fn(String, String)>::new(settles).into_js_value());
        // It is about to be awaited by page.js.
        let page = within();
        let listens = move || page.record(|_| Event::Listened { promise });
        put("listens", Closure::<dyn Fn()>::new(listens).into_js_value());
        // So many bytes have come of what the promise stands for.
        let page = within();
        let received = move |bytes| page.record(|_| Event::Received { promise, bytes });
        put("received", Closure::<dyn Fn(u32)>::new(received).into_js_value());
        // page.js has something to say.
        let page = within();
        let logs = move |text: String| {
            page.record(|r| Event::Logged { task: TaskId::NONE, text: r.name(&text), site: SiteId::NONE });
        };
        put("logs", Closure::<dyn Fn(String)>::new(logs).into_js_value());
        // The promise was awaited by page.js, and what came of it is here.
        let page = within();
        let reacts = move |value: JsValue| {
            let value = value.as_string().unwrap_or_default();
            page.record(|r| Event::Reaction { promise, name: r.name("page.js: await") });
            page.record(|r| Event::Logged { task: TaskId::NONE, text: r.name(&value), site: SiteId::NONE });
            page.part_is_over();
        };
        put("reacts", Closure::<dyn Fn(JsValue)>::new(reacts).into_js_value());
        object
    }
}

/// What page.js and tasks keep of a run.
#[derive(Clone)]
pub(super) struct OfPage(Weak<Inner>);

impl OfPage {
    pub(super) fn record(&self, event: impl FnOnce(&TraceRecorder) -> Event) {
        if let Some(page) = self.0.upgrade() {
            Page(page).record(event);
        }
    }

    /// The run, if it goes on.
    pub(super) fn page(&self) -> Option<Page> {
        self.0.upgrade().map(Page).filter(|page| page.0.ending.is_to_come())
    }

    /// The time in the run, in microseconds; later than all, once it is over.
    pub(super) fn now(&self) -> u64 {
        self.page().map_or(u64::MAX, |page| page.executor().now())
    }

    pub(super) fn part_is_over(&self) {
        if let Some(page) = self.0.upgrade() {
            Page(page).part_is_over();
        }
    }

    /// A part of the run is over when no task is left: it is looked now and again.
    pub(super) fn part_is_over_with_tasks(self) {
        in_macrotask(1, move || {
            let Some(page) = self.page() else { return };
            if page.executor().alive() == 0 { page.part_is_over() } else { self.part_is_over_with_tasks() }
        });
    }
}

/// The run whose script runs, or whose task is polled by another executor.
///
/// # Panics
/// Where there is none.
pub(super) fn current() -> Page {
    CURRENT.with_borrow(Clone::clone).expect("a script runs")
}

/// Calls `f` with the run that has a number, if it goes on.
pub(super) fn with_page(number: u64, f: impl FnOnce(&Page)) {
    let page = OPEN.with_borrow(|open| open.iter().find(|page| page.number() == number).cloned());
    if let Some(page) = page {
        f(&page);
    }
}

/// The number of a promise of a run that goes on; 0 of any other.
pub(super) fn number_of(promise: &Promise) -> PromiseId {
    let in_page = |page: &Page| {
        let promises = page.0.promises.borrow();
        let nth = promises.iter().position(|known| known.as_ref().is_some_and(|known| Object::is(known, promise)))?;
        Some(PromiseId(nth as u32 + 1))
    };
    OPEN.with_borrow(|open| open.iter().find_map(in_page)).unwrap_or_default()
}
