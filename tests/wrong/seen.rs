//! What the programs report to while they are recorded. Under Miri nobody looks on.

use std::pin::Pin;
use std::task::{Context, Waker};

pub trait Value: Future {
    fn new(local_var: u16) -> Self;
    fn ring();
}

pub fn cx() -> Context<'static> {
    Context::from_waker(Waker::noop())
}

pub fn ring<F: Value>() {
    F::ring();
}

pub fn placed<T>(_: &str, _: &T) {}
pub fn pinned<F>(_: &str, _: &Pin<&mut F>) {}
pub fn moved<F>(_: &F) {}
pub fn overwritten<F>(_: &F) {}
