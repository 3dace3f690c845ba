//! `Pin::new` of a value that is not `Unpin`.

use super::future::ByHand;
use std::pin::Pin;

pub fn new(mut fut: ByHand) {
    let _pinned = Pin::new(&mut fut);
}
