//! The interpreter: a program runs over bytes that are laid out as its state machines are.
//!
//! Each task is a real future on the real executor, a [`Task`], whose `poll` interprets the mini MIR; leaf futures are the real
//! prelude's. So wakers, timers, the order of polls and what is recorded are the executor's own. The program's memory is a
//! memory of its own with addresses of 32 bits, in which each value lies as on wasm32: a future's slots, a vector's buffer,
//! the niche of an `Option`.
//!
//! | file | what it does |
//! |------|--------------|
//! | `memory`, `engine` | bytes, and the state of the program |
//! | `body`, `place` | where locals and places lie |
//! | `rvalue`, `arith` | assignments and operators, which panic as in debug builds |
//! | `run` | blocks, branches, calls |
//! | `glue` | drops, clones and comparisons by type |
//! | `poll`, `leaves`, `task` | futures |
//! | `job`, `transcript` | a whole run, and what it printed |
//! | `format` | `{}` and `{:?}` |
//! | `library/` | functions of std and the prelude that are known by name |
//!
//! It checks that addresses are in memory and nothing more: what a borrow checker would refuse may read stale bytes, but stays inside
//! of the program's own memory. It is a runner: it knows no view.

mod arith;
mod body;
mod engine;
mod format;
mod glue;
mod job;
mod leaves;
mod library;
mod memory;
mod place;
mod poll;
mod run;
mod rvalue;
mod stop;
mod task;
mod transcript;

pub use engine::{Bounds, Engine};
pub use job::{Begun, FILE, Ran, run};
pub use stop::{Limit, Stop};
pub use task::{Parcel, Task};
pub use transcript::transcript;
