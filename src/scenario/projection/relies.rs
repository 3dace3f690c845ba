//! A future that relies on its `Pin`: it reads
//! by the address that it keeps, which a list
//! knows, too, until the drop.

use super::seen::Value;
use std::cell::RefCell;
use std::marker::PhantomPinned;
use std::pin::Pin;
use std::ptr;
use std::task::{Context, Poll};

pub struct Relies {
    local_var: u16,
    local_ref: *const u16,
    _pin: PhantomPinned,
}

type List = RefCell<Vec<*const u16>>;

thread_local! {
    static LIST: List = const {
        List::new(Vec::new())
    };
}

impl Value for Relies {
    fn new(local_var: u16) -> Self {
        let local_ref = ptr::null();
        let _pin = PhantomPinned;
        Relies { local_var, local_ref, _pin }
    }

    fn ring() {
        LIST.with_borrow(|list| {
            for address in list {
                // SAFETY: a pinned future is
                // listed until its drop.
                unsafe { address.read() };
            }
        });
    }
}

impl Future for Relies {
    type Output = u16;

    fn poll(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<u16> {
        // SAFETY: nothing is moved out of it.
        let me = unsafe {
            self.get_unchecked_mut()
        };
        let address = me.local_ref;
        if !address.is_null() {
            // SAFETY: what is pinned stays
            // where it is.
            let var = unsafe { address.read() };
            return Poll::Ready(var);
        }
        me.local_ref = &raw const me.local_var;
        LIST.with_borrow_mut(|list| {
            list.push(me.local_ref);
        });
        Poll::Pending
    }
}

impl Drop for Relies {
    fn drop(&mut self) {
        let gone = self.local_ref;
        if gone.is_null() {
            return;
        }
        LIST.with_borrow_mut(|list| {
            list.retain(|&other| other != gone);
        });
    }
}
