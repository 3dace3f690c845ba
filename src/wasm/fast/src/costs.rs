//! What `zero-cost` measures, for a worker. The clock is the worker's.

use pollscope::interop::{pairs, thrown, to_js};
use pollscope::scenario::zero_cost;
use pollscope::scenario::zero_cost::measure::{self, CostRow};
use tsify::Ts;
use wasm_bindgen::prelude::*;

/// Prepares a measurement. `params` are pairs of a field and what was typed into it, one after the other; what is not
/// given has its default.
///
/// Throws a `Problem` where the parameters are wrong.
#[wasm_bindgen(js_name = prepareCosts)]
pub fn prepare_costs(params: Vec<String>) -> Result<Costs, JsValue> {
    zero_cost::costs(&pairs(&params)).map(Costs).map_err(thrown)
}

/// A measurement.
#[wasm_bindgen]
pub struct Costs(measure::Costs);

#[wasm_bindgen]
impl Costs {
    /// How long a round of a row is to last at least, in ms, by a clock that ticks every `resolution` ms.
    pub fn lasts(&self, resolution: f64) -> f64 {
        self.0.lasts(resolution)
    }

    /// Rounds in all.
    #[wasm_bindgen(getter)]
    pub fn rounds(&self) -> u32 {
        self.0.rounds()
    }

    /// In which order the rows take their turns in a round.
    pub fn order(&self, round: u32) -> Vec<u32> {
        self.0.order(round)
    }

    /// Runs a row `times` times: how many units that were.
    pub fn run(&self, row: usize, times: u32) -> f64 {
        self.0.run(row, times)
    }

    /// A round of a row took so many ns a unit.
    pub fn note(&mut self, row: usize, ns: f64) {
        self.0.note(row, ns);
    }

    /// What was measured so far.
    pub fn rows(&self) -> Vec<Ts<CostRow>> {
        self.0.rows().iter().map(to_js).collect()
    }

    /// The row that takes longest, of those that are compared, once that is beyond doubt.
    pub fn slowest(&self) -> Option<String> {
        self.0.slowest().map(str::to_owned)
    }
}
