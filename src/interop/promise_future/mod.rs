//! `promise-future`: a promise awaited in Rust, and a Rust future awaited in JavaScript, recorded as it happens.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod code;

use super::live::{Extent, GRACE, PATIENCE, Page, record as record_live};
use super::traced;
use crate::record::TraceRecorder;
use crate::scenario::{PromiseOutcome, PromiseParams, Setup};
use crate::trace::event::Settled;
use js_sys::{Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

#[wasm_bindgen(module = "/src/interop/promise_future/page.js")]
extern "C" {
    fn answer(ms: u32, outcome: &str, trace: &Object) -> Promise;
    fn listen(future: Promise, trace: &Object) -> Promise;
}

/// Records one run; it takes as long as its timers do.
pub(crate) async fn record(params: PromiseParams, setup: Setup) -> TraceRecorder {
    let patience = match params.outcome {
        PromiseOutcome::Never => params.wait.max(params.rust_ms) + GRACE,
        _ => params.wait.max(params.rust_ms) + PATIENCE,
    };
    record_live(setup, Extent { parts: 2, patience, linger: 0 }, move |page| begin(page, &params)).await
}

fn name_of(outcome: PromiseOutcome) -> &'static str {
    match outcome {
        PromiseOutcome::Resolve => "resolve",
        PromiseOutcome::Reject => "reject",
        PromiseOutcome::Never => "never",
    }
}

/// The script: both halves are set going.
fn begin(page: &Page, params: &PromiseParams) {
    // The promise that Rust awaits.
    let asked = page.next_promise();
    let promise = answer(params.wait, name_of(params.outcome), &page.for_js(asked));
    page.promise_created(asked, "answer()", &promise);
    let half = page.part();
    drop(page.executor().spawn("ask", async move {
        code::ask(promise).await;
        half.part_is_over();
    }));
    let replied = page.executor().spawn("reply", code::reply(params.rust_ms));

    // The promise that JavaScript awaits.
    let heard = page.next_promise();
    let settled = page.clone();
    let future = future_to_promise(async move {
        let value = replied.await;
        settled.settles(heard, Settled::Resolved, &value.as_string().unwrap_or_default());
        Ok(value)
    });
    page.promise_created(heard, "future_to_promise(reply)", &future);
    // Its own promise is fulfilled when it has reacted, and nobody awaits that one.
    let _ = listen(future, &page.for_js(heard));
}
