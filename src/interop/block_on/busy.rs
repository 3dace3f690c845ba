//! A plain fn that polls until it has a value.

use super::Budget;
use js_sys::Promise;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use wasm_bindgen_futures::JsFuture;

pub fn block_on(
    promise: Promise,
    mut budget: Budget,
) -> Option<String> {
    let asked = JsFuture::from(promise);
    let mut f = pin!(asked);
    let waker = Waker::noop();
    let mut cx = Context::from_waker(waker);
    loop {
        let answer = f.as_mut().poll(&mut cx);
        if let Poll::Ready(value) = answer {
            return value.unwrap().as_string();
        }
        // Without a budget it never ends.
        if budget.is_spent() {
            return None;
        }
    }
}
