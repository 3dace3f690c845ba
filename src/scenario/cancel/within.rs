//! A timeout around the transfer itself.

use super::{Book, transfer::transfer};
use crate::prelude::*;

pub async fn pay(book: Rc<Book>, ms: u32) {
    let transfer = transfer(book);
    match select(transfer, sleep(ms)).await {
        Left(()) => log!("pay: in time"),
        Right(()) => log!("pay: too late"),
    }
}
