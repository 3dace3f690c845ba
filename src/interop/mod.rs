//! Futures and promises: runs in the browser's own event loop, recorded live.
//!
//! A page sees its own calls (`setTimeout`, `queueMicrotask`, `resolve`), its own callbacks, and our wakes; the
//! engine's queues it does not see. So only the former are recorded, where they happen.
//!
//! This room and the boundary are the only ones that know JavaScript.

mod clock;
mod event_loop;
#[cfg(not(any(feature = "live", feature = "deterministic")))]
mod promise_future;

#[cfg(not(any(feature = "live", feature = "deterministic")))]
use crate::scenario::{self, Given, Problem};
#[cfg(not(any(feature = "live", feature = "deterministic")))]
use crate::trace::Trace;
use js_sys::{Uint8Array, WebAssembly};
use wasm_bindgen::JsCast;

/// Copies bytes of this module's memory from JavaScript's side of it, where no byte is uninitialised.
pub fn peek(address: usize, out: &mut [u8]) {
    let memory: WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    Uint8Array::new_with_byte_offset_and_length(&memory.buffer(), address as u32, out.len() as u32).copy_to(out);
}

/// Records a live scenario from its beginning to its end.
///
/// # Errors
/// If the parameters are wrong, or the scenario is not recorded live.
#[cfg(not(any(feature = "live", feature = "deterministic")))]
pub async fn record(id: &str, given: Given<'_>) -> Result<Trace, Problem> {
    match id {
        "promise-future" => {
            let params = scenario::read_promise_params(given)?;
            Ok(promise_future::record(params).await)
        }
        _ => Err(Problem::WrongKind),
    }
}
