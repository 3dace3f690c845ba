//! Downloads whose futures are dropped: what goes on, what stops, and that nothing is left behind.
//!
//! The test server has no modules of the page: what is fetched in their place is another real file, of this repository.

use super::{at, find_event, live_of, logged};
use js_sys::{Function, Promise, eval};
use pollscope::alloc::held;
use pollscope::trace::event::{DropReason, Event, Settled, WakeEffect};
use pollscope::trace::ids::{PromiseId, TaskId};
use pollscope::trace::{Kind, Trace};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

const FILE: &str = "/www/screenshot.png";
/// Dropped futures, and aborted fetches.
const ROUNDS: u32 = 10_000;
/// One in so many fetches is aborted after a turn of the loop, when it has been sent; the others at once.
const SENT: u32 = 10;

/// From here on the page's file is that one; gives its size.
async fn serve_file() -> u32 {
    let patch = format!(
        "globalThis.reallyFetch ??= fetch; \
         globalThis.fetch = (url, options) => reallyFetch(String(url).startsWith('engine/') ? '{FILE}' : url, options); \
         fetch('engine/').then((answer) => answer.arrayBuffer()).then((body) => body.byteLength)"
    );
    let size: Promise = eval(&patch).expect("it runs").into();
    JsFuture::from(size).await.expect("it is served").as_f64().expect("a number") as u32
}

/// WebKit has all of so small a file at once, and hands it out in a part or two: a download has no half there, at whatever time
/// its future is dropped, and an abort finds nothing to stop.
pub(crate) fn reads_ahead() -> bool {
    let agent = eval("navigator.userAgent").ok().and_then(|agent| agent.as_string()).unwrap_or_default();
    agent.contains("AppleWebKit") && !agent.contains("Chrome")
}

