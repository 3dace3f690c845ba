//! `lazy`, recorded as it happens: the scenario's own caller on our executor, and beside it the same two functions in JavaScript,
//! whose call makes a promise.
//!
//! A script has the promise of an async function once the call has returned, and that is when the run says that it is made. That
//! it is settled is said where the function is about to return: the engine settles it then, and says nothing.

use super::devtools::spawn;
use super::driver::Timeouts;
use super::live::{Extent, PATIENCE, Page, record as record_live};
use super::put;
use crate::record::{Recorder, TraceRecorder};
use crate::scenario::{LazyParams, Setup, lazy_code as code};
use crate::trace::event::{Event, Settled};
use crate::trace::ids::{PromiseId, SiteId, TaskId};
use js_sys::Object;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/scenario/lazy/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = main)]
    fn main_in_js(then: &str, held: u32, takes: u32, trace: &Object);
}

const FILE: &str = "page.js";
const SOURCE: &str = include_str!("../scenario/lazy/page.js");

/// Records one run: it is over when both functions have returned in both languages.
pub(crate) async fn record(params: LazyParams, setup: Setup) -> TraceRecorder {
    let LazyParams { then, held, takes, .. } = params;
    let patience = held + takes + PATIENCE;
    let timeouts = Timeouts::default();
    let set = timeouts.clone();
    let recorder = record_live(setup, Extent { parts: 3, patience, grace: 0 }, move |page| {
        drop(spawn(page.executor(), "main", code::main(then, held, takes)));
        page.part().part_is_over_with_tasks();
        let then = format!("{then:?}");
        let (hello, main) = (Function::new(page, "hello(takes)", &set), Function::new(page, "main()", &set));
        let promise = main.promise;
        let trace = main.for_js(page, &then);
        put(&trace, "hello", hello.for_js(page, &then));
        main_in_js(&then, held, takes, &trace);
        page.record(|r| Event::PromiseCreated { promise, name: r.name("main()") });
    })
    .await;
    timeouts.clear();
    recorder
}

/// A function of page.js, and what it records with.
struct Function {
    name: &'static str,
    promise: PromiseId,
    /// What it waits for.
    sleep: Rc<Cell<PromiseId>>,
    timeouts: Timeouts,
}

impl Function {
    fn new(page: &Page, name: &'static str, timeouts: &Timeouts) -> Self {
        Function { name, promise: page.next_promise(), sleep: Rc::default(), timeouts: timeouts.clone() }
    }

    fn for_js(self, page: &Page, then: &str) -> Object {
        let Function { name, promise, sleep, timeouts } = self;
        let object = page.for_js(promise);
        let put = |name: &str, function: JsValue| put(&object, name, function);
        let (of, then) = (page.part(), then.to_owned());
        let log = move |text: String| {
            of.record(|r| {
                let site = line_of(&text, &then).map_or(SiteId::NONE, |line| r.site(FILE, line, 1));
                Event::Logged { task: TaskId::NONE, text: r.name(&text), site }
            });
        };
        put("log", Closure::<dyn Fn(String)>::new(log).into_js_value());
        put("made", made(page, promise, name.to_owned()));
        // Its own await of a sleep is over.
        let (of, slept) = (page.part(), sleep.clone());
        let goes_on = move || of.record(|r| Event::Reaction { promise: slept.get(), name: r.name("page.js: await") });
        put("goesOn", Closure::<dyn Fn()>::new(goes_on).into_js_value());
        // Another function's await of its promise is over.
        let of = page.part();
        let reacts = move || of.record(|r| Event::Reaction { promise, name: r.name("page.js: await") });
        put("reacts", Closure::<dyn Fn()>::new(reacts).into_js_value());
        let of = page.part();
        let returns = move || {
            of.record(|r| Event::PromiseSettled { promise, how: Settled::Resolved, value: r.name("undefined") });
            of.part_is_over();
        };
        put("returns", Closure::<dyn Fn()>::new(returns).into_js_value());
        let of = page.part();
        let sleeps = move |ms: u32| {
            // Once the run is over, there is nothing to record with.
            let Some(page) = of.page() else { return JsValue::UNDEFINED };
            sleep.set(page.next_promise());
            let timer = page.for_js(sleep.get());
            super::put(&timer, "made", made(&page, sleep.get(), format!("sleep({ms})")));
            let timeouts = timeouts.clone();
            super::put(&timer, "clears", Closure::<dyn Fn(JsValue)>::new(move |id| timeouts.push(id)).into_js_value());
            timer.into()
        };
        put("sleeps", Closure::<dyn Fn(u32) -> JsValue>::new(sleeps).into_js_value());
        object
    }
}

/// What says that a call has returned with its promise.
fn made(page: &Page, promise: PromiseId, name: String) -> JsValue {
    let of = page.part();
    let made = move || of.record(|r| Event::PromiseCreated { promise, name: r.name(&name) });
    Closure::<dyn Fn()>::new(made).into_js_value()
}

/// The line of page.js that writes a text, from 1.
fn line_of(text: &str, then: &str) -> Option<u32> {
    let quoted = format!("\"{text}\"");
    let with_value = format!("`{}`", text.replace(then, "${then}"));
    let writes = |line: &str| line.contains(&quoted) || line.contains(&with_value);
    SOURCE.lines().position(writes).map(|line| line as u32 + 1)
}
