//! A real async block: it may be moved until
//! its first poll, and is pinned before that.

use super::slots::{Slots, poll_once};
use std::pin::Pin;
use std::task::Poll;

pub fn moved_then_pinned<F: Future>(
    slots: &mut Slots<F>,
    block: F,
    moves: u32,
) -> Poll<F::Output> {
    slots.put(block);
    for _ in 0..moves {
        // Never polled, it borrows nothing:
        // there is no pointer to break.
        let block = slots.take();
        slots.put(block);
    }
    let block = Box::pin(slots.take());
    let mut block = slots.hold(block);

    // To its await: now it borrows from itself.
    _ = block.poll();
    // A move is refused. Its bytes may be
    // copied: they are no value, only bytes.
    block.copy();
    // To its end: it reads through its pointer.
    block.poll()
}

pub fn pinned_then_moved<F: Future>(
    slots: &mut Slots<Pin<Box<F>>>,
    block: F,
    moves: u32,
) -> Poll<F::Output> {
    slots.put(Box::pin(block));
    // To its await: now it borrows from itself.
    _ = slots.with(|it| poll_once(it.as_mut()));
    for _ in 0..moves {
        // What moves is the box, an address.
        let block = slots.take();
        slots.put(block);
    }
    // As if the block had moved: only bytes.
    slots.copy();
    // To its end: it reads through its pointer.
    slots.with(|it| poll_once(it.as_mut()))
}
