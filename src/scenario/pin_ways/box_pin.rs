//! `Box::pin`: the value goes to the heap, and
//! has no name there.

use super::seen::{See, Try, Value};
use std::pin::Pin;

pub fn run<F: Value>(
    see: &See<F>,
    rest: impl FnOnce(Pin<Box<F>>),
) {
    let fut = F::new(42);
    see.placed(&fut);
    let mut pinned = Box::pin(fut);
    see.pinned(&pinned);
    let _ = pinned.as_mut().poll(&mut see.cx());
    see.polled(&pinned);

    match see.tried() {
        Try::Pointer => {
            let moved = pinned;
            see.pointer_moved(&moved);
        }
        Try::Set => {
            pinned.set(F::new(7));
            see.set(&pinned);
        }
        _ => rest(pinned),
    }
}
