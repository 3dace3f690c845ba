//! What is called. Its lines run when somebody
//! polls it, and at no other time.

use crate::prelude::{log, sleep};

pub async fn hello(takes: u32) {
    log!("hello: my first line");
    sleep(takes).await;
    log!("hello: my last line");
}
