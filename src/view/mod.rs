//! The viewer: everything that is asked of a trace by whoever looks at it.
//!
//! A [`Frame`] is the whole picture after the first `k` events: [`Replay`] makes it for any `k`. This room knows the
//! trace alone: no recorder, no executor, no scenario and no page.

mod bytes;
pub mod checkpoints;
mod describe;
mod description;
pub mod diagnosis;
mod discriminant;
mod fold;
pub mod frame;
mod pack;
mod replay;
mod step;
pub mod timeline;
pub mod tracks;
mod tree;
mod what_if;

pub use description::{Ending, Holder, Told};
pub use diagnosis::{Cause, Finding, Findings};
pub use fold::{State as FoldState, TaskState};
pub use frame::Frame;
pub use replay::Replay;
pub use step::Unit as StepUnit;
pub use what_if::{WhatIf, WhatIfs};
