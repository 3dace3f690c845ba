//! What is called: a line before its await, and
//! a line after it.

use crate::prelude::{log, sleep};

pub async fn hello(takes: u32) {
    log!("hello: my first line");
    sleep(takes).await;
    log!("hello: my last line");
}
