//! Asking for a quote takes one more poll.

use crate::prelude::*;

pub async fn quote() {
    yield_now().await;
}
