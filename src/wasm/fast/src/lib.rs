//! The boundary of what runs without a trace, and fast: each thing that it is for is a file of its own.
//!
//! A trap (a panic, in the end) leaves an instance that must not be called again. There is no trace to save: the
//! page takes a fresh instance of the same module.

#![cfg(target_arch = "wasm32")]

pub mod costs;
pub mod sweep;
mod wall;

use pollscope::alloc::Counting;
use pollscope::interop::{pairs, report_panics_to_console, thrown};
use pollscope::scenario::{self, Module, Problem, Scenario};
use wasm_bindgen::prelude::*;

/// What a future's bytes come to is counted here.
#[global_allocator]
static ALLOCATOR: Counting = Counting;

static SCENARIOS: [Scenario; scenario::count(Module::Fast)] = scenario::group(Module::Fast);

/// Called by the loader, once for each instance: the console names a panic before it becomes a trap.
#[wasm_bindgen(start)]
pub fn report_panics() {
    report_panics_to_console();
}

/// Whether a scenario can be begun with these parameters.
///
/// Throws a `Problem` where the scenario or the parameters are wrong.
#[wasm_bindgen]
pub fn check(scenario: &str, params: Vec<String>) -> Result<(), JsValue> {
    let found = SCENARIOS.iter().find(|s| s.id == scenario);
    let found = found.ok_or_else(|| Problem::UnknownScenario { id: scenario.to_owned() });
    found.and_then(|s| s.check(&pairs(&params))).map_err(thrown)
}
