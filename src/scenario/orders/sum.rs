//! A deposit reads the balance, waits, and
//! writes. Beside it a fee is taken.

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
    let before = balance.get();
    // The old balance is kept over this await.
    quote().await;
    balance.set(before + 50);
}

async fn fee(balance: Rc<Shared<i32>>) {
    balance.set(balance.get() - 10);
}
