//! A deterministic run, from its beginning to its end.

use crate::runner;
use js_sys::Function;
use pollscope::interop::{pairs, send_to, thrown};
use pollscope::runner::Request;
use wasm_bindgen::prelude::*;

/// Makes a run, and calls `to` with each chunk of its trace, which has that title. `params` are pairs of a field and what was typed into it, one
/// after the other; what is not given has its default. `changes` are what is changed in it, as a link carries them.
///
/// Throws a `Problem` where the scenario, the parameters or the changes are wrong. Traps on a panic in the scenario,
/// after the last chunk was sent.
#[wasm_bindgen]
pub fn run(scenario: &str, title: &str, params: Vec<String>, changes: &str, to: Function) -> Result<(), JsValue> {
    send_to(to);
    let request = Request { scenario, title, params: &pairs(&params), changes };
    runner().run(request).map(drop).map_err(thrown)
}
