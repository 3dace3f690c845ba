//! A `&mut` to a value that is not `Unpin`.

use super::future::ByHand;
use std::pin::{Pin, pin};

pub fn box_pin(fut: ByHand) {
    let mut pinned = Box::pin(fut);
    let _place = pinned.as_mut().get_mut();
}

pub fn pin_macro(fut: ByHand) {
    let pinned = pin!(fut);
    let _place = pinned.get_mut();
}

pub fn new_unchecked(mut fut: ByHand) {
    // SAFETY: `fut` does not move again.
    let pinned = unsafe {
        Pin::new_unchecked(&mut fut)
    };
    let _place = pinned.get_mut();
}
