//! A timeout around a handle: the transfer is a
//! task of its own.

use super::{Book, transfer::transfer};
use crate::prelude::*;

pub async fn pay(book: Rc<Book>, ms: u32) {
    // Dropped, it detaches: the task goes on.
    // Some runtimes cancel it instead.
    let handle = spawn(transfer(book));
    match select(handle, sleep(ms)).await {
        Left(()) => log!("pay: in time"),
        Right(()) => log!("pay: too late"),
    }
}
