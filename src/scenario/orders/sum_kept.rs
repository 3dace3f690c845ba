//! A deposit waits first, then reads and
//! writes. No await stands between the two.

use super::quote;
use crate::prelude::*;

pub async fn main(quotes: u32) {
    let balance = Rc::new(Shared::new(100));
    let shared = balance.clone();
    let one = spawn(deposit(shared, quotes));
    let two = spawn(fee(balance.clone()));
    one.await;
    two.await;
    log!("balance: {}", balance.get());
}

async fn deposit(
    balance: Rc<Shared<i32>>,
    quotes: u32,
) {
    for _ in 0..quotes {
        quote().await;
    }
    quote().await;
    // Nobody is polled between these two.
    let before = balance.get();
    balance.set(before + 50);
}

async fn fee(balance: Rc<Shared<i32>>) {
    balance.set(balance.get() - 10);
}
