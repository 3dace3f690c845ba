//! The borrow ends with its line.

use super::lent::RefCell;
use crate::prelude::*;

pub async fn read(cell: Rc<RefCell<u32>>) {
    let value = *cell.borrow_mut();
    sleep(10).await;
    log!("read: {value}");
}

pub async fn write(cell: Rc<RefCell<u32>>) {
    *cell.borrow_mut() += 1;
    log!("written");
}
