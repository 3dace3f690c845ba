//! The money goes back, in 5 ms.

use super::Book;
use crate::prelude::*;

pub async fn refund(book: Rc<Book>, sum: i32) {
    sleep(5).await; // the first bank answers
    book.first.set(book.first.get() + sum);
    log!("refunded");
}
