//! Its drop saves the field for later.

use super::seen::{Value, cx};
use super::seen::{moved, pinned, placed};
use std::mem;
use std::pin::{Pin, pin};

pub struct Holder<'a, F: Value> {
    pub fut: F,
    pub saved: &'a mut Option<F>,
}

impl<F: Value> Holder<'_, F> {
    pub fn poll(self: Pin<&mut Self>) {
        // SAFETY: `fut` is pinned as the whole
        // is. Wrong: the drop moves it.
        let fut = unsafe {
            Pin::map_unchecked_mut(self, |me| {
                &mut me.fut
            })
        };
        pinned("fut", &fut);
        let _ = fut.poll(&mut cx());
    }
}

impl<F: Value> Drop for Holder<'_, F> {
    // Not `Pin<&mut Self>`, as everywhere else.
    fn drop(&mut self) {
        let fut = &mut self.fut;
        let gone = mem::replace(fut, F::new(7));
        moved(&gone);
        *self.saved = Some(gone);
    }
}

pub fn run<F: Value>() {
    let mut saved = None;
    let mut whole = Box::pin(Holder {
        fut: F::new(42),
        saved: &mut saved,
    });
    placed("fut", &whole.fut);
    whole.as_mut().poll();
    drop(whole);

    if let Some(gone) = saved {
        let _ = pin!(gone).poll(&mut cx());
    }
}
