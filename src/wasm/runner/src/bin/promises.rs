//! The runner of the scenarios that are recorded live. It is loaded on the page's own thread.

#![no_main]
#![cfg(target_arch = "wasm32")]

use js_sys::Function;
use pollscope::interop::{leave_runs, make_workers_by, pairs, send_to, show_in_devtools, thrown, work_until};
use pollscope::runner::Request;
use pollscope::scenario::{Module, Scenario, count, group};
use pollscope_runner::{runner, serve};
use wasm_bindgen::prelude::*;

static SCENARIOS: [Scenario; count(Module::Promises)] = group(Module::Promises);

/// Called by the loader.
#[wasm_bindgen(start)]
pub fn start() {
    serve(&SCENARIOS);
}

/// Ends the run that goes on, if one does: nothing of it happens later.
#[wasm_bindgen]
pub fn leave() {
    leave_runs();
}

/// Whether runs that begin from here on show their tasks in the browser's DevTools.
#[wasm_bindgen]
pub fn in_devtools(on: bool) {
    show_in_devtools(on);
}

/// Workers that a run wants are made by this from here on: it returns one that has an instance of this module, and sends a
/// message when it is ready.
#[wasm_bindgen]
pub fn workers_by(make: Function) {
    make_workers_by(make);
}

/// Works for so many ms, in a worker, and returns how many primes were found.
#[wasm_bindgen]
pub fn work(ms: f64) -> u32 {
    let end = js_sys::Date::now() + ms;
    work_until(|| js_sys::Date::now() >= end)
}

/// Records a live run, and calls `to` with each chunk of its trace; the promise is fulfilled when the run is over.
///
/// A run that goes on is left. Throws a `Problem` where the scenario or the parameters are wrong.
#[wasm_bindgen]
pub async fn record(scenario: String, title: String, params: Vec<String>, to: Function) -> Result<(), JsValue> {
    leave_runs();
    send_to(to);
    let request = Request { scenario: &scenario, title: &title, params: &pairs(&params), changes: "" };
    runner().record(request).await.map(drop).map_err(thrown)
}
