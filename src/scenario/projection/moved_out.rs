//! One method pins the field, another one gives
//! it away.

use super::seen::{Value, cx};
use super::seen::{moved, pinned, placed};
use std::mem;
use std::pin::{Pin, pin};

pub struct Holder<F> {
    pub fut: F,
}

impl<F: Future> Holder<F> {
    pub fn poll(self: Pin<&mut Self>) {
        // SAFETY: `fut` is pinned as the whole
        // is. Wrong: `take` moves it.
        let fut = unsafe {
            Pin::map_unchecked_mut(self, |me| {
                &mut me.fut
            })
        };
        pinned("fut", &fut);
        let _ = fut.poll(&mut cx());
    }

    pub fn take(
        self: Pin<&mut Self>,
        new: F,
    ) -> F {
        // SAFETY: the whole is not moved.
        // Wrong: its field is.
        let me = unsafe {
            self.get_unchecked_mut()
        };
        mem::replace(&mut me.fut, new)
    }
}

pub fn run<F: Value>() {
    let fut = F::new(42);
    let mut whole = Box::pin(Holder { fut });
    placed("fut", &whole.fut);
    whole.as_mut().poll();

    let gone = whole.as_mut().take(F::new(7));
    moved(&gone);
    drop(whole);
    let _ = pin!(gone).poll(&mut cx());
}
