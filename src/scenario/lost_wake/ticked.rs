//! The caller is served when the call is ready.
//! A ticker wakes this task, too, again and
//! again.

use crate::prelude::*;

pub async fn ticked(
    call: impl Future<Output = ()>,
    tick: u32,
) {
    race(call, ticker(tick)).await;
    log!("served");
}

async fn ticker(tick: u32) {
    loop {
        sleep(tick).await;
    }
}
