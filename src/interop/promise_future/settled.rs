//! As `Promise.allSettled`: how both ended.
//! It has no loser.

use super::{Ends, call::call};
use crate::prelude::{join, log};

pub async fn ours(a: u32, ends: Ends, b: u32) {
    let (a, b) = join!(
        call("first", a, ends),
        call("second", b, Ends::Resolve),
    )
    .await;
    log!("{a:?}, {b:?}");
}
