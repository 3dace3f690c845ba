//! Leaves its waker, then looks.

use super::stream::Stream;
use crate::prelude::*;

pub async fn readable(
    stream: &Stream,
    ms: u32,
) {
    stream.leave().await;
    // Something else is awaited first.
    sleep(ms).await;
    while !stream.is_ready() {
        stream.told().await;
    }
}
