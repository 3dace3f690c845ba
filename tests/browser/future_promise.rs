//! An async fn of Rust's that JavaScript calls: who polls it, and what becomes of its value, its error and its panic.

use super::{at, find_event, live_of, logged};
use js_sys::{Error, Function, Object, Promise, Reflect};
use pollscope::trace::Trace;
use pollscope::trace::event::{Event, Settled};
use pollscope::trace::ids::{PromiseId, TaskId};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::*;
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

/// wasm-bindgen's way with two calls at once of a method that has its value to itself: the second one is refused.
#[wasm_bindgen]
pub struct Line {
    calls: u32,
    ends: Rc<Cell<u32>>,
}

#[wasm_bindgen]
impl Line {
    pub async fn ask(&mut self, wait: Promise) -> u32 {
        self.calls += 1;
        // What it comes to is nothing to a call.
        let _ = JsFuture::from(wait).await;
        self.ends.set(self.ends.get() + 1);
        self.calls
    }
}

fn call(line: &JsValue, method: &str, with: &JsValue) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(line, &method.into())?.dyn_into()?;
    function.call1(line, with)
}

fn words(refused: Result<JsValue, JsValue>) -> String {
    let reason = refused.expect_err("it is refused");
    reason.dyn_ref::<Error>().map(|e| String::from(e.message())).or_else(|| reason.as_string()).unwrap_or_default()
}

/// A promise, and what settles it.
fn later() -> (Promise, Function) {
    let mut settle = None;
    let promise = Promise::new(&mut |resolve: Function, _: Function| settle = Some(resolve));
    (promise, settle.expect("it was called"))
}

#[wasm_bindgen_test]
async fn exported_method_that_is_called_twice_refuses_in_words_and_works_afterwards() {
    let ends = Rc::new(Cell::new(0));
    let line = JsValue::from(Line { calls: 0, ends: ends.clone() });
    let (wait, settle) = later();
    let first: Promise = call(&line, "ask", &wait).expect("it is free").unchecked_into();
    let second = match call(&line, "ask", &wait) {
        Ok(promise) => JsFuture::from(promise.unchecked_into::<Promise>()).await,
        refused => refused,
    };
    let said = words(second);
    assert!(said.contains("recursive use of an object"), "{said}");
    settle.call0(&JsValue::UNDEFINED).expect("it settles");
    assert_eq!(JsFuture::from(first).await, Ok(1.into()));
    // Afterwards it works.
    let third: Promise = call(&line, "ask", &Promise::resolve(&JsValue::NULL)).expect("it is free").unchecked_into();
    assert_eq!(JsFuture::from(third).await, Ok(2.into()));
    assert_eq!(ends.get(), 2);
}

#[wasm_bindgen_test]
async fn value_that_is_freed_while_its_method_waits_refuses_in_words() {
    let ends = Rc::new(Cell::new(0));
    let line = JsValue::from(Line { calls: 0, ends: ends.clone() });
    let (wait, settle) = later();
    let first: Promise = call(&line, "ask", &wait).expect("it is free").unchecked_into();
    let said = words(call(&line, "free", &JsValue::UNDEFINED));
    assert!(said.contains("attempted to take ownership"), "{said}");
    settle.call0(&JsValue::UNDEFINED).expect("it settles");
    assert_eq!(JsFuture::from(first).await, Ok(1.into()));
    assert_eq!(ends.get(), 1);
}
