//! `event-loop`: callbacks of every source, and tasks of our executor among them, recorded in the order in which they run.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod code;

use super::devtools;
use super::driver::{Drains, EventLoop, in_macrotask};
use super::live::executor_of;
use super::put;
use super::runs::Ending;
use super::traced::{JsFuture, Numbered};
use crate::executor::{Executor, Schedule};
use crate::record::{Recorder, TraceRecorder};
use crate::scenario::{Setup, TurnsDrain, TurnsGreedy, TurnsParams, TurnsSpawned};
use crate::trace::event::{End, Event, Settled};
use crate::trace::ids::{NameId, PromiseId, SiteId, TaskId};
use js_sys::{Array, Function, Object, Promise};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/interop/event_loop/page.js")]
extern "C" {
    fn script(mix: &Object, trace: &Object) -> Function;
}

/// How long, in ms, a run waits for a callback: a page that nobody sees gets no frames.
const PATIENCE: u32 = 4000;
/// How many polls a run has in which a task never waits.
const GREEDY_POLLS: u32 = 600;
/// How many microtasks an endless chain of them has.
const ROUNDS: u32 = 100;

/// A run that goes on.
struct Turns {
    executor: Executor<TraceRecorder, Schedule>,
    /// Callbacks that were asked for and have not returned, and tasks that are not done.
    open: Cell<u32>,
    promises: Cell<u32>,
    is_over: Cell<bool>,
    ending: Rc<Ending>,
}

impl Turns {
    fn record(&self, event: impl FnOnce(&TraceRecorder) -> Event) {
        let recorder = self.executor.recorder();
        recorder.record(self.executor.now(), event(recorder));
    }

    fn name(&self, name: &str) -> NameId {
        self.executor.recorder().name(name)
    }

    fn opens(&self) {
        self.open.set(self.open.get() + 1);
    }

    fn closes(&self) {
        self.open.set(self.open.get() - 1);
        if self.open.get() == 0 {
            self.ending.come();
        }
    }

    /// A promise that is fulfilled, of a script or of a task; its reaction is queued with its `.then`.
    fn fulfilled(&self, name: &str) -> PromiseId {
        self.promises.set(self.promises.get() + 1);
        let promise = PromiseId(self.promises.get());
        self.record(|r| Event::PromiseCreated { promise, name: r.name(name) });
        self.record(|r| Event::PromiseSettled { promise, how: Settled::Resolved, value: r.name("undefined") });
        promise
    }

    /// `run`, recorded: what page.js passes to the browser in its place.
    fn wrapped(self: &Rc<Self>, name: String, run: Function, [begins, ends]: [Option<Event>; 2]) -> JsValue {
        self.opens();
        let this = self.clone();
        Closure::once_into_js(move || {
            if this.is_over.get() {
                return;
            }
            begins.into_iter().for_each(|event| this.record(|_| event));
            // What page.js does here does not throw.
            let _ = run.call1(&JsValue::UNDEFINED, &name.into());
            ends.into_iter().for_each(|event| this.record(|_| event));
            this.closes();
        })
    }

    fn spawn(self: &Rc<Self>, name: String) {
        self.opens();
        let this = self.clone();
        drop(devtools::spawn(&self.executor, &name.clone(), async move {
            code::task(name, Page(this.clone())).await;
            this.closes();
        }));
    }

    /// The object that page.js has.
    fn for_js(self: &Rc<Self>) -> Object {
        let object = Object::new();
        let put = |name: &str, function: JsValue| put(&object, name, function);
        let this = self.clone();
        let timeout = move |text: String, after: u32, run| {
            let name = this.name(&text);
            this.record(|_| Event::MacrotaskQueued { name, after });
            this.wrapped(text, run, [Event::MacrotaskStarted { name }, Event::MacrotaskEnded { name }].map(Some))
        };
        put("timeout", Closure::<dyn Fn(String, u32, Function) -> JsValue>::new(timeout).into_js_value());
        let put_source = |key: &str, source: fn(&Rc<Turns>, String, Function) -> JsValue| {
            let this = self.clone();
            let wrap = move |text, run| source(&this, text, run);
            put(key, Closure::<dyn Fn(String, Function) -> JsValue>::new(wrap).into_js_value());
        };
        put_source("message", |this, text, run| {
            let name = this.name(&text);
            this.record(|_| Event::MessagePosted { name });
            this.wrapped(text, run, [Event::MacrotaskStarted { name }, Event::MacrotaskEnded { name }].map(Some))
        });
        put_source("frame", |this, text, run| {
            let name = this.name(&text);
            this.record(|_| Event::FrameQueued { name });
            this.wrapped(text, run, [Event::FrameStarted { name }, Event::FrameEnded { name }].map(Some))
        });
        put_source("microtask", |this, text, run| {
            let name = this.name(&text);
            this.record(|_| Event::MicrotaskQueued { name });
            this.wrapped(text, run, [Event::MicrotaskStarted { name }, Event::MicrotaskEnded { name }].map(Some))
        });
        put_source("then", |this, text, run| {
            let promise = this.fulfilled(&text);
            let name = this.name(&text);
            this.wrapped(text, run, [Some(Event::Reaction { promise, name }), None])
        });
        let this = self.clone();
        put("spawn", Closure::<dyn Fn(String)>::new(move |name| this.spawn(name)).into_js_value());
        let this = self.clone();
        let log = move |text: String| {
            this.record(|r| Event::Logged { task: TaskId::NONE, text: r.name(&text), site: SiteId::NONE });
        };
        put("log", Closure::<dyn Fn(String)>::new(log).into_js_value());
        object
    }
}

