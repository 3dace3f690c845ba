//! What there is to run: the manifest of all scenarios, which the build asks for. It is not part of the site.

#![no_main]
#![cfg(target_arch = "wasm32")]

use pollscope::interop::to_js;
use pollscope::scenario::{self, Manifest};
use tsify::Ts;
use wasm_bindgen::prelude::*;

/// All scenarios, in the order in which they are shown.
#[wasm_bindgen]
pub fn manifest() -> Ts<Manifest> {
    to_js(&scenario::manifest())
}
