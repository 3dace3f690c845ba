//! The caller is served when the call is ready.
//! Only the call can wake this task.

use crate::prelude::*;

pub async fn alone(call: impl Future<Output = ()>) {
    call.await;
    log!("served");
}
