//! How deep polls and drops may go: a future inside of a future, a drop that ends a task whose drop ends another. Beyond it a
//! recorded run ends with a sentence, where the stack would overflow a little later, which aborts.
//!
//! It is asked where a leaf is polled and where a task is dropped, and only where something is recorded: it is too dear for the
//! bare executor, whose leaves do little else. Code that goes down the whole stack in between is not seen.

use std::cell::Cell;

/// How much of the stack may be taken: half a megabyte of the two that a thread has, and a quarter of the one that a module of
/// WebAssembly has, whose engine keeps another stack beside it.
const MOST: usize = if cfg!(target_arch = "wasm32") { 256 << 10 } else { 512 << 10 };

/// Where the stack was when the executor began to be driven.
#[derive(Default)]
pub(super) struct Stack(Cell<usize>);

impl Stack {
    /// What follows is counted from here on.
    pub(super) fn begin(&self) {
        self.0.set(here());
    }

    /// Fails if too much of the stack is taken.
    pub(super) fn check(&self) -> Result<(), &'static str> {
        // Miri lays locals anywhere: there the addresses of two say nothing of what lies between.
        let too_deep = !cfg!(miri) && self.0.get() != 0 && self.0.get().abs_diff(here()) > MOST;
        if too_deep { Err("futures are polled or dropped within each other too deep for the stack") } else { Ok(()) }
    }
}

/// About where the stack is.
#[inline(never)]
fn here() -> usize {
    let local = 0_u8;
    std::ptr::from_ref(std::hint::black_box(&local)).addr()
}
