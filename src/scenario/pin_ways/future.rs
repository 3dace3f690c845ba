//! Two futures, alike but for one thing: the
//! first one points into itself.

use std::marker::PhantomPinned;
use std::pin::Pin;
use std::ptr;
use std::task::{Context, Poll};

/// Not `Unpin`, because of its last field.
pub struct ByHand {
    pub local_var: u16,
    pub local_ref: *const u16,
    _pin: PhantomPinned,
}

/// `Unpin`, as nearly every type is.
pub struct Plain {
    pub local_var: u16,
    pub polls: u16,
}

impl ByHand {
    pub fn new(local_var: u16) -> Self {
        ByHand {
            local_var,
            local_ref: ptr::null(),
            _pin: PhantomPinned,
        }
    }
}

impl Plain {
    pub fn new(local_var: u16) -> Self {
        Plain { local_var, polls: 0 }
    }
}

impl Future for ByHand {
    type Output = u16;

    fn poll(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<u16> {
        // SAFETY: nothing is moved out of it.
        let me = unsafe {
            self.get_unchecked_mut()
        };
        me.local_ref = &raw const me.local_var;
        Poll::Pending
    }
}

impl Future for Plain {
    type Output = u16;

    fn poll(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<u16> {
        self.polls += 1;
        Poll::Pending
    }
}
