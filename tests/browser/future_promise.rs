//! An async fn of Rust's that JavaScript calls: who polls it, and what becomes of its value, its error and its panic.

use super::{at, find_event, live_of, logged};
use js_sys::{Error, Object};
use pollscope::trace::Trace;
use pollscope::trace::event::{Event, Settled};
use pollscope::trace::ids::{PromiseId, TaskId};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use wasm_bindgen_test::wasm_bindgen_test;

async fn live(given: &[(&str, &str)]) -> Trace {
    live_of("future-promise", given).await
}

#[wasm_bindgen_test]
async fn future_is_polled_in_a_microtask_after_the_call_whoever_listens() {
    for listens in ["at_once", "late", "never"] {
        let trace = live(&[("reply_ms", "3"), ("listen_ms", "10"), ("js_listens", listens)]).await;
        let called = at(&trace, 0, "call", |e| matches!(e, Event::PromiseCreated { promise: PromiseId(1), .. }));
        let returned = at(&trace, called, "return", |e| matches!(e, Event::MacrotaskEnded { .. }));
        let micro = at(&trace, returned, "microtask", |e| matches!(e, Event::MicrotaskStarted { .. }));
        let polled = at(&trace, 0, "poll", |e| e == Event::PollStarted { task: TaskId(1), nth: 1 });
        assert_eq!(polled, micro + 1, "{}", trace.to_text());
        // Awaited or not, it is polled to its end, and its promise is settled.
        let again = at(&trace, polled, "second poll", |e| e == Event::PollStarted { task: TaskId(1), nth: 2 });
        let settled = at(&trace, again, "value", |e| {
            matches!(e, Event::PromiseSettled { promise: PromiseId(1), how: Settled::Resolved, .. })
        });
        let heard = find_event(&trace, settled, |e| matches!(e, Event::Reaction { promise: PromiseId(1), .. }));
        assert_eq!(heard.is_some(), listens != "never");
        assert_eq!(trace.answer.as_deref(), Some("microtask"));
        assert!(trace.to_text().ends_with("end\n"), "{}", trace.to_text());
    }
}

/// What the browser says of rejections that nobody listens to, the page's tests look at.
#[wasm_bindgen_test]
async fn error_is_caught_by_whoever_listens_however_late() {
    for (listens, heard) in [("at_once", &["caught: No"][..]), ("late", &["caught: No"]), ("never", &[])] {
        let given = [("reply_ms", "1"), ("rust_ends", "err"), ("js_listens", listens), ("listen_ms", "20")];
        let trace = live(&given).await;
        assert_eq!(logged(&trace), heard, "{listens}");
        at(&trace, 0, "rejection", |e| {
            matches!(e, Event::PromiseSettled { promise: PromiseId(1), how: Settled::Rejected, .. })
        });
    }
}

/// `Err` is a rejection with the very value, and a rejection is an `Err` with it.
#[wasm_bindgen_test]
async fn reason_crosses_the_border_as_it_is() {
    let reason: JsValue = Error::new("busy").into();
    let given = reason.clone();
    let promise = future_to_promise(async move { Err(given) });
    let caught = JsFuture::from(promise).await.expect_err("it rejects");
    assert!(Object::is(&caught, &reason));
}