/// What a task has of the page.
pub(super) struct Page(Rc<Turns>);

impl Page {
    /// A promise that is fulfilled.
    fn fulfilled(&self) -> Numbered {
        let promise = Promise::resolve(&JsValue::UNDEFINED);
        Numbered(promise, self.0.fulfilled("Promise.resolve()"))
    }
}

/// What page.js asks for.
fn mix(params: &TurnsParams) -> Object {
    let object = Object::new();
    let put = |name: &str, value: &JsValue| put(&object, name, value);
    let mut asked = [
        ("timeout", params.timeouts),
        ("message", params.messages),
        ("frame", params.frames),
        ("then", params.thens),
        ("microtask", params.microtasks),
        ("endless", u32::from(params.greedy == TurnsGreedy::Microtask)),
    ]
    .to_vec();
    let at = if params.spawned == TurnsSpawned::First { 0 } else { asked.len() - 1 };
    asked.insert(at, ("task", params.rust_tasks));
    let asked = asked.iter().map(|&(kind, n)| JsValue::from(Array::of2(&kind.into(), &n.into())));
    put("asked", &asked.collect::<Array>());
    put("ms", &params.delay.into());
    put("rounds", &ROUNDS.into());
    put("outer", &format!("{} 1", params.outer.name()).into());
    put("inner", &params.inner.name().into());
    object
}

/// Records one run; it takes as long as its callbacks do.
pub(crate) async fn record(params: TurnsParams, mut setup: Setup) -> TraceRecorder {
    let is_greedy = params.greedy == TurnsGreedy::Task;
    if is_greedy {
        setup.budget.polls = setup.budget.polls.min(GREEDY_POLLS);
    }
    let (executor, clock) = executor_of(&setup);
    let ending = Ending::new();
    let turns = Rc::new(Turns {
        executor: executor.clone(),
        open: Cell::new(0),
        promises: Cell::new(0),
        is_over: Cell::new(false),
        ending: ending.clone(),
    });
    let drains = Drains { in_macrotask: params.drain == TurnsDrain::Macrotask, endless: is_greedy };
    let over = ending.clone();
    EventLoop::drive_by(&executor, drains, move || over.come());

    // A turn of the event loop of its own, so that the run starts with an empty stack.
    let stop = Rc::new(RefCell::new(None));
    let (mix, page) = (mix(&params), turns.for_js());
    in_macrotask(0, {
        let (turns, stop, clock) = (turns.clone(), stop.clone(), clock.clone());
        move || {
            // It may have been left before it began.
            if turns.is_over.get() {
                return;
            }
            clock.start();
            *stop.borrow_mut() = Some(begin(&turns, &mix, &page, is_greedy));
        }
    });
    ending.wait(PATIENCE).await;

    turns.is_over.set(true);
    executor.detach();
    if let Some(stop) = stop.take() {
        // It clears what it asked for, which does not throw.
        let _ = stop.call0(&JsValue::UNDEFINED);
    }
    let waiting = executor.alive() as u32;
    let end = if turns.open.get() == 0 { End::Completed } else { End::GaveUp(waiting) };
    let recorder = executor.recorder();
    recorder.end(executor.now(), end);
    if devtools::is_on() {
        recorder.with_trace(|trace| devtools::publish(trace, clock.origin()));
    }
    recorder.clone()
}

/// The script runs.
fn begin(turns: &Rc<Turns>, mix: &Object, page: &Object, is_greedy: bool) -> Function {
    let name = turns.name("page.js");
    turns.record(|_| Event::MacrotaskStarted { name });
    let stop = script(mix, page);
    if is_greedy {
        turns.opens();
        drop(devtools::spawn(&turns.executor, "greedy", code::greedy()));
    }
    turns.record(|_| Event::MacrotaskEnded { name });
    if turns.open.get() == 0 {
        turns.ending.come();
    }
    stop
}
