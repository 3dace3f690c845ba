//! The tasks: each wants 1,024 bytes.

use super::stream::Stream;
use super::until;
use crate::prelude::*;

pub async fn peer(n: u32, stream: Stream) {
    // Both in one poll: nothing comes between.
    while !stream.is_ready() {
        stream.told().await;
    }
    let all = until::read(&stream);
    log!("peer {n}: {all} bytes");
}

pub async fn reader(
    stream: Stream,
    readable: impl AsyncFn(&Stream, u32),
    read: fn(&Stream) -> usize,
    ms: u32,
) {
    let mut all = 0;
    while all < 1024 {
        readable(&stream, ms).await;
        all += read(&stream);
    }
    log!("reader: {all} bytes");
}

pub async fn ticker() {
    sleep(40).await;
    log!("ticker: 40 ms");
}
