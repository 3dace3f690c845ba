//! The runner of the scenarios of [`Module::Ecosystem`].

#![no_main]
#![cfg(target_arch = "wasm32")]

use pollscope::scenario::{Module, Scenario, count, group};
use wasm_bindgen::prelude::*;

static SCENARIOS: [Scenario; count(Module::Ecosystem)] = group(Module::Ecosystem);

/// Called by the loader.
#[wasm_bindgen(start)]
pub fn start() {
    pollscope_runner::serve(&SCENARIOS);
}
