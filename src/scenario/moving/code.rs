//! A value that points into itself,
//! and what a move does to it.

use super::slots::Slots;
use std::pin::Pin;
use std::ptr;

pub struct MovingFuture {
    pub local_var: u16,
    pub local_ref: *mut u16,
}

impl MovingFuture {
    fn new(local_var: u16) -> Self {
        let local_ref = ptr::null_mut();
        MovingFuture { local_var, local_ref }
    }

    fn point_to_itself(&mut self) {
        let var = &raw mut self.local_var;
        self.local_ref = var;
    }
}

pub fn unpinned(
    slots: &mut Slots<MovingFuture>,
    value: u16,
    moves: u32,
) {
    slots.put(MovingFuture::new(value));
    slots.with(|here| here.point_to_itself());

    for _ in 0..moves {
        // Safe and silent: the bytes are
        // copied, the address in them stays as
        // it is.
        let future = slots.take();
        slots.put(future);
    }
}

pub fn pinned(
    slots: &mut Slots<Pin<Box<MovingFuture>>>,
    value: u16,
    moves: u32,
) {
    let future = MovingFuture::new(value);
    slots.put(Box::pin(future));
    slots.with(|here| here.point_to_itself());

    for _ in 0..moves {
        // What moves is the box, an address.
        // The value that it owns stays.
        let future = slots.take();
        slots.put(future);
    }
}
