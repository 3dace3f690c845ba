//! The Rust side: tasks of our executor, whose
//! drains are jobs of the page's event loop.

use super::{JsFuture, Page};
use crate::prelude::{log, yield_now};

pub async fn task(name: String, page: Page) {
    log!("{name}");
    let promise = page.fulfilled();
    let _ = JsFuture::from(promise).await;
    log!("{name}, woken");
}

/// It is always ready: a drain that goes on
/// until nothing is ready never ends.
pub async fn greedy() {
    loop {
        yield_now().await;
    }
}
