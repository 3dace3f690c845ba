//! `Pin::new`: for a value that is `Unpin`, and
//! does not mind.

use super::seen::{See, Try, Value};
use std::pin::Pin;

pub fn run<F: Value + Unpin>(
    see: &See<F>,
    rest: impl FnOnce(Pin<&mut F>),
) {
    let mut fut = F::new(42);
    see.placed(&fut);
    let mut pinned = Pin::new(&mut fut);
    see.pinned(&pinned);
    let _ = pinned.as_mut().poll(&mut see.cx());
    see.polled(&pinned);

    match see.tried() {
        Try::Pointer => {
            let moved = pinned;
            see.pointer_moved(&moved);
        }
        Try::After => {
            // `pinned` is gone, `fut` is there.
            let moved = fut;
            see.moved(&moved);
        }
        Try::Set => {
            pinned.set(F::new(7));
            see.set(&pinned);
        }
        _ => rest(pinned),
    }
}
