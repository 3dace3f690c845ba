//! What is given to `JsFuture` in a promise's place: a promise of a promise, things that have a `then()`, another realm's promise.
//! Each comes to one value or one error, once.

use super::{at, find_event, live, logged};
use js_sys::{Function, Promise, Reflect, eval};
use pollscope::trace::Trace;
use pollscope::trace::event::{Event, Settled};
use pollscope::trace::ids::{PromiseId, TaskId};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

const VALUE: &str = "Ok(JsValue(\"Hello from JavaScript\"))";
const REPLY: &str = "Hello from Rust";
/// The one of page.js, and what is made of it, which is awaited.
const INNER: PromiseId = PromiseId(1);
const GIVEN: PromiseId = PromiseId(2);

async fn given(what: &str, outcome: &str) -> Trace {
    live(&[("handed", what), ("wait", "4"), ("rust_ms", "8"), ("outcome", outcome)]).await
}

/// What was awaited came to this, once, in a microtask after the callback that settled the inner promise.
fn came_once(trace: &Trace, how: Settled) {
    let inner = at(trace, 0, "the inner promise", |e| matches!(e, Event::PromiseSettled { promise: INNER, .. }));
    let returned = at(trace, inner, "end of callback", |e| matches!(e, Event::MacrotaskEnded { .. }));
    let settled = at(
        trace,
        returned,
        "what is told of it",
        |e| matches!(e, Event::PromiseSettled { promise: GIVEN, how: is, .. } if is == how),
    );
    let reaction = at(trace, settled, "reaction", |e| matches!(e, Event::Reaction { promise: GIVEN, .. }));
    let polled = at(trace, reaction, "second poll", |e| e == Event::PollStarted { task: TaskId(1), nth: 2 });
    for from in [settled, reaction, polled] {
        let is_again = |e| {
            matches!(e, Event::PromiseSettled { promise: GIVEN, .. } | Event::PollStarted { task: TaskId(1), nth: 3.. })
        };
        assert!(find_event(trace, from + 1, is_again).is_none(), "{}", trace.to_text());
    }
    assert_eq!(trace.answer.as_deref(), Some("after_callback"));
    assert!(trace.to_text().ends_with("end\n"), "{}", trace.to_text());
}

#[wasm_bindgen_test]
async fn promise_of_a_promise_comes_to_the_innermost_value() {
    let trace = given("nested", "resolve").await;
    came_once(&trace, Settled::Resolved);
    assert_eq!(logged(&trace), [VALUE, REPLY]);
    let trace = given("nested", "reject").await;
    came_once(&trace, Settled::Rejected);
    assert!(logged(&trace).contains(&"Err(JsValue(\"The line is busy\"))"), "{:?}", logged(&trace));
}

#[wasm_bindgen_test]
async fn thenable_is_asked_in_a_microtask_and_comes_to_its_value() {
    let trace = given("thenable", "resolve").await;
    came_once(&trace, Settled::Resolved);
    assert_eq!(logged(&trace), ["then() is called", VALUE, REPLY]);
    // Not by the script itself, which has returned by then.
    let script = at(&trace, 0, "the script's end", |e| matches!(e, Event::MacrotaskEnded { .. }));
    let is_asked = |e| matches!(e, Event::Logged { task: TaskId::NONE, .. });
    assert!(find_event(&trace, 0, is_asked).is_some_and(|asked| asked > script), "{}", trace.to_text());
}

#[wasm_bindgen_test]
async fn of_a_thenable_s_calls_the_first_one_counts() {
    for (outcome, first, how) in
        [("resolve", VALUE, Settled::Resolved), ("reject", "Err(JsValue(\"The line is busy\"))", Settled::Rejected)]
    {
        let trace = given("twice", outcome).await;
        came_once(&trace, how);
        let lines = logged(&trace);
        assert!(lines.contains(&"called twice more") && lines.contains(&first), "{lines:?}");
        assert!(!lines.iter().any(|line| line.contains("again")), "{lines:?}");
    }
}

#[wasm_bindgen_test]
async fn thenable_that_throws_is_an_err_with_what_it_threw() {
    let trace = given("throws", "resolve").await;
    assert_eq!(logged(&trace), ["then() is called", "Err(JsValue(\"bad line\"))", REPLY]);
    // What the promise inside comes to later changes nothing, and no callback had a part in it.
    let settled = at(&trace, 0, "rejection", |e| {
        matches!(e, Event::PromiseSettled { promise: GIVEN, how: Settled::Rejected, .. })
    });
    at(&trace, settled, "the inner promise", |e| matches!(e, Event::PromiseSettled { promise: INNER, .. }));
    assert_eq!(trace.answer, None);
}

#[wasm_bindgen_test]
async fn promise_of_another_realm_is_awaited_like_any_other() {
    let trace = given("realm", "resolve").await;
    came_once(&trace, Settled::Resolved);
    assert_eq!(logged(&trace), ["instanceof Promise: false", VALUE, REPLY]);
    let left = "new Promise((ok) => setTimeout(() => ok(document.querySelectorAll('iframe').length), 50))";
    let left: Promise = eval(left).expect("it runs").into();
    assert_eq!(JsFuture::from(left).await, Ok(0.into()), "its frame is gone");
}

#[wasm_bindgen_test]
async fn what_never_settles_is_waited_for_whatever_was_made_of_it() {
    for what in ["nested", "thenable", "twice", "realm"] {
        let trace = given(what, "never").await;
        assert!(trace.to_text().ends_with("end: GaveUp(1)\n"), "{what}\n{}", trace.to_text());
        assert_eq!(trace.answer.as_deref(), Some("never"), "{what}");
    }
}

/// The reason of another realm's promise comes as it is, and that realm's `Error` is none of ours.
#[wasm_bindgen_test]
async fn reason_of_another_realm_is_the_very_value() {
    let made = eval(
        "(() => { const frame = document.createElement('iframe'); document.body.append(frame); const { Promise, Error } = frame.contentWindow; \
         frame.remove(); const reason = new Error('far'); return { reason, promise: Promise.reject(reason) }; })()",
    )
    .expect("it runs");
    let part = |name: &str| Reflect::get(&made, &name.into()).expect("it has it");
    assert!(part("promise").dyn_ref::<Promise>().is_none(), "instanceof says no");
    let caught = JsFuture::from(part("promise").unchecked_into::<Promise>()).await.expect_err("it rejects");
    assert!(js_sys::Object::is(&caught, &part("reason")));
    assert!(caught.dyn_ref::<js_sys::Error>().is_none());
}

/// Resolved with itself, a promise is rejected: it would wait for itself for ever.
#[wasm_bindgen_test]
async fn promise_of_itself_is_an_err() {
    let mut resolve = None;
    let promise = Promise::new(&mut |settle: Function, _: Function| resolve = Some(settle));
    resolve.take().expect("it was called").call1(&JsValue::UNDEFINED, &promise).expect("it settles");
    let caught = JsFuture::from(promise).await.expect_err("it rejects");
    assert!(caught.is_instance_of::<js_sys::TypeError>());
}
