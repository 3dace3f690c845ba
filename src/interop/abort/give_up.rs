//! Who drops both futures.

use super::Cancel;
use crate::prelude::sleep;

pub async fn give_up(
    ms: u32,
    tasks: [Cancel; 2],
) {
    sleep(ms).await;
    for task in tasks {
        task.cancel(); // its future is dropped
    }
}
