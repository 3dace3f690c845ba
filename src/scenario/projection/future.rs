//! A future that points into itself from its
//! first poll on.

use super::seen::polled;
use std::marker::PhantomPinned;
use std::pin::Pin;
use std::ptr;
use std::task::{Context, Poll};

pub struct Inner {
    pub local_var: u16,
    pub local_ref: *const u16,
    _pin: PhantomPinned,
}

impl Inner {
    pub fn new(local_var: u16) -> Self {
        let local_ref = ptr::null();
        let _pin = PhantomPinned;
        Inner { local_var, local_ref, _pin }
    }
}

impl Future for Inner {
    type Output = u16;

    fn poll(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<u16> {
        // SAFETY: nothing is moved out of it.
        let me = unsafe {
            self.get_unchecked_mut()
        };
        if me.local_ref.is_null() {
            let var = &raw const me.local_var;
            me.local_ref = var;
        }
        polled(me);
        Poll::Pending
    }
}
