//! The macro allows no drop but a pinned one.

use pin_project::pin_project;

#[pin_project]
pub struct Holder<F> {
    #[pin]
    pub fut: F,
}

impl<F> Drop for Holder<F> {
    fn drop(&mut self) {}
}
