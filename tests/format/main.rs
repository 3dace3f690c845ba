//! The byte format: what was recorded comes back, what is damaged is refused with a sentence, and nothing that is accepted
//! makes a view panic.

#![cfg(not(target_arch = "wasm32"))]

mod damage;
mod fixture;
mod fuzz;
mod outlet;
mod size;

use pollscope::scenario::{Setup, find};
use pollscope::trace::Trace;

/// The recorded run of a scenario, without its code: of texts there is little that can be wrong.
fn recorded(scenario: &str, given: &[(&str, &str)]) -> Trace {
    let mut trace =
        find(scenario).and_then(|s| s.start(given, Setup::default())).expect("these parameters are good").run();
    trace.head.files.clear();
    trace
}
