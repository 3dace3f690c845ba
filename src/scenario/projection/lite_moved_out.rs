//! The macro makes no `&mut` to a pinned field.

use pin_project_lite::pin_project;
use std::mem;
use std::pin::Pin;

pin_project! {
    pub struct Holder<F> {
        #[pin]
        pub fut: F,
    }
}

impl<F> Holder<F> {
    pub fn take(
        self: Pin<&mut Self>,
        new: F,
    ) -> F {
        let this = self.project();
        mem::replace(this.fut, new)
    }
}
