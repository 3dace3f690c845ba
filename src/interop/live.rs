//! A live run: the executor on the event loop, what a scenario's script records with, and when the run is over.
//!
//! A run has *parts*: it is over when each has said that it is, or after its *patience*. A promise of the scenario has a number,
//! by which its script and its futures are told apart; it is given before the promise is made, since what makes it records.

use super::clock::BrowserClock;
use super::driver::{EventLoop, Timeout, in_macrotask};
use super::runs::{Leave, begins};
use crate::executor::{Executor, Plan, Schedule};
use crate::record::{Recorder, TraceRecorder};
use crate::scenario::Setup;
use crate::trace::TimeUnit;
use crate::trace::event::{End, Event, Settled};
use crate::trace::ids::{PromiseId, SiteId, TaskId};
use futures::channel::oneshot;
use js_sys::{Object, Promise, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// How long, in ms, a run goes on for something that will never happen.
pub(super) const GRACE: u32 = 250;
/// How long it waits, in ms, for something that will, in a tab that the browser has slowed down.
pub(super) const PATIENCE: u32 = 10_000;

/// A live run, as the plumbing of its scenario has it.
#[derive(Clone)]
pub(super) struct Page(Rc<Inner>);

struct Inner {
    executor: Executor<TraceRecorder, Schedule>,
    /// The promises that were made, each at its number.
    promises: RefCell<Vec<Option<Promise>>>,
    parts: Cell<u32>,
    over: RefCell<Option<oneshot::Sender<()>>>,
}

impl Inner {
    fn give_up(&self) {
        if let Some(over) = self.over.borrow_mut().take() {
            // The receiver is gone only if nobody waits for the run any more.
            let _ = over.send(());
        }
    }
}

impl Leave for Inner {
    fn leave(&self) {
        self.give_up();
    }
}

thread_local! {
    /// The runs that go on: futures of their promises look here for their numbers.
    static OPEN: RefCell<Vec<Page>> = const { RefCell::new(Vec::new()) };
}

/// Records one run of so many parts: `begin` is its script, which runs in a turn of the event loop of its own, so that the run
/// starts with an empty stack.
pub(super) async fn record(
    setup: Setup,
    (parts, patience): (u32, u32),
    begin: impl FnOnce(&Page) + 'static,
) -> TraceRecorder {
    let recorder = setup.recorder(TimeUnit::BrowserUs);
    let clock = Rc::new(BrowserClock::new());
    let executor = Executor::with_policy(recorder.clone(), clock.clone(), Schedule::new(&Plan::default()));
    executor.limit(setup.budget.polls, u64::MAX);
    EventLoop::drive(&executor);
    let (over, is_over) = oneshot::channel();
    let page = Page(Rc::new(Inner {
        executor: executor.clone(),
        promises: RefCell::default(),
        parts: Cell::new(parts),
        over: RefCell::new(Some(over)),
    }));
    OPEN.with_borrow_mut(|open| open.push(page.clone()));

    in_macrotask(0, {
        let page = page.clone();
        move || {
            clock.start();
            let name = page.executor().recorder().name("script");
            page.record(|_| Event::MacrotaskStarted { name });
            begin(&page);
            page.record(|_| Event::MacrotaskEnded { name });
        }
    });
    let run = begins(page.0.clone());
    let inner = page.0.clone();
    let patience = Timeout::new(patience, move || inner.give_up());
    // Sent or dropped: either way there is nothing more to wait for.
    let _ = is_over.await;
    drop((patience, run));

    executor.detach();
    OPEN.with_borrow_mut(|open| open.retain(|other| !Rc::ptr_eq(&other.0, &page.0)));
    let waiting = executor.alive() as u32;
    let end = if waiting == 0 { End::Completed } else { End::GaveUp(waiting) };
    recorder.end(executor.now(), end);
    recorder
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

    /// A part of the run is over.
    pub(super) fn part_is_over(&self) {
        self.0.parts.set(self.0.parts.get().saturating_sub(1));
        if self.0.parts.get() == 0 {
            self.0.give_up();
        }
    }

    /// The number of the promise that is made next.
    pub(super) fn next_promise(&self) -> PromiseId {
        self.0.promises.borrow_mut().push(None);
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

    /// The object with which page.js says what it does with a promise: it has the functions that these are.
    pub(super) fn for_js(&self, promise: PromiseId) -> Object {
        const NAME: &str = "page.js";
        let object = Object::new();
        let put = |name: &str, function: JsValue| {
            // A plain object takes any property.
            let _ = Reflect::set(&object, &name.into(), &function);
        };
        // `setTimeout` is about to be called; its callback begins; it is about to return.
        let page = self.clone();
        let set = move |after| page.record(|r| Event::MacrotaskQueued { name: r.name(NAME), after });
        put("timeoutSet", Closure::<dyn Fn(u32)>::new(set).into_js_value());
        let page = self.clone();
        let begins = move || page.record(|r| Event::MacrotaskStarted { name: r.name(NAME) });
        put("timeoutBegins", Closure::<dyn Fn()>::new(begins).into_js_value());
        let page = self.clone();
        let ends = move || page.record(|r| Event::MacrotaskEnded { name: r.name(NAME) });
        put("timeoutEnds", Closure::<dyn Fn()>::new(ends).into_js_value());
        // The promise is about to be settled.
        let page = self.clone();
        let settles = move |how: String, value: String| {
            let how = if how == "resolve" { Settled::Resolved } else { Settled::Rejected };
            page.settles(promise, how, &value);
        };
        put("settles", Closure::<dyn Fn(String, String)>::new(settles).into_js_value());
        // So many bytes have come of what the promise stands for.
        let page = self.clone();
        let received = move |bytes| page.record(|_| Event::Received { promise, bytes });
        put("received", Closure::<dyn Fn(u32)>::new(received).into_js_value());
        // The promise was awaited by page.js, and its value is here.
        let page = self.clone();
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

/// The number of a promise of a run that goes on; 0 of any other.
pub(super) fn number_of(promise: &Promise) -> PromiseId {
    let in_page = |page: &Page| {
        let promises = page.0.promises.borrow();
        let nth = promises.iter().position(|known| known.as_ref().is_some_and(|known| Object::is(known, promise)))?;
        Some(PromiseId(nth as u32 + 1))
    };
    OPEN.with_borrow(|open| open.iter().find_map(in_page)).unwrap_or_default()
}
