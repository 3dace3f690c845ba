//! The engine of the workbench: the source of an async program in, rustc's state machine out.
//!
//! The front half reads a strict subset of Rust 2024 ([`syn`] parses it) and makes a [`Program`]: the bodies of all functions
//! that `main` reaches, one for each instance of a generic one, as mini [`mir`] with storage markers and elaborated drops, as rustc
//! has them right before its coroutine transform. The back half computes layouts and state machines from it.
//!
//! What is shown holds for a [`Release`] of rustc, for wasm32 (pointers of 4 bytes) with `panic = abort`: there are no unwind paths.

#![forbid(unsafe_code)]

pub mod analysis;
pub mod bits;
pub mod diagnostic;
pub mod few;
pub mod interp;
pub mod layout;
pub mod machine;
pub mod mir;
pub mod program;
pub mod release;
pub mod span;
pub mod ty;
pub mod verify;

pub use diagnostic::Diagnostic;
pub use program::Program;
pub use release::Release;
pub use span::Span;

mod build;
mod check;
mod hash;
mod items;
mod limits;
mod lower;
mod order;
mod passes;
mod prelude;
mod syntax;
mod tree;

pub use lower::lower;
pub use prelude::forget_sources;
