//! As `Promise.any`: the first that succeeds.
//! Then the other call is dropped.

use super::{Ends, call::call};
use crate::prelude::log;
use futures::future::select_ok;

pub async fn ours(a: u32, ends: Ends, b: u32) {
    let fine = Ends::Resolve;
    let first = select_ok([
        Box::pin(call("first", a, ends)),
        Box::pin(call("second", b, fine)),
    ]);
    match first.await {
        // With it comes who is still open.
        Ok((name, _open)) => log!("Ok: {name}"),
        Err(why) => log!("Err: {why}"),
    }
}
