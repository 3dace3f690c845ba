//! The boundary of exploring: the same run under other schedules, tens of thousands of times a second. It has what
//! makes the runs of all scenarios, built for speed, and nothing of what is shown of them; it is fetched when exploring begins.
//!
//! A run that panics traps, and the instance must not be called again.

#![cfg(target_arch = "wasm32")]

use pollscope::interop::{pairs, thrown, to_js};
use pollscope::runner::{self, Explored, Part, Search};
use pollscope::scenario::Setup;
use tsify::Ts;
use wasm_bindgen::prelude::*;

/// Each run asks for many small pieces of memory, and this one is faster than the standard library's.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Begins to explore other orders of a deterministic run: part `nth` of so many, with at most `budget` runs. `lines_in_order`:
/// whether two runs differ that log the same lines in another order.
///
/// Throws a `Problem` where the scenario or the parameters are wrong.
#[wasm_bindgen]
pub fn explore(
    scenario: &str,
    params: Vec<String>,
    budget: u32,
    nth: u32,
    of: u32,
    lines_in_order: bool,
) -> Result<Explore, JsValue> {
    let search = Search { budget, part: Part { nth, of }, lines_in_order };
    runner::Explore::new(scenario, &pairs(&params), Setup::default(), search).map(Explore).map_err(thrown)
}

/// An exploration under way.
#[wasm_bindgen]
pub struct Explore(runner::Explore);

#[wasm_bindgen]
impl Explore {
    /// Makes so many more runs, as far as there are some to be made; says whether it has ended. A run that panics traps.
    pub fn advance(&mut self, runs: u32) -> Result<bool, JsValue> {
        Ok(self.0.advance(runs).map_err(thrown)?.ended)
    }

    /// How far it has come.
    pub fn explored(&self) -> Ts<Explored> {
        to_js(self.0.explored())
    }
}
