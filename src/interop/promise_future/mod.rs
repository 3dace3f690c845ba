//! `promise-future`: a promise awaited in Rust, and a Rust future awaited in JavaScript, recorded as it happens.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod code;
pub(super) mod traced;

use super::clock::BrowserClock;
use super::driver::{EventLoop, Timeout, in_macrotask};
use super::runs::{Leave, begins};
use crate::executor::{Executor, Plan, Schedule};
use crate::record::{Recorder, TraceRecorder};
use crate::scenario::{PromiseOutcome, PromiseParams, Setup};
use crate::trace::TimeUnit;
use crate::trace::event::{End, Event, Settled};
use crate::trace::ids::PromiseId;
use futures::channel::oneshot;
use js_sys::{Object, Promise, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

#[wasm_bindgen(module = "/src/interop/promise_future/page.js")]
extern "C" {
    fn answer(ms: u32, outcome: &str, trace: &Object) -> Promise;
    fn listen(future: Promise, trace: &Object) -> Promise;
}

/// The promise that JavaScript awaits.
const HEARD: PromiseId = PromiseId(2);
/// How long, in ms, a run goes on for something that will never happen.
const GRACE: u32 = 250;
/// How long it waits, in ms, for something that will, in a tab that the browser has slowed down.
const PATIENCE: u32 = 10_000;

/// What page.js records with.
#[derive(Clone)]
struct PageTrace {
    executor: Executor<TraceRecorder, Schedule>,
    halves: Rc<Halves>,
}

/// The two halves of the run; it is over when both are.
struct Halves {
    left: Cell<u32>,
    over: RefCell<Option<oneshot::Sender<()>>>,
}

impl Halves {
    fn done(&self) {
        self.left.set(self.left.get() - 1);
        if self.left.get() == 0 {
            self.give_up();
        }
    }

    fn give_up(&self) {
        if let Some(over) = self.over.borrow_mut().take() {
            // The receiver is gone only if nobody waits for the run any more.
            let _ = over.send(());
        }
    }
}

impl Leave for Halves {
    fn leave(&self) {
        self.give_up();
    }
}

impl PageTrace {
    fn record(&self, event: impl FnOnce(&TraceRecorder) -> Event) {
        let recorder = self.executor.recorder();
        recorder.record(self.executor.now(), event(recorder));
    }
}

impl PageTrace {
    /// The object that page.js has: each of its functions says what page.js is doing.
    fn for_js(&self) -> Object {
        let object = Object::new();
        let put = |name: &str, function: JsValue| {
            // A plain object takes any property.
            let _ = Reflect::set(&object, &name.into(), &function);
        };
        let page = self.clone();
        put("timeoutSet", Closure::<dyn Fn(u32)>::new(move |after| page.timeout_set(after)).into_js_value());
        let page = self.clone();
        put("timeoutBegins", Closure::<dyn Fn()>::new(move || page.timeout_begins()).into_js_value());
        let page = self.clone();
        put("timeoutEnds", Closure::<dyn Fn()>::new(move || page.timeout_ends()).into_js_value());
        let page = self.clone();
        put(
            "settles",
            Closure::<dyn Fn(String, String)>::new(move |how, value| page.settles(how, value)).into_js_value(),
        );
        let page = self.clone();
        put("reacts", Closure::<dyn Fn(JsValue)>::new(move |value| page.reacts(value)).into_js_value());
        object
    }

    /// `setTimeout` is about to be called.
    fn timeout_set(&self, after: u32) {
        self.record(|r| Event::MacrotaskQueued { name: r.name("page.js"), after });
    }

    /// Its callback begins.
    fn timeout_begins(&self) {
        self.record(|r| Event::MacrotaskStarted { name: r.name("page.js") });
    }

    /// Its callback is about to return.
    fn timeout_ends(&self) {
        self.record(|r| Event::MacrotaskEnded { name: r.name("page.js") });
    }

    /// The promise that Rust awaits is about to be settled.
    fn settles(&self, how: String, value: String) {
        let how = if how == "resolve" { Settled::Resolved } else { Settled::Rejected };
        self.record(|r| Event::PromiseSettled { promise: traced::ASKED, how, value: r.name(&value) });
    }

    /// The Rust future was awaited, and its value is here.
    fn reacts(&self, value: JsValue) {
        let value = value.as_string().unwrap_or_default();
        self.record(|r| Event::Reaction { promise: HEARD, name: r.name("page.js: await") });
        self.record(|r| Event::Logged {
            task: crate::trace::ids::TaskId::NONE,
            text: r.name(&value),
            site: crate::trace::ids::SiteId::NONE,
        });
        self.halves.done();
    }
}

/// Records one run; it takes as long as its timers do.
pub(crate) async fn record(params: PromiseParams, setup: Setup) -> TraceRecorder {
    let recorder = setup.recorder(TimeUnit::BrowserUs);
    let clock = Rc::new(BrowserClock::new());
    let executor = Executor::with_policy(recorder.clone(), clock.clone(), Schedule::new(&Plan::default()));
    executor.limit(setup.budget.polls, u64::MAX);
    EventLoop::drive(&executor);
    let (over, is_over) = oneshot::channel();
    let halves = Rc::new(Halves { left: Cell::new(2), over: RefCell::new(Some(over)) });
    let page = PageTrace { executor: executor.clone(), halves: halves.clone() };

    // A turn of the event loop of its own, so that the run starts with an empty stack.
    in_macrotask(0, {
        let (executor, halves) = (executor.clone(), halves.clone());
        move || {
            clock.start();
            begin(&executor, &page, &halves, &params);
        }
    });
    let patience = match params.outcome {
        PromiseOutcome::Never => params.wait.max(params.rust_ms) + GRACE,
        _ => params.wait.max(params.rust_ms) + PATIENCE,
    };
    let run = begins(halves.clone());
    let patience = Timeout::new(patience, move || halves.give_up());
    // Sent or dropped: either way there is nothing more to wait for.
    let _ = is_over.await;
    drop((patience, run));

    executor.detach();
    let waiting = executor.alive() as u32;
    let end = if waiting == 0 { End::Completed } else { End::GaveUp(waiting) };
    recorder.end(executor.now(), end);
    recorder
}

fn name_of(outcome: PromiseOutcome) -> &'static str {
    match outcome {
        PromiseOutcome::Resolve => "resolve",
        PromiseOutcome::Reject => "reject",
        PromiseOutcome::Never => "never",
    }
}

