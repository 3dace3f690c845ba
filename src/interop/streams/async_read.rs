//! A reader with a room of its own, which need
//! not be as large as a chunk.

use super::{Plan, ReadableStream};
use crate::prelude::{log, sleep};

pub async fn async_read(
    mut source: ReadableStream,
    plan: Plan,
) {
    let mut bytes = if plan.cancels {
        source.into_async_read() // Drop cancels
    } else {
        let reader = source.get_byob_reader();
        reader.into_async_read()
    };
    let mut room = vec![0; plan.room];
    let mut reads = 0;
    while reads < plan.stops_after {
        let got = bytes.read(&mut room).await;
        let Ok(1..) = got else { break };
        sleep(plan.takes).await; // it works
        reads += 1;
    }
    drop(bytes);
    log!("dropped after {reads} reads");
}
