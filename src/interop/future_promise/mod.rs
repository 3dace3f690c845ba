//! `future-promise`: an async fn of Rust's that JavaScript calls. `future_to_promise` hands it to wasm-bindgen's own executor,
//! and gives the call a promise; recorded as it happens.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod ask;

use super::live::{Extent, PATIENCE, Page, current, record as record_live};
use super::traced;
use crate::record::TraceRecorder;
use crate::scenario::{Ends, FuturePromiseParams, Listens, Setup};
use js_sys::{Function, Object, Promise};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/interop/future_promise/page.js")]
extern "C" {
    fn call(ask: &JsValue, listens: &str, ms: u32, trace: &Object) -> Promise;
    #[wasm_bindgen(js_name = pause)]
    fn pause_in_js(ms: u32, trace: &Object) -> Promise;
    fn watch(promise: &Promise, trace: &Object) -> Function;
}

/// How long a run goes on when all is done, in ms: what the browser says of rejections comes in tasks of its own.
const GRACE: u32 = 50;

/// Takes the page's listeners back.
type Unwatch = Rc<RefCell<Option<Function>>>;

/// Records one run; it takes as long as its timers do.
pub(crate) async fn record(params: FuturePromiseParams, setup: Setup) -> TraceRecorder {
    // That the future is done, and that page.js has heard of it.
    let parts = if params.js_listens == Listens::Never { 1 } else { 2 };
    let extent = Extent { parts, patience: params.reply_ms.max(params.listen_ms) + PATIENCE, grace: GRACE };
    let unwatch = Unwatch::default();
    let begun = unwatch.clone();
    let recorder = record_live(setup, extent, move |page| begin(page, &params, &begun)).await;
    if let Some(unwatch) = unwatch.take() {
        // It cannot throw.
        let _ = unwatch.call0(&JsValue::UNDEFINED);
    }
    recorder
}

/// The script: JavaScript calls Rust.
fn begin(page: &Page, params: &FuturePromiseParams, unwatch: &Unwatch) {
    let listens = match params.js_listens {
        Listens::AtOnce => "at_once",
        Listens::Late => "late",
        Listens::Never => "never",
    };
    let (ms, ends) = (params.reply_ms, params.rust_ends);
    let ask = Closure::once_into_js(move || ask::ask(ms, ends));
    // The first promise of the run is the one that the call gives.
    let trace = page.for_js(traced::FIRST);
    let promise = call(&ask, listens, params.listen_ms, &trace);
    unwatch.replace(Some(watch(&promise, &trace)));
}

/// A promise that page.js settles in `ms` milliseconds.
fn pause(ms: u32) -> Promise {
    let page = current();
    let number = page.next_promise();
    let promise = pause_in_js(ms, &page.for_js(number));
    page.promise_created(number, "pause()", &promise);
    promise
}
