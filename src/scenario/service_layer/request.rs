//! A request: it waits until the stack is
//! ready, calls it, and awaits the answer.

use super::backend::{Failure, Inner};
use crate::prelude::*;
use std::future::poll_fn;

pub async fn request(
    mut stack: impl Inner,
    layers: Rc<str>,
    nth: u32,
    comes: u32,
) {
    if comes > 0 {
        sleep(comes).await;
    }
    log!("request {nth}: {layers}");
    let is_ready = ready(&mut stack).await;
    let outcome = match is_ready {
        Ok(()) => stack.call(nth).await,
        Err(failure) => Err(failure),
    };
    log!("request {nth}: {outcome:?}");
}

/// While a layer has no room, it is not ready,
/// and its caller has to wait: back-pressure.
pub fn ready<S: Inner>(
    stack: &mut S,
) -> impl Future<Output = Result<(), Failure>> {
    watched(
        "poll_ready",
        poll_fn(|cx| stack.poll_ready(cx)),
    )
}