/// The script: both halves are set going.
fn begin(executor: &Executor<TraceRecorder, Schedule>, page: &PageTrace, halves: &Rc<Halves>, params: &PromiseParams) {
    let name = executor.recorder().name("script");
    page.record(|_| Event::MacrotaskStarted { name });

    let for_js = page.for_js();
    let promise = answer(params.wait, name_of(params.outcome), &for_js);
    page.record(|r| Event::PromiseCreated { promise: traced::ASKED, name: r.name("answer()") });
    let half = halves.clone();
    drop(executor.spawn("ask", async move {
        code::ask(promise).await;
        half.done();
    }));
    let replied = executor.spawn("reply", code::reply(params.rust_ms));

    let settled = executor.clone();
    let future = future_to_promise(async move {
        let value = replied.await;
        let recorder = settled.recorder();
        let text = recorder.name(&value.as_string().unwrap_or_default());
        let event = Event::PromiseSettled { promise: HEARD, how: Settled::Resolved, value: text };
        recorder.record(settled.now(), event);
        Ok(value)
    });
    page.record(|r| Event::PromiseCreated { promise: HEARD, name: r.name("future_to_promise(reply)") });
    // Its own promise is fulfilled when it has reacted, and nobody awaits that one.
    let _ = listen(future, &for_js);

    page.record(|_| Event::MacrotaskEnded { name });
}
