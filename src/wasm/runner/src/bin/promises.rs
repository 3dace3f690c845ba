//! The runner of the scenarios that are recorded live. It is loaded on the page's own thread.

#![no_main]
#![cfg(target_arch = "wasm32")]

use js_sys::Function;
use pollscope::interop::{self, pairs, thrown};
use pollscope::scenario::{Module, Scenario, count, group};
use pollscope_runner::{outlet, send_to, serve};
use wasm_bindgen::prelude::*;

static SCENARIOS: [Scenario; count(Module::Promises)] = group(Module::Promises);

/// Called by the loader.
#[wasm_bindgen(start)]
pub fn start() {
    serve(&SCENARIOS);
}

/// Records a live run, and calls `send` with each chunk of its trace; the promise is fulfilled when the run is over,
/// with the right answer to the scenario's question, if this run tells it.
///
/// Throws a `Problem` where the scenario or the parameters are wrong.
#[wasm_bindgen]
pub async fn record(scenario: String, params: Vec<String>, to: Function) -> Result<Option<String>, JsValue> {
    send_to(to);
    let trace = interop::record(&scenario, &pairs(&params), Some(outlet())).await.map_err(thrown)?;
    let found = SCENARIOS.iter().find(|s| s.id == scenario);
    Ok(found.and_then(|s| s.answer(&trace)).map(str::to_owned))
}
