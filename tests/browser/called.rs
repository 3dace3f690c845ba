//! Values of Rust's whose async methods JavaScript calls: what a second call, a call or `free()` from a callback come to while one
//! goes on. Each is refused in words, and afterwards all works.

use js_sys::{Array, Error, Function, Promise, Reflect};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

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

    /// Calls `told` with the number of this call, from within a poll, before and after it waits.
    pub async fn tell(&mut self, wait: Promise, told: Function) -> u32 {
        self.calls += 1;
        for _ in 0..2 {
            // What it throws is the callback's own affair.
            let _ = told.call1(&JsValue::UNDEFINED, &self.calls.into());
            let _ = JsFuture::from(wait.clone()).await;
        }
        self.calls
    }

    /// The same of a method that shares its value.
    pub async fn hear(&self, told: Function) -> u32 {
        let _ = told.call1(&JsValue::UNDEFINED, &self.calls.into());
        let _ = JsFuture::from(Promise::resolve(&JsValue::NULL)).await;
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

/// A value whose method waits: what it waits for, what settles that, and what it returned.
struct Asked {
    line: JsValue,
    ends: Rc<Cell<u32>>,
    wait: Promise,
    settle: Function,
    first: Promise,
}

impl Asked {
    fn new() -> Self {
        let ends = Rc::new(Cell::new(0));
        let line = JsValue::from(Line { calls: 0, ends: ends.clone() });
        let (wait, settle) = later();
        let first = call(&line, "ask", &wait).expect("it is free").unchecked_into();
        Asked { line, ends, wait, settle, first }
    }
}

#[wasm_bindgen_test]
async fn exported_method_that_is_called_twice_refuses_in_words_and_works_afterwards() {
    let Asked { line, ends, wait, settle, first } = Asked::new();
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
    let Asked { line, ends, settle, first, .. } = Asked::new();
    let said = words(call(&line, "free", &JsValue::UNDEFINED));
    assert!(said.contains("attempted to take ownership"), "{said}");
    settle.call0(&JsValue::UNDEFINED).expect("it settles");
    assert_eq!(JsFuture::from(first).await, Ok(1.into()));
    assert_eq!(ends.get(), 1);
}

/// Calls a method of the line in a callback, and gives the words of how it went.
fn attempts(line: &JsValue, method: &'static str, said: &Array) -> Function {
    let (line, said) = (line.clone(), said.clone());
    Closure::<dyn FnMut(JsValue)>::new(move |_| {
        let refused = call(&line, method, &Promise::resolve(&JsValue::NULL));
        match refused.map(|given| given.dyn_into::<Promise>()) {
            Ok(Ok(promise)) => {
                // An async method is refused by its promise.
                let said = said.clone();
                wasm_bindgen_futures::spawn_local(async move {
                    let outcome = JsFuture::from(promise).await;
                    said.push(&outcome.unwrap_or_else(|reason| words(Err(reason)).into()));
                });
            }
            Ok(Err(value)) => {
                said.push(&value);
            }
            Err(reason) => {
                said.push(&words(Err(reason)).into());
            }
        }
    })
    .into_js_value()
    .unchecked_into()
}

fn call_with(line: &JsValue, method: &str, args: &[JsValue]) -> Promise {
    let function: Function = Reflect::get(line, &method.into()).expect("it has it").unchecked_into();
    function.apply(line, &args.iter().collect::<Array>()).expect("it is free").unchecked_into()
}

#[wasm_bindgen_test]
async fn method_that_is_called_in_its_own_callback_refuses_in_words_and_works_afterwards() {
    let line = JsValue::from(Line { calls: 0, ends: Rc::default() });
    let said = Array::new();
    let wait = JsValue::from(Promise::resolve(&JsValue::NULL));
    let call = call_with(&line, "tell", &[wait.clone(), attempts(&line, "ask", &said).into()]);
    assert_eq!(JsFuture::from(call).await, Ok(1.into()));
    let turn: Promise = js_sys::eval("new Promise((resolve) => setTimeout(resolve))").expect("it runs").into();
    JsFuture::from(turn).await.expect("it resolves");
    // In the first poll, and in a later one.
    let all: Vec<String> = said.iter().map(|one| one.as_string().unwrap_or_default()).collect();
    assert!(all.len() == 2 && all.iter().all(|one| one.contains("recursive use of an object")), "{all:?}");
    let again = call_with(&line, "ask", std::slice::from_ref(&wait));
    assert_eq!(JsFuture::from(again).await, Ok(2.into()));
}

/// Refused in words; the value is as it was, and the call comes to its end. JavaScript's object has lost its pointer before that was
/// refused, and says so from then on: others work.
#[wasm_bindgen_test]
async fn value_that_is_freed_in_its_own_callback_refuses_in_words_and_the_call_ends() {
    let wait = JsValue::from(Promise::resolve(&JsValue::NULL));
    for method in ["tell", "hear"] {
        let line = JsValue::from(Line { calls: 0, ends: Rc::default() });
        let said = Array::new();
        let free = JsValue::from(attempts(&line, "free", &said));
        let args = if method == "tell" { vec![wait.clone(), free] } else { vec![free] };
        let expected = u32::from(method == "tell");
        assert_eq!(JsFuture::from(call_with(&line, method, &args)).await, Ok(expected.into()), "{method}");
        let first = said.get(0).as_string().unwrap_or_default();
        assert!(first.contains("attempted to take ownership"), "{method}: {first}");
        let after = words(match call(&line, "ask", &wait) {
            Ok(promise) => JsFuture::from(promise.unchecked_into::<Promise>()).await,
            refused => refused,
        });
        // In a debug build, and in a release.
        assert!(after.contains("moved value") || after.contains("null pointer"), "{method}: {after}");
        let other = JsValue::from(Line { calls: 0, ends: Rc::default() });
        assert_eq!(JsFuture::from(call_with(&other, "ask", std::slice::from_ref(&wait))).await, Ok(1.into()));
        // While nothing goes on, it is freed.
        call(&other, "free", &JsValue::UNDEFINED).expect("nobody has it");
    }
}

/// Shared is not alone: calls that only look go on side by side, one that changes is refused meanwhile.
#[wasm_bindgen_test]
async fn shared_method_may_be_called_in_its_callback_and_one_that_changes_may_not() {
    let line = JsValue::from(Line { calls: 0, ends: Rc::default() });
    let said = Array::new();
    let nothing = Function::new_no_args("");
    let inner = {
        let (line, said) = (line.clone(), said.clone());
        Closure::<dyn FnMut(JsValue)>::new(move |_| {
            said.push(&call_with(&line, "hear", &[nothing.clone().into()]));
        })
    };
    let outer = call_with(&line, "hear", &[inner.into_js_value()]);
    assert_eq!(JsFuture::from(outer).await, Ok(0.into()));
    assert_eq!(JsFuture::from(said.get(0).unchecked_into::<Promise>()).await, Ok(0.into()));
    let refused = Array::new();
    let ask = attempts(&line, "ask", &refused);
    assert_eq!(JsFuture::from(call_with(&line, "hear", &[ask.into()])).await, Ok(0.into()));
    let turn: Promise = js_sys::eval("new Promise((resolve) => setTimeout(resolve))").expect("it runs").into();
    JsFuture::from(turn).await.expect("it resolves");
    assert!(refused.get(0).as_string().is_some_and(|said| said.contains("recursive use of an object")), "{refused:?}");
}
