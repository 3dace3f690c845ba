//! `Pin::new_unchecked`: the value stays in its
//! variable, and you promise the rest.

use super::seen::{See, Try, Value};
use std::pin::Pin;

pub fn run<F: Value>(
    see: &See<F>,
    rest: impl FnOnce(Pin<&mut F>),
) {
    let mut fut = F::new(42);
    see.placed(&fut);
    // SAFETY: a promise: `fut` does not move
    // again until it is dropped. It is broken
    // below, where it does no harm, since no
    // `F` follows a pointer of its own.
    let mut pinned = unsafe {
        Pin::new_unchecked(&mut fut)
    };
    see.pinned(&pinned);
    let _ = pinned.as_mut().poll(&mut see.cx());
    see.polled(&pinned);

    match see.tried() {
        Try::Pointer => {
            let moved = pinned;
            see.pointer_moved(&moved);
        }
        Try::After => {
            // The promise outlives `pinned`.
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
