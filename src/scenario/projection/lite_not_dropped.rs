//! The macro makes no pointer to write to.

use pin_project_lite::pin_project;
use std::pin::Pin;
use std::ptr;

pin_project! {
    pub struct Holder<F> {
        #[pin]
        pub fut: F,
    }
}

impl<F> Holder<F> {
    pub fn restart(
        self: Pin<&mut Self>,
        new: F,
    ) {
        let this = self.project();
        // SAFETY: the place is `fut`'s.
        unsafe { ptr::write(this.fut, new) }
    }
}
