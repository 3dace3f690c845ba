//! Exploring: the same run under other schedules.

use crate::runner;
use pollscope::interop::{pairs, thrown, to_js};
use pollscope::runner::{self, Explored, Part, Request};
use tsify::Ts;
use wasm_bindgen::prelude::*;

/// Begins to explore the schedules of a deterministic run, at most `budget` of them.
///
/// Throws a `Problem` where the scenario or the parameters are wrong.
#[wasm_bindgen]
pub fn explore(scenario: &str, params: Vec<String>, budget: u32) -> Result<Explore, JsValue> {
    let request = Request { scenario, title: "", params: &pairs(&params), changes: "" };
    runner().explore(request, budget, Part::WHOLE).map(Explore).map_err(thrown)
}

/// An exploration under way.
#[wasm_bindgen]
pub struct Explore(runner::Explore);

#[wasm_bindgen]
impl Explore {
    /// Runs one more schedule, if there is one; says how far it has come. A schedule that panics traps.
    pub fn advance(&mut self) -> Result<Ts<Explored>, JsValue> {
        self.0.advance().map(to_js).map_err(thrown)
    }
}
