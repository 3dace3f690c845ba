//! The future with the buffer is on the heap.

use super::kept;

pub async fn report(wait: u32) -> u32 {
    Box::pin(kept::report(wait)).await
}
