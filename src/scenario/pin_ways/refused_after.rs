//! The `Pin` is gone, and the value is moved.

use std::pin::pin;

pub fn box_pin<F>(fut: F) {
    let pinned = Box::pin(fut);
    drop(pinned);
    let _moved = fut;
}

pub fn pin_macro<F>(fut: F) {
    let pinned = pin!(fut);
    drop(pinned);
    let _moved = fut;
}
