//! The viewer's boundary: what the page can ask of a run. The module is loaded once, and knows no scenario: all that it
//! knows of a run are the bytes that it was given.
//!
//! What crosses is typed: shapes are the Rust types' own, and the `.d.ts` file is derived from them. Frames and the like
//! cross as values.

#![cfg(target_arch = "wasm32")]

mod compare;
pub mod explored;
pub mod link;
mod run;
mod timeline;

use pollscope::interop::report_panics_to_console;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, IntoDeserializer};
use wasm_bindgen::prelude::*;

/// Called by the loader: a panic is a fault of the viewer, and the console names it before it becomes a trap.
#[wasm_bindgen(start)]
pub fn report_panics() {
    report_panics_to_console();
}

/// A value of an enum, by the name that it has in the page.
fn named<T: DeserializeOwned>(name: &str) -> Result<T, JsError> {
    let name: StrDeserializer<'_, serde::de::value::Error> = name.into_deserializer();
    T::deserialize(name).map_err(|error| JsError::new(&error.to_string()))
}
