//! Looks, then leaves its waker.

use super::stream::Stream;
use crate::prelude::*;

pub async fn readable(
    stream: &Stream,
    ms: u32,
) {
    while !stream.is_ready() {
        // Something else is awaited first.
        sleep(ms).await;
        stream.told().await;
    }
}
