//! The boundary: everything that JavaScript can call, and nothing else.
//!
//! The crate becomes five modules of WebAssembly, one for each feature, and each is small because it holds only
//! what it is for:
//!
//! | feature | module | what it is for |
//! |---------|--------|----------------|
//! | `main` | `pollscope_bg.wasm` | the page: manifest, recorded runs, replay; built for size, fetched by every reader |
//! | `using`, `tasks` | `using_bg.wasm`, `tasks_bg.wasm` | the same for other scenarios ([`Module`] says for which), each fetched with the first of its own |
//! | `promises` | `promises_bg.wasm` | the same for what is recorded live, in the browser's event loop |
//! | `live` | `live_bg.wasm` | what runs without a trace, and fast; built for speed, fetched where it is shown |
//!
//! All but the last are `page` each: every scenario stands in the manifest of each, and its code in one of them.
//!
//! What crosses is typed: the shapes are the Rust types' own, and the `.d.ts` files are derived from them. Frames
//! and the like cross as values (`value.rs`); columns are read where they lie, through typed arrays over the module's memory.
//! Errors become JavaScript values here: a [`Problem`] is thrown as an object.
//!
//! [`Module`]: crate::scenario::Module

#[cfg(feature = "live")]
pub mod live;
#[cfg(feature = "page")]
pub mod page;
#[cfg(all(feature = "page", not(feature = "main")))]
mod timeline;
mod value;

use crate::scenario::Problem;
use value::cross;
use wasm_bindgen::JsValue;

/// Parameters, from pairs of a field and what was typed into it, one after the other.
fn pairs(flat: &[String]) -> Vec<(&str, &str)> {
    flat.as_chunks().0.iter().map(|[field, text]: &[String; 2]| (&**field, &**text)).collect()
}

fn thrown(problem: Problem) -> JsValue {
    cross(&problem).into()
}
