//! A level holds a pointer to the next one.

use crate::prelude::*;

pub async fn count(
    left: u32,
    wait: u32,
) -> u32 {
    if left == 0 {
        sleep(wait).await;
        return 0;
    }
    let next = Box::pin(count(left - 1, wait));
    framed(next).await + 1
}
