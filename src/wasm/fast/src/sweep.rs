//! The call centre's sweep, for a worker.

use pollscope::interop::{pairs, thrown, to_js};
use pollscope::scenario::{self, SweepProgress};
use tsify::Ts;
use wasm_bindgen::prelude::*;

/// Begins part `part` of `parts` of a sweep up to `most` callers. `params` are pairs of a field and what was typed into it, one after the other;
/// what is not given has its default.
///
/// Throws a `Problem` where the parameters are wrong.
#[wasm_bindgen(js_name = startSweep)]
pub fn start_sweep(params: Vec<String>, most: u32, part: usize, parts: usize) -> Result<Sweep, JsValue> {
    scenario::Sweep::new(&pairs(&params), most, part, parts).map(Sweep).map_err(thrown)
}

/// A sweep under way.
#[wasm_bindgen]
pub struct Sweep(scenario::Sweep);

#[wasm_bindgen]
impl Sweep {
    /// Measures the next point.
    pub fn advance(&mut self) -> Ts<SweepProgress> {
        to_js(&self.0.advance())
    }
}
