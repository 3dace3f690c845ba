//! As `Promise.all`: both answers, or the first
//! error. Then the other call is dropped.

use super::{Ends, call::call};
use crate::prelude::log;
use futures::future::try_join;

pub async fn ours(a: u32, ends: Ends, b: u32) {
    let both = try_join(
        call("first", a, ends),
        call("second", b, Ends::Resolve),
    );
    match both.await {
        Ok((a, b)) => log!("Ok: {a}, {b}"),
        Err(why) => log!("Err: {why}"),
    }
}
