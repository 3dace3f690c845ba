//! The call centre's sweep, for a worker.

use pollscope::interop::{pairs, thrown, to_js};
use pollscope::scenario::{self, SweepProgress};
use tsify::Ts;
use wasm_bindgen::prelude::*;

/// Begins a sweep up to `most` callers. `params` are pairs of a field and what was typed into it, one after the other;
/// what is not given has its default.
///
/// Throws a `Problem` where the parameters are wrong.
#[wasm_bindgen(js_name = startSweep)]
pub fn start_sweep(params: Vec<String>, most: u32) -> Result<Sweep, JsValue> {
    scenario::Sweep::new(&pairs(&params), most).map(Sweep).map_err(thrown)
}

/// A sweep under way.
#[wasm_bindgen]
pub struct Sweep(scenario::Sweep);

#[wasm_bindgen]
impl Sweep {
    /// Goes on for about `steps` polls, or things that happen in a model.
    pub fn advance(&mut self, steps: u32) -> Ts<SweepProgress> {
        to_js(&self.0.advance(steps))
    }
}
