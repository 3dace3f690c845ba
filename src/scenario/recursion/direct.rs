//! A level holds the one that it waits for.

use crate::prelude::sleep;

pub async fn count(
    left: u32,
    wait: u32,
) -> u32 {
    if left == 0 {
        sleep(wait).await;
        return 0;
    }
    let next = count(left - 1, wait);
    next.await + 1
}
