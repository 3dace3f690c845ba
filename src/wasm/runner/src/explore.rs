//! Exploring: the same run under other schedules.

use crate::runner;
use pollscope::interop::{pairs, thrown, to_js};
use pollscope::runner::{self, Explored, Part, Request, Search};
use tsify::Ts;
use wasm_bindgen::prelude::*;

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
    let request = Request { scenario, title: "", params: &pairs(&params), changes: "" };
    let search = Search { budget, part: Part { nth, of }, lines_in_order };
    runner().explore(request, search).map(Explore).map_err(thrown)
}

/// An exploration under way.
#[wasm_bindgen]
pub struct Explore(runner::Explore);

#[wasm_bindgen]
impl Explore {
    /// Makes so many more runs, as far as there are some to be made; says whether it has ended. A run that panics traps.
    pub fn advance(&mut self, runs: u32) -> Result<bool, JsValue> {
        for _ in 0..runs {
            if self.0.advance().map_err(thrown)?.ended {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// How far it has come.
    pub fn explored(&self) -> Ts<Explored> {
        to_js(self.0.explored())
    }
}
