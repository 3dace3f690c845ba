//! The value is moved out of its `Pin`.

use std::pin::{Pin, pin};

pub fn new<F: Unpin>(mut fut: F) {
    let pinned = Pin::new(&mut fut);
    let _moved = *pinned;
}

pub fn box_pin<F>(fut: F) {
    let pinned = Box::pin(fut);
    let _moved = *pinned;
}

pub fn pin_macro<F>(fut: F) {
    let pinned = pin!(fut);
    let _moved = *pinned;
}

pub fn new_unchecked<F>(mut fut: F) {
    // SAFETY: `fut` does not move again.
    let pinned = unsafe {
        Pin::new_unchecked(&mut fut)
    };
    let _moved = *pinned;
}
