//! What the executor's `unsafe` stands on, path by path: this suite is for Miri to look at. That tasks are polled when
//! they should be is `tests/executor.rs`'s business, and in which order for any program that of
//! `tests/executor_model.rs`; here programs are as odd as can be.
//!
//! Whatever happens after a panic leaks, as it is meant to: those tests have names that begin with `after_a_panic_`, so
//! that Miri looks for leaks in all the others.

#![cfg(all(not(target_arch = "wasm32"), not(loom)))]
#![allow(clippy::waker_clone_wake, reason = "to use up a waker is another path than to lend it")]

mod cancels;
mod ends;
mod hosts;
mod joins;
mod memory;
mod panics;
mod policies;
mod slots;
mod support;
#[cfg(not(one_thread))]
mod threads;
mod wakes;

/// What is allocated is counted.
#[global_allocator]
static ALLOCATOR: pollscope::alloc::Counting = pollscope::alloc::Counting;
