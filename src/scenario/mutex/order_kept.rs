//! Two locks, taken in one order by all.

use crate::prelude::*;

pub type Account = Rc<Mutex<i32>>;

async fn add(a: Account, b: Account, n: i32) {
    let mut a = a.lock().await;
    sleep(10).await;
    let mut b = b.lock().await;
    *a += n;
    *b -= n;
    log!("paid: {} and {}", *a, *b);
}

pub async fn pay(a: Account, b: Account) {
    add(a, b, -10).await;
}

pub async fn repay(a: Account, b: Account) {
    add(a, b, 10).await;
}
