//! The body of a fetch: once it is here, it is
//! a stream like any other.

use super::async_read::async_read;
use super::stream::stream;
use super::traced::JsFuture;
use super::{Body, Plan};
use crate::prelude::log;
use js_sys::Promise;

pub async fn fetched(
    asked: Promise,
    body: Body,
    plan: Plan,
) {
    let answer = JsFuture::from(asked).await;
    let source = match answer {
        Ok(answer) => body.of(answer),
        Err(why) => return log!("{why:?}"),
    };
    if plan.reads_bytes {
        async_read(source, plan).await;
    } else {
        stream(source, plan).await;
    }
}
