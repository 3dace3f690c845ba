//! Three tasks. Each waits for a timer.

use super::Executor;
use crate::prelude::sleep;

pub fn start(
    executor: &Executor,
    waits: [u32; 3],
) {
    for ms in waits {
        executor.spawn(async move {
            sleep(ms).await
        });
    }
}