/// A time before the end of the downloads, in ms.
fn halfway(ms: &'static str) -> &'static str {
    if reads_ahead() { "0" } else { ms }
}

async fn live(given: &[(&str, &str)]) -> Trace {
    live_of("abort", given).await
}

fn bytes_of(trace: &Trace, promise: u32, range: std::ops::Range<usize>) -> u32 {
    let bytes = |i| match trace.event(i) {
        Event::Received { promise: PromiseId(of), bytes } if of == promise => bytes,
        _ => 0,
    };
    range.map(bytes).sum()
}

#[wasm_bindgen_test]
async fn dropped_future_s_fetch_goes_on_and_an_aborted_one_stops() {
    let size = serve_file().await;
    let trace = live(&[("drop_at", halfway("30")), ("pace", "15")]).await;
    let cancelled = DropReason::Cancelled;
    let bare = at(&trace, 0, "first drop", |e| e == Event::Dropped { task: TaskId(1), reason: cancelled });
    let tied = at(&trace, bare, "second drop", |e| e == Event::Dropped { task: TaskId(2), reason: cancelled });
    let aborted = at(&trace, 0, "abort", |e| e == Event::Aborted { promise: PromiseId(2) });
    assert!(bare < aborted && aborted.abs_diff(tied) < 4, "in the drop of the second\n{}", trace.to_text());
    if reads_ahead() {
        return;
    }
    // The first goes on to its end, and nobody listens.
    let end = trace.len();
    assert!(bytes_of(&trace, 1, bare..end) > 0, "{}", trace.to_text());
    assert_eq!(bytes_of(&trace, 1, 0..end), size);
    let settled = at(&trace, bare, "value", |e| {
        matches!(e, Event::PromiseSettled { promise: PromiseId(1), how: Settled::Resolved, .. })
    });
    let reaction = at(&trace, settled, "reaction", |e| matches!(e, Event::Reaction { promise: PromiseId(1), .. }));
    at(&trace, reaction, "a wake of nobody", |e| {
        matches!(e, Event::Woken { task: TaskId(1), effect: WakeEffect::AfterDone, .. })
    });
    // Of the second nothing is read after the abort, and its promise rejects.
    assert!(bytes_of(&trace, 2, 0..aborted) < size);
    assert_eq!(bytes_of(&trace, 2, aborted..end), 0, "{}", trace.to_text());
    let rejected = at(&trace, aborted, "reason", |e| {
        matches!(e, Event::PromiseSettled { promise: PromiseId(2), how: Settled::Rejected, .. })
    });
    let Event::PromiseSettled { value, .. } = trace.event(rejected) else { unreachable!("it is one") };
    assert_eq!(trace.name(value), "AbortError");
    assert_eq!(trace.answer.as_deref(), Some("first"));
    assert_eq!(logged(&trace), [""; 0], "neither task had an answer");
    assert!(trace.to_text().ends_with("end\n"), "{}", trace.to_text());
}

#[wasm_bindgen_test]
async fn controller_that_nobody_calls_stops_nothing() {
    let size = serve_file().await;
    let trace = live(&[("drop_at", halfway("20")), ("pace", "15"), ("controller", "kept")]).await;
    assert_eq!([1, 2].map(|promise| bytes_of(&trace, promise, 0..trace.len())), [size, size]);
    assert!(find_event(&trace, 0, |e| e.kind() == Kind::Aborted).is_none());
    if !reads_ahead() {
        assert_eq!(trace.answer.as_deref(), Some("both"));
    }
}

/// Its guard calls `abort()` all the same, which is nothing to a fetch that is over.
#[wasm_bindgen_test]
async fn future_that_is_done_before_its_drop_has_its_answer() {
    let size = serve_file().await;
    let trace = live(&[("drop_at", "1500"), ("pace", "0")]).await;
    let answer = format!("Ok(JsValue({size}))");
    assert_eq!(logged(&trace), [&answer, &answer]);
    assert_eq!(trace.answer.as_deref(), Some("neither"));
}

struct Counted(AtomicU32);

impl Wake for Counted {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

fn poll_once(future: &mut JsFuture, waker: &Waker) -> Poll<Result<JsValue, JsValue>> {
    Pin::new(future).poll(&mut Context::from_waker(waker))
}

async fn turn() {
    let turn: Promise = eval("new Promise((resolve) => setTimeout(resolve))").expect("it runs").into();
    JsFuture::from(turn).await.expect("it resolves");
}

/// Bytes of the heap, and values of JavaScript that Rust holds.
fn kept() -> (isize, u32) {
    (held().now, wasm_bindgen::externref_heap_live_count())
}

/// The waker is called, and wakes nobody; then it is given back, with the closures and the value.
#[wasm_bindgen_test]
async fn dropped_js_futures_leave_nothing_behind() {
    let counted = Arc::new(Counted(AtomicU32::new(0)));
    let waker = Waker::from(counted.clone());
    let mut before = (0, 0);
    for round in 0..ROUNDS {
        let mut settle = None;
        let promise = Promise::new(&mut |resolve: Function, reject: Function| {
            settle = Some(if round % 2 == 0 { resolve } else { reject });
        });
        let mut future = JsFuture::from(promise);
        assert!(poll_once(&mut future, &waker).is_pending());
        drop(future);
        settle.take().expect("it was called").call1(&JsValue::UNDEFINED, &"late".into()).expect("it settles");
        if round % 500 == 499 {
            turn().await;
        }
        if round == ROUNDS / 2 - 1 {
            before = kept();
        }
    }
    turn().await;
    assert_eq!(counted.0.load(Ordering::Relaxed), ROUNDS, "each reaction ran");
    // Less, where what an earlier test left to the engine has gone meanwhile.
    let after = kept();
    assert!(after.0 <= before.0 && after.1 <= before.1, "after as many rounds again: {before:?}, {after:?}");
    drop(waker);
    assert_eq!(Arc::strong_count(&counted), 1, "each gave its waker back");
}

/// Timeouts and listeners that scripts have set and not taken back, counted where scripts set them.
const COUNT: &str = "globalThis.outstanding = { timeouts: new Set(), listeners: 0 }; \
    const really = { setTimeout, clearTimeout, add: EventTarget.prototype.addEventListener, remove: EventTarget.prototype.removeEventListener }; \
    globalThis.setTimeout = (f, ms) => { const id = really.setTimeout.call(globalThis, () => { outstanding.timeouts.delete(id); f(); }, ms); outstanding.timeouts.add(id); return id; }; \
    globalThis.clearTimeout = (id) => { outstanding.timeouts.delete(id); really.clearTimeout.call(globalThis, id); }; \
    EventTarget.prototype.addEventListener = function (...of) { if (this instanceof AbortSignal) outstanding.listeners += 1; return really.add.apply(this, of); }; \
    EventTarget.prototype.removeEventListener = function (...of) { if (this instanceof AbortSignal) outstanding.listeners -= 1; return really.remove.apply(this, of); }; \
    globalThis.uncount = () => { globalThis.setTimeout = really.setTimeout; globalThis.clearTimeout = really.clearTimeout; \
      EventTarget.prototype.addEventListener = really.add; EventTarget.prototype.removeEventListener = really.remove; }";

#[wasm_bindgen_test]
async fn aborted_fetches_leave_nothing_behind() {
    serve_file().await;
    eval(COUNT).expect("it runs");
    let begin = Function::new_no_args(
        "const controller = new AbortController(); \
         const answer = fetch('engine/', { signal: controller.signal, cache: 'no-store' }).then((answer) => answer.arrayBuffer()); \
         return { answer, controller }",
    );
    let mut before = (0, 0);
    let waker = Waker::noop();
    for round in 0..ROUNDS {
        let begun = begin.call0(&JsValue::UNDEFINED).expect("it begins");
        let part = |name: &str| js_sys::Reflect::get(&begun, &name.into()).expect("it has it");
        let mut future = JsFuture::from(Promise::from(part("answer")));
        assert!(poll_once(&mut future, waker).is_pending());
        if round % SENT == 0 {
            turn().await;
        }
        drop(future);
        let abort = Function::new_with_args("controller", "controller.abort()");
        abort.call1(&JsValue::UNDEFINED, &part("controller")).expect("it aborts");
        if round % 50 == 49 {
            turn().await;
        }
        if round == ROUNDS / 2 - 1 {
            before = kept();
        }
    }
    turn().await;
    let after = kept();
    assert!(after.0 <= before.0 && after.1 <= before.1, "after as many rounds again: {before:?}, {after:?}");
    let outstanding = eval("uncount(); outstanding.timeouts.size + outstanding.listeners").expect("it runs");
    assert_eq!(outstanding.as_f64(), Some(0.0));
}

/// Whole runs, each with two downloads, as the page records them. What page.js was given of a run are closures of some bytes
/// each, which the browser's collector takes back when it comes to them.
#[wasm_bindgen_test]
async fn recorded_runs_leave_nothing_behind() {
    serve_file().await;
    let mut after = Vec::new();
    for _ in 0..4 {
        for _ in 0..5 {
            drop(live(&[("drop_at", "4"), ("pace", "1")]).await);
        }
        turn().await;
        after.push(held().now);
    }
    assert!(after[3] - after[1] < 2 * 5 * 256, "{after:?}");
}
