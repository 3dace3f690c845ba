//! Two transfers lock the same two accounts,
//! each in an order of its own.

use super::quote;
use crate::prelude::*;

type Account = Rc<Mutex<i32>>;

pub async fn main(quotes: u32) {
    let a = Rc::new(Mutex::new(100));
    let b = Rc::new(Mutex::new(100));
    let accounts = (b.clone(), a.clone());
    let one = spawn(pay(a.clone(), b.clone()));
    let two = spawn(repay(accounts, quotes));
    one.await;
    two.await;
    let a = a.lock().await;
    let b = b.lock().await;
    log!("balances: {}, {}", *a, *b);
}

async fn pay(from: Account, to: Account) {
    let mut from = from.lock().await;
    let mut to = to.lock().await;
    *from -= 10;
    *to += 10;
}

async fn repay(
    (from, to): (Account, Account),
    quotes: u32,
) {
    for _ in 0..quotes {
        quote().await;
    }
    let mut from = from.lock().await;
    // One lock is kept over this await.
    quote().await;
    let mut to = to.lock().await;
    *from -= 5;
    *to += 5;
}
