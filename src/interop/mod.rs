//! Futures and promises: runs in the browser's own event loop, recorded live.
//!
//! A page sees its own calls (`setTimeout`, `queueMicrotask`, `resolve`), its own callbacks, and our wakes; the
//! engine's queues it does not see. So only the former are recorded, where they happen. Of a fetch it sees what its script
//! reads, and of wasm-bindgen's executor (`foreign`) when that is given a task, and when it polls one.
//!
//! `live` is what all live runs have in common; a folder each is a scenario, `traced` what their code uses.
//!
//! This room and the boundaries under `src/wasm/` are the only ones that know JavaScript. It exports nothing: what
//! JavaScript may call, a boundary exports, so that each module has only what it is for.

pub(crate) mod abort;
pub(crate) mod block_on;
pub(crate) mod blocking;
mod chunks;
mod clock;
mod console;
pub(crate) mod devtools;
mod driver;
pub(crate) mod event_loop;
mod foreign;
pub(crate) mod future_promise;
pub(crate) mod languages;
pub(crate) mod lazy;
mod live;
pub(crate) mod promise_future;
mod readers;
mod runs;
pub(crate) mod streams;
mod to_js;
mod traced;
mod work;

pub use blocking::make_workers_by;
pub use chunks::{outlet, send_in_panics, send_to};
pub use clock::BrowserClock;
pub use console::report_panics_to_console;
pub use devtools::show_in_devtools;
pub use driver::{Drains, EventLoop};
pub use readers::{
    IntoAsyncRead, IntoStream, RawStream, ReadableStream, ReadableStreamByobReader, ReadableStreamDefaultReader,
};
pub use runs::leave_runs;
pub use to_js::to_js;
pub use work::work_until;

use crate::scenario::Problem;
use js_sys::{Object, Reflect, Uint8Array, WebAssembly};
use wasm_bindgen::{JsCast, JsValue};

/// Copies bytes of this module's memory from JavaScript's side of it, where no byte is uninitialised.
pub fn peek(address: usize, out: &mut [u8]) {
    let memory: WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    Uint8Array::new_with_byte_offset_and_length(&memory.buffer(), address as u32, out.len() as u32).copy_to(out);
}

/// Gives a script's object a property.
fn put(object: &Object, name: &str, value: impl Into<JsValue>) {
    // A plain object takes any property.
    let _ = Reflect::set(object, &name.into(), &value.into());
}

/// The time by a clock on the wall, in ms. It decides when chunks leave, and nothing else.
pub fn now() -> f64 {
    js_sys::Date::now()
}

/// Parameters, from pairs of a field and what was typed into it, one after the other.
pub fn pairs(flat: &[String]) -> Vec<(&str, &str)> {
    flat.as_chunks().0.iter().map(|[field, text]: &[String; 2]| (&**field, &**text)).collect()
}

/// A problem, as it is thrown.
pub fn thrown(problem: Problem) -> JsValue {
    to_js(&problem).into()
}
