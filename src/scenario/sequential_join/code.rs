//! The same three requests, four ways.

use super::Handles;
use crate::prelude::{join, log, sleep, spawn};
use futures::StreamExt;
use futures::stream::FuturesUnordered;

async fn request(takes: u32) {
    log!("sent: {takes} ms");
    sleep(takes).await;
    log!("answered: {takes} ms");
}

/// Nothing polls the second before the first is
/// done.
pub async fn in_a_loop(waits: [u32; 3]) {
    let futures = waits.map(request);
    for future in futures {
        future.await;
    }
    log!("the loop is done");
}

/// One future polls all three at each wake.
pub async fn joined([a, b, c]: [u32; 3]) {
    let (a, b) = (request(a), request(b));
    join!(a, b, request(c)).await;
    log!("join! is done");
}

/// A task each. They need no await to run.
pub async fn spawned(
    waits: [u32; 3],
    then: Handles,
) {
    let tasks =
        waits.map(|ms| spawn(request(ms)));
    for task in tasks {
        match then {
            Handles::Await => task.await,
            Handles::Drop => drop(task),
        }
    }
    log!("who spawned is done");
}

/// A stream of them. It polls who was woken.
pub async fn unordered(waits: [u32; 3]) {
    let requests = waits.map(request);
    let mut stream: FuturesUnordered<_> =
        requests.into_iter().collect();
    while stream.next().await.is_some() {}
    log!("FuturesUnordered is done");
}
