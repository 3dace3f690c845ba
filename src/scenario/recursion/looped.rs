//! All levels are turns of one loop.

use crate::prelude::sleep;

pub async fn count(
    mut left: u32,
    wait: u32,
) -> u32 {
    let mut levels = 0;
    while left > 0 {
        left -= 1;
        levels += 1;
    }
    sleep(wait).await;
    levels
}
