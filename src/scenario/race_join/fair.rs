//! Of two that are ready at once, a coin says
//! which one passes.

use super::code::request;
use crate::prelude::*;

pub async fn raced(
    coin: Coin,
    fast: u32,
    slow: u32,
) {
    let first = coin.race(
        request("fast", fast),
        request("slow", slow),
    );
    log!("race: {}", first.await);
}

/// Each poll draws anew who is polled first.
pub async fn selected(
    coin: Coin,
    fast: u32,
    slow: u32,
) {
    let first = coin.select(
        request("slow", slow),
        request("fast", fast),
    );
    match first.await {
        Either::Left(a) => log!("select: {a}"),
        Either::Right(b) => log!("select: {b}"),
    }
}
