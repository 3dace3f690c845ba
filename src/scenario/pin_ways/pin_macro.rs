//! `pin!`: the value stays in this frame, and
//! has no name any more.

use super::seen::{See, Try, Value};
use std::pin::{Pin, pin};

pub fn run<F: Value>(
    see: &See<F>,
    rest: impl FnOnce(Pin<&mut F>),
) {
    let fut = F::new(42);
    see.placed(&fut);
    let mut pinned = pin!(fut);
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
