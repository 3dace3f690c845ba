//! The caller is served when the call is ready.
//! Only the call can wake this task.

use crate::prelude::*;

pub async fn alone<F>(call: F)
where
    F: Future<Output = ()>,
{
    call.await;
    log!("served");
}
