//! The viewer's boundary: what the page can ask of a run. The module is loaded once, and knows no scenario: all that it
//! knows of a run are the bytes that it was given.
//!
//! What crosses is typed: shapes are the Rust types' own, and the `.d.ts` file is derived from them. Frames and the like
//! cross as values, columns are read where they lie, through typed arrays over the module's memory.

#![cfg(target_arch = "wasm32")]

mod run;
mod timeline;

use pollscope::trace::Kind;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn error(text: &str);
}

/// Called by the loader: a panic is a fault of the viewer, and the console names it before it becomes a trap.
#[wasm_bindgen(start)]
pub fn report_panics() {
    std::panic::set_hook(Box::new(|info| error(&info.to_string())));
}

#[wasm_bindgen(typescript_custom_section)]
const KINDS: &str = Kind::TYPESCRIPT;

/// The codes of the event kinds, by their number in the `kind` column.
#[wasm_bindgen(js_name = kindNames, unchecked_return_type = "EventKind[]")]
pub fn kind_names() -> Vec<String> {
    Kind::ALL.iter().map(|kind| kind.code().to_owned()).collect()
}
