//! A new field is written over the old one, and
//! nothing drops that.

use super::seen::{Value, cx, overwritten};
use super::seen::{pinned, placed, ring};
use std::pin::Pin;
use std::ptr;

pub struct Holder<F> {
    pub fut: F,
}

impl<F: Future> Holder<F> {
    pub fn poll(self: Pin<&mut Self>) {
        // SAFETY: `fut` is pinned as the whole
        // is. Wrong: `restart` forgets it.
        let fut = unsafe {
            Pin::map_unchecked_mut(self, |me| {
                &mut me.fut
            })
        };
        pinned("fut", &fut);
        let _ = fut.poll(&mut cx());
    }

    pub fn restart(
        self: Pin<&mut Self>,
        new: F,
    ) {
        // SAFETY: `fut` is valid to write to.
        unsafe {
            let me = self.get_unchecked_mut();
            ptr::write(&mut me.fut, new);
        }
    }
}

pub fn run<F: Value>() {
    let fut = F::new(42);
    let mut whole = Box::pin(Holder { fut });
    placed("fut", &whole.fut);
    whole.as_mut().poll();
    whole.as_mut().restart(F::new(7));
    overwritten(&whole.fut);

    drop(whole);
    ring::<F>();
}
