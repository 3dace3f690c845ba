//! What only `Unpin` allows: the value is moved
//! through its `Pin`, however it was pinned.

use super::seen::{See, Value};
use std::mem;
use std::pin::Pin;

pub fn get_mut<F: Value + Unpin>(
    see: &See<F>,
    pinned: Pin<&mut F>,
) {
    let place = pinned.get_mut();
    let moved = mem::replace(place, F::new(7));
    see.replaced(place, &moved);
}

pub fn into_inner<F: Value + Unpin>(
    see: &See<F>,
    pinned: Pin<&mut F>,
) {
    let place = Pin::into_inner(pinned);
    let moved = mem::replace(place, F::new(7));
    see.replaced(place, &moved);
}

pub fn into_inner_of_box<F: Value + Unpin>(
    see: &See<F>,
    pinned: Pin<Box<F>>,
) {
    let unboxed = Pin::into_inner(pinned);
    let moved = *unboxed;
    see.moved(&moved);
}
