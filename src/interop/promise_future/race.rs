//! As `Promise.race`: the first that ends, in
//! whatever way. The other call is dropped.

use super::{Ends, call::call};
use crate::prelude::{log, race};

pub async fn ours(a: u32, ends: Ends, b: u32) {
    let first = race(
        call("first", a, ends),
        call("second", b, Ends::Resolve),
    );
    match first.await {
        Ok(name) => log!("Ok: {name}"),
        Err(why) => log!("Err: {why}"),
    }
}
