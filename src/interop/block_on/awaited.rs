//! An `async fn`: a task of our executor.

use super::traced::JsFuture;
use crate::prelude::log;
use js_sys::Promise;

pub async fn ask(promise: Promise) {
    let asked = JsFuture::from(promise);
    let answer = asked.await;
    log!("{:?}", answer.unwrap().as_string());
}
