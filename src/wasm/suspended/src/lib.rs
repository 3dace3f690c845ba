//! Functions that wait for a promise on their stack, by JavaScript Promise Integration (JSPI). A module of its own: an engine
//! that has no JSPI cannot make an instance of it, and needs none of it for anything else.
//!
//! While a function is suspended, the module may be called: what a waiting function has borrowed stays borrowed.

#![cfg(target_arch = "wasm32")]
// All of JSPI is marked so in wasm-bindgen, for it may change.
#![allow(deprecated)]

pub mod hops;
#[allow(missing_docs, unreachable_pub)]
#[path = "../../../interop/block_on/suspended.rs"]
#[rustfmt::skip] // it is shown: it is set for the width of the page's pane
mod suspended;

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// What the run is recorded with, in the module that records it.
    pub type Trace;
    /// The stack is about to be set aside.
    #[wasm_bindgen(method)]
    fn suspends(this: &Trace);
    /// It is back.
    #[wasm_bindgen(method)]
    fn resumes(this: &Trace);
}
