//! A value that points into itself, and what a move does to it.

use super::slots::Slots;
use std::pin::Pin;
use std::ptr;

pub struct MovingFuture {
    pub local_var: u16,
    pub local_ref: *mut u16,
}

pub fn unpinned(slots: &mut Slots<MovingFuture>, value: u16, moves: u32) {
    let future = MovingFuture { local_var: value, local_ref: ptr::null_mut() };
    let here = slots.put(future);
    here.local_ref = &raw mut here.local_var;
    slots.look();

    for _ in 0..moves {
        // Safe and silent: the bytes are copied, the address in them is not changed.
        let future = slots.take();
        slots.put(future);
    }
}

pub fn pinned(slots: &mut Slots<Pin<Box<MovingFuture>>>, value: u16, moves: u32) {
    let future = MovingFuture { local_var: value, local_ref: ptr::null_mut() };
    let here = slots.put(Box::pin(future));
    here.local_ref = &raw mut here.local_var;
    slots.look();

    for _ in 0..moves {
        // What moves is the box: an address. The value that it owns stays.
        let future = slots.take();
        slots.put(future);
    }
}
