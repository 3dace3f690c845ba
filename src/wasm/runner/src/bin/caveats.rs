//! The runner of the scenarios of [`Module::Caveats`].

#![no_main]
#![cfg(target_arch = "wasm32")]

use pollscope::scenario::{Module, Scenario, count, group};
use wasm_bindgen::prelude::*;

static SCENARIOS: [Scenario; count(Module::Caveats)] = group(Module::Caveats);

/// Called by the loader.
#[wasm_bindgen(start)]
pub fn start() {
    pollscope_runner::serve(&SCENARIOS);
}
