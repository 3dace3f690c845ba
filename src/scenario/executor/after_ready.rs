//! What an executor never does: it polls again
//! what was Ready. Each future answers in a way
//! of its own; as `poll` is safe to call, none
//! can be undefined.

use crate::prelude::*;
use std::fmt::Debug;
use std::future::poll_fn;

pub async fn after_ready(panics: bool) {
    twice("no_op", no_op()).await;
    twice("falls_silent", falls_silent()).await;
    twice("counts", counts()).await;
    if panics {
        twice("async_fn", async_fn()).await;
    }
}

/// Nothing happens: the answer is the same.
fn no_op() -> impl Future<Output = u32> {
    poll_fn(|_| Poll::Ready(1))
}

/// Pending, and no waker is left: for ever.
fn falls_silent() -> impl Future<Output = u32> {
    let mut value = Some(1);
    poll_fn(move |_| match value.take() {
        Some(value) => Poll::Ready(value),
        None => Poll::Pending,
    })
}

/// Ready again, with another value.
fn counts() -> impl Future<Output = u32> {
    let mut polls = 0;
    poll_fn(move |_| {
        polls += 1;
        Poll::Ready(polls)
    })
}

/// A panic: the compiler has put one there.
async fn async_fn() -> u32 {
    1
}

async fn twice<F>(name: &'static str, future: F)
where
    F: Future<Output: Debug>,
{
    let future = watched(name, future);
    let mut future = pin!(future);
    let polls = poll_fn(|cx| {
        let first = future.as_mut().poll(cx);
        let again = future.as_mut().poll(cx);
        Poll::Ready((first, again))
    });
    let (first, again) = polls.await;
    log!("{name}: {first:?}, then {again:?}");
}
