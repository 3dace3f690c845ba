//! The Rust side: it awaits a promise,
//! and it is awaited as one.

use super::traced::JsFuture;
use crate::prelude::{log, sleep};
use js_sys::Promise;
use wasm_bindgen::JsValue;

pub async fn ask(promise: Promise) {
    let answer = JsFuture::from(promise).await;
    match answer {
        Ok(value) => log!("Ok({value:?})"),
        Err(reason) => log!("Err({reason:?})"),
    }
}

pub async fn reply(ms: u32) -> JsValue {
    sleep(ms).await;
    "Hello from Rust".into()
}
