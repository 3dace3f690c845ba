//! `promise-future`: a promise awaited in Rust, and a Rust future awaited in JavaScript, recorded as it happens. In the promise's
//! place may stand what is none, or another realm's. Or two promises made into one, which Rust awaits, and beside it two futures
//! made into one in the same way.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod all;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod any;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod call;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod code;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod race;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod settled;

use super::devtools::spawn;
use super::driver::in_macrotask;
use super::live::{Extent, GRACE, PATIENCE, Page, record as record_live};
use super::traced;
use crate::record::TraceRecorder;
use crate::scenario::{Handed, PromiseOutcome as Ends, PromiseParams, Setup, Together};
use crate::trace::event::Settled;
use js_sys::{Array, Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};

#[wasm_bindgen(module = "/src/interop/promise_future/page.js")]
extern "C" {
    fn answer(ms: u32, outcome: &str, trace: &Object) -> Promise;
    fn listen(future: Promise, trace: &Object) -> Promise;
}

#[wasm_bindgen(module = "/src/interop/promise_future/given.js")]
extern "C" {
    fn given(what: &str, inner: &Promise, trace: &Object) -> Promise;
}

#[wasm_bindgen(module = "/src/interop/promise_future/two.js")]
extern "C" {
    #[wasm_bindgen(js_name = call)]
    fn call_in_js(name: &str, ms: u32, outcome: &str, trace: &Object) -> Promise;
    fn combine(how: &str, calls: &Array) -> Promise;
    fn observe(combined: &Promise, trace: &Object);
}

/// Records one run; it takes as long as its timers do.
pub(crate) async fn record(params: PromiseParams, setup: Setup) -> TraceRecorder {
    let is_one = params.together == Together::One;
    let is_never = params.outcome == Ends::Never;
    // Each half; and, of two, that both calls of page.js have settled, the one that nobody awaits any more, too.
    let parts = match params.together {
        // What throws does not wait for the call.
        Together::One => 2 - u32::from(is_never && params.handed != Handed::Throws),
        // Without the first call: who waits for either one has the second.
        Together::Race | Together::Any => 4 - u32::from(is_never),
        Together::All | Together::Settled => 4 - 3 * u32::from(is_never),
    };
    let extent =
        Extent { parts, patience: params.wait.max(params.rust_ms) + PATIENCE, grace: if is_never { GRACE } else { 0 } };
    let begin = if is_one { begin } else { begin_two };
    record_live(setup, extent, move |page| begin(page, &params)).await
}

fn name_of(outcome: Ends) -> &'static str {
    match outcome {
        Ends::Resolve => "resolve",
        Ends::Reject => "reject",
        Ends::Never => "never",
    }
}

/// What is awaited: the promise itself, or what is made of it.
fn handed(page: &Page, what: Handed, promise: Promise) -> Promise {
    if what == Handed::Promise {
        return promise;
    }
    let number = page.next_promise();
    let made = given(what.name(), &promise, &page.for_js(number));
    page.promise_created(number, "given()", &made);
    made
}

/// The task that awaits a promise: a part of the run.
fn ask(page: &Page, promise: Promise) {
    let half = page.part();
    drop(spawn(page.executor(), "ask", async move {
        code::ask(promise).await;
        half.part_is_over();
    }));
}

/// The script: both halves are set going.
fn begin(page: &Page, params: &PromiseParams) {
    // The promise that Rust awaits.
    let asked = page.next_promise();
    let promise = answer(params.wait, name_of(params.outcome), &page.for_js(asked));
    page.promise_created(asked, "answer()", &promise);
    ask(page, handed(page, params.handed, promise));
    let replied = spawn(page.executor(), "reply", code::reply(params.rust_ms));

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

/// The script of the other ways: two promises made into one, and two futures.
fn begin_two(page: &Page, &PromiseParams { wait, outcome, rust_ms, together, .. }: &PromiseParams) {
    let calls = [("first", wait, outcome), ("second", rust_ms, Ends::Resolve)].map(|(name, ms, ends)| {
        let number = page.next_promise();
        let promise = call_in_js(name, ms, name_of(ends), &page.for_js(number));
        page.promise_created(number, &format!("call({name:?})"), &promise);
        let (settled, part) = (promise.clone(), page.part());
        // Of the run, and not of what it shows: it waits for the turn after that in which the promise settles.
        spawn_local(async move {
            let _ = JsFuture::from(settled).await;
            in_macrotask(0, move || part.part_is_over());
        });
        promise
    });
    let [first, second] = &calls;
    let how = together.name();
    let number = page.next_promise();
    let combined = combine(how, &Array::of2(first, second));
    page.promise_created(number, &format!("Promise.{}()", js_name(together)), &combined);
    observe(&combined, &page.for_js(number));
    ask(page, combined);

    let half = page.part();
    let (a, ends, b) = (wait, outcome, rust_ms);
    macro_rules! ours {
        ($name:literal $way:ident) => {
            drop(spawn(page.executor(), $name, async move {
                $way::ours(a, ends, b).await;
                half.part_is_over();
            }))
        };
    }
    match together {
        Together::All => ours!("try_join" all),
        Together::Race => ours!("race" race),
        Together::Any => ours!("select_ok" any),
        Together::One | Together::Settled => ours!("join!" settled),
    }
}

/// What the combinator is called in JavaScript.
fn js_name(together: Together) -> &'static str {
    match together {
        Together::One | Together::All => "all",
        Together::Race => "race",
        Together::Any => "any",
        Together::Settled => "allSettled",
    }
}
