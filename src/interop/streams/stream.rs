//! A reader that takes its time for each chunk.

use super::{Plan, ReadableStream};
use crate::prelude::{log, sleep};

pub async fn stream(
    mut source: ReadableStream,
    plan: Plan,
) {
    let mut chunks = if plan.cancels {
        source.into_stream() // its Drop cancels
    } else {
        source.get_reader().into_stream()
    };
    let mut read = 0;
    while read < plan.stops_after {
        let chunk = chunks.next().await;
        let Some(Ok(_)) = chunk else { break };
        sleep(plan.takes).await; // it works
        read += 1;
    }
    drop(chunks);
    log!("dropped after {read} chunks");
}
