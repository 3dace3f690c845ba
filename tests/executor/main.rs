//! What the executor does for tasks, mostly by the whole trace of a small program.
//!
//! The expected traces are kept up to date by `UPDATE_EXPECT=1 cargo test --test executor`; read what changed.

#![cfg(all(not(target_arch = "wasm32"), not(loom)))]

mod budgets;
mod carried;
mod clocks;
mod closed;
#[cfg(not(miri))] // the stack is not measured there
mod depth;
mod drives;
mod drops;
mod foreign;
mod joins;
mod names;
mod observed;
mod outside;
mod panics;
mod promised_ends;
mod promises;
mod sleeps;
mod support;
mod thread_ends;
