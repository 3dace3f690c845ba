//! Pollscope: see every poll.
//!
//! Real Rust futures run on a tiny executor, are recorded event by event, and are played back in either
//! direction by a web page. The rooms, from the ground up; arrows run one way:
//!
//! | room | what lives there |
//! |------|------------------|
//! | [`alloc`] | the counting allocator |
//! | [`trace`] | events and their order, tables, bytes: the one interface between what runs and what looks |
//! | [`record`] | the recorder: what happens in a run becomes a trace |
//! | [`view`] | replay, descriptions, the timeline, the diagnosis: what is asked of a trace |
//! | [`clock`] | the virtual clock |
//! | [`executor`] | tasks, ready queue, wakers, timers, join handles |
//! | [`prelude`] | the futures that scenarios are written with |
//! | [`pinning`] | moving, self-reference and pinning on real memory |
//! | [`mod@watch`] | somebody else's application, recorded: a wrapper around futures that any executor polls |
//! | `interop` | futures and promises in the browser's event loop, values for JavaScript (wasm32, feature `js`) |
//! | [`scenario`] | the manifest of scenarios, their parameters, code and runs |
//! | [`runner`] | makes what was asked for, runs and explorations, and sends out traces |
//!
//! A scenario reads the answer to its question off the finished trace, with what [`view`] knows of tracks.
//!
//! The boundaries to JavaScript are packages of their own, under `src/wasm/`: the page's two programs, a *runner* and the
//! *viewer*, and what runs fast beside them. They share the format of a trace, and nothing else.

pub mod alloc;
pub mod clock;
pub mod executor;
mod hash;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub mod interop;
pub mod pinning;
pub mod prelude;
pub mod record;
pub mod runner;
pub mod scenario;
mod sorting;
pub mod trace;
pub mod view;
pub mod watch;

pub use watch::watch;

/// The README's code runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
