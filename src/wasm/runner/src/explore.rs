//! Exploring: the same run under other schedules.

use crate::find;
use pollscope::interop::{pairs, thrown, to_js};
use pollscope::scenario::{self, Explored, Setup};
use tsify::Ts;
use wasm_bindgen::prelude::*;

/// Begins to explore the schedules of a deterministic run, at most `budget` of them.
///
/// Throws a `Problem` where the scenario or the parameters are wrong.
#[wasm_bindgen]
pub fn explore(scenario: &str, params: Vec<String>, budget: u32) -> Result<Explore, JsValue> {
    let scenario = find(scenario)?;
    scenario::Explore::new(scenario, &pairs(&params), Setup::default(), budget).map(Explore).map_err(thrown)
}

/// An exploration under way.
#[wasm_bindgen]
pub struct Explore(scenario::Explore);

#[wasm_bindgen]
impl Explore {
    /// Runs one more schedule, if there is one; says how far it has come. A schedule that panics traps.
    pub fn advance(&mut self) -> Result<Ts<Explored>, JsValue> {
        self.0.advance().map(to_js).map_err(thrown)
    }
}
