//! The same, with a task for the work: the loop
//! is back at once, and polls the set.

use super::{code::request, set::work};
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
        drop(spawn(work(name, body)));
    }
    log!("no more");
}
