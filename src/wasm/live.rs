//! The fast module: what runs without a trace. Each thing that it is for is a file of its own.
//!
//! A trap (a panic, in the end) leaves an instance that must not be called again. There is no trace to save: the
//! page takes a fresh instance of the same module.

pub mod sweep;
pub mod zero_cost;

use wasm_bindgen::prelude::*;

mod wall;

pub use wall::Wall;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn error(text: &str);
}

/// Called by the loader, once for each instance: a panic says what it was before it becomes a trap.
#[wasm_bindgen(start)]
pub fn tell_panics() {
    std::panic::set_hook(Box::new(|info| error(&info.to_string())));
}
