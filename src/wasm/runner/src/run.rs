//! A deterministic run, from its beginning to its end.

use crate::{RECORDER, find, send, send_to};
use js_sys::Function;
use pollscope::executor::Plan;
use pollscope::interop::{pairs, peek, thrown};
use pollscope::scenario::Setup;
use wasm_bindgen::prelude::*;

/// As many polls are made between two looks at what was recorded.
const POLLS: u32 = 256;

/// Makes a run, and calls `send` with each chunk of its trace. `params` are pairs of a field and what was typed into it,
/// one after the other; what is not given has its default. `changes` are what is changed in it, as a link carries them.
/// Returns the right answer to the scenario's question, if this run tells it.
///
/// Throws a `Problem` where the scenario, the parameters or the changes are wrong. Traps on a panic in the scenario,
/// after the last chunk was sent.
#[wasm_bindgen]
pub fn run(scenario: &str, params: Vec<String>, changes: &str, to: Function) -> Result<Option<String>, JsValue> {
    let scenario = find(scenario)?;
    let changes = Plan::read_changes(changes).map_err(|e| thrown(e.into()))?;
    let setup = Setup { peek: Some(peek), plan: Plan { changes, ..Plan::default() }, ..Setup::default() };
    send_to(to);
    let mut job = scenario.start(&pairs(&params), setup).map_err(thrown)?;
    RECORDER.set(Some(job.recorder().clone()));
    // A chunk is the trace as far as it goes: each is twice as long as the one before.
    let mut next = 64;
    loop {
        let advance = job.advance(POLLS);
        if advance.ended {
            break;
        }
        if advance.events >= next {
            send(&job.so_far());
            next = advance.events * 2;
        }
    }
    let trace = job.finish();
    send(&trace.write());
    Ok(scenario.answer(&trace).map(str::to_owned))
}
