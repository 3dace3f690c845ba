//! A line says that it is `Unpin`, whatever its
//! field is.

use super::seen::{Value, cx};
use super::seen::{moved, pinned, placed};
use std::pin::Pin;

pub struct Holder<F> {
    pub fut: F,
}

// A safe line: nothing here asks for a promise.
impl<F> Unpin for Holder<F> {}

impl<F: Future> Holder<F> {
    pub fn poll(self: Pin<&mut Self>) {
        // SAFETY: `fut` is pinned as the whole
        // is. Wrong: the whole may move.
        let fut = unsafe {
            Pin::map_unchecked_mut(self, |me| {
                &mut me.fut
            })
        };
        pinned("fut", &fut);
        let _ = fut.poll(&mut cx());
    }

    pub fn unboxed(self: Box<Self>) -> Self {
        *self
    }
}

pub fn run<F: Value>() {
    let fut = F::new(42);
    let mut whole = Box::new(Holder { fut });
    placed("fut", &whole.fut);
    Pin::new(&mut *whole).poll();

    let mut gone = whole.unboxed();
    moved(&gone.fut);
    Pin::new(&mut gone).poll();
}
