//! Two runs side by side.

use crate::run::Run;
use pollscope::interop::to_js;
use pollscope::view::{self, Rows};
use tsify::Ts;
use wasm_bindgen::prelude::*;

/// What is known of a run beside another one: always the same two.
#[wasm_bindgen]
#[derive(Default)]
pub struct Comparison(view::Comparison);

#[wasm_bindgen]
impl Comparison {
    /// Nothing is known yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Comparison {
        Comparison::default()
    }

    /// The first event, from 0, that is not the same in both runs; none if they are the same, as far as they are known.
    #[wasm_bindgen(js_name = divergesFrom)]
    pub fn diverges_from(&mut self, run: &Run, other: &Run) -> Option<u32> {
        self.0.diverges_from(&run.viewer, &other.viewer).map(|i| i as u32)
    }

    /// The cursor of the other run at which it is as late as the run is at `cursor`.
    #[wasm_bindgen(js_name = cursorInOther)]
    pub fn cursor_in_other(&mut self, run: &Run, other: &Run, cursor: u32) -> u32 {
        self.0.cursor_in_other(&run.viewer, &other.viewer, cursor as usize) as u32
    }

    /// The rows of both runs around a cursor of the run, as far as they were seen.
    #[expect(clippy::too_many_arguments, reason = "JavaScript gives one after the other")]
    pub fn rows(
        &mut self,
        run: &Run,
        seen: u32,
        other: &Run,
        other_seen: u32,
        cursor: u32,
        above: u32,
        below: u32,
    ) -> Ts<Rows> {
        let (run, other) = ((&run.viewer, seen as usize), (&other.viewer, other_seen as usize));
        to_js(&self.0.rows(run, other, cursor as usize, above as usize, below as usize))
    }
}
