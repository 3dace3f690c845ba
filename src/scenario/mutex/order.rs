//! Two locks, taken in two orders.

use crate::prelude::*;

pub type Account = Rc<Mutex<i32>>;

pub async fn pay(from: Account, to: Account) {
    let mut from = from.lock().await;
    sleep(10).await;
    let mut to = to.lock().await;
    *from -= 10;
    *to += 10;
    log!("paid: {} and {}", *from, *to);
}

pub async fn repay(a: Account, b: Account) {
    pay(b, a).await;
}
