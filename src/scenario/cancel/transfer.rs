//! A transfer: 30 leave one account, and are in
//! the other one 20 ms later.

use super::{Book, guard::Taken};
use crate::prelude::*;

pub async fn transfer(book: Rc<Book>) {
    let _lock = book.lock.lock().await;
    sleep(10).await; // the first bank answers
    let mut taken = Taken::of(&book, 30);
    sleep(20).await; // the second bank answers
    taken.give();
    sleep(10).await; // the receipt comes
    log!("sent");
}
