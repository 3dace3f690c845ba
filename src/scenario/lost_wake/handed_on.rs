//! This task asks once, and hands the call on:
//! from then on another task awaits it.

use crate::prelude::*;
use std::future::poll_fn;

pub async fn handed_on<F>(mut call: F)
where
    F: Future<Output = ()> + Unpin + 'static,
{
    let asked = poll_fn(|cx| {
        let call = Pin::new(&mut call);
        Poll::Ready(call.poll(cx))
    });
    match asked.await {
        Poll::Ready(()) => log!("served"),
        Poll::Pending => {
            drop(spawn(other(call)));
        }
    }
}

async fn other(call: impl Future<Output = ()>) {
    call.await;
    log!("served");
}
