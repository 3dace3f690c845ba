//! A deterministic run, from its beginning to its end.

use crate::{find, outlet, send, send_to};
use js_sys::Function;
use pollscope::executor::Plan;
use pollscope::interop::{pairs, peek, thrown};
use pollscope::record::Outlet;
use pollscope::scenario::{Setup, Stage};
use wasm_bindgen::prelude::*;

/// Makes a run, and calls `to` with each chunk of its trace. `params` are pairs of a field and what was typed into it, one
/// after the other; what is not given has its default. `changes` are what is changed in it, as a link carries them.
/// Returns the right answer to the scenario's question, if this run tells it.
///
/// Throws a `Problem` where the scenario, the parameters or the changes are wrong. Traps on a panic in the scenario,
/// after the last chunk was sent.
#[wasm_bindgen]
pub fn run(scenario: &str, params: Vec<String>, changes: &str, to: Function) -> Result<Option<String>, JsValue> {
    let scenario = find(scenario)?;
    let changes = Plan::read_changes(changes).map_err(|e| thrown(e.into()))?;
    let plan = Plan { changes, ..Plan::default() };
    // Models are merged among the events when the run is over: what left before would not be what it is then.
    let is_merged = matches!(scenario.info().stage, Stage::Staffings | Stage::Workers);
    let outlet = if is_merged { None } else { Some(outlet as fn() -> Outlet) };
    let setup = Setup { peek: Some(peek), plan, outlet, ..Setup::default() };
    send_to(to);
    let trace = scenario.start(&pairs(&params), setup).map_err(thrown)?.run();
    if is_merged {
        send(&trace.write());
    }
    Ok(scenario.answer(&trace).map(str::to_owned))
}
