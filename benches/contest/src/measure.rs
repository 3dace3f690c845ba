//! What a run counts about itself: the tasks that wait, those that are done, and the memory that they took.

// Each module of the build measures some of it.
#![allow(dead_code)]

use std::cell::Cell;

thread_local! {
    static WAITING: Cell<u32> = const { Cell::new(0) };
    static DONE: Cell<u32> = const { Cell::new(0) };
    static BEFORE: Cell<u32> = const { Cell::new(0) };
    static TAKEN: Cell<u32> = const { Cell::new(0) };
}

/// A run begins.
pub(crate) fn begin() {
    WAITING.set(0);
    DONE.set(0);
    TAKEN.set(0);
}

/// Another task is about to wait.
pub(crate) fn waits() {
    WAITING.set(WAITING.get() + 1);
}

/// The tasks that have come to wait.
pub(crate) fn all_waiting() -> u32 {
    WAITING.get()
}

/// Another task is done.
pub(crate) fn done() {
    DONE.set(DONE.get() + 1);
}

/// The tasks that are done.
pub(crate) fn all_done() -> u32 {
    DONE.get()
}

/// What is taken from now on counts.
pub(crate) fn memory_before() {
    BEFORE.set(memory());
}

/// What was taken until now counts.
pub(crate) fn memory_after() {
    set_bytes(memory() - BEFORE.get());
}

/// Memory that the workload counted by itself.
pub(crate) fn set_bytes(bytes: u32) {
    TAKEN.set(bytes);
}

fn memory() -> u32 {
    (core::arch::wasm32::memory_size::<0>() as u32) << 16
}

/// The bytes that the last run took at its fullest, where its workload measures them.
#[unsafe(no_mangle)]
extern "C" fn bytes() -> u32 {
    TAKEN.get()
}
