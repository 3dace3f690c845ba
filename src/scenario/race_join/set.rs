//! A stream of answers, and a body that works
//! with each. Meanwhile nobody polls the rest.

use super::code::request;
use crate::prelude::*;
use futures::StreamExt;
use futures::stream::FuturesUnordered;

pub async fn streamed(
    fast: u32,
    slow: u32,
    body: u32,
) {
    let mut set = FuturesUnordered::new();
    set.push(request("fast", fast));
    set.push(request("slow", slow));
    while let Some(name) = set.next().await {
        work(name, body).await;
    }
    log!("no more");
}

pub async fn work(name: &str, ms: u32) {
    log!("with {name}: works");
    sleep(ms).await;
    log!("with {name}: done");
}
