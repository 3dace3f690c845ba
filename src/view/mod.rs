//! The viewer: everything that is asked of a trace by those who look at it.
//!
//! A [`Viewer`] has the trace of one run, which may still grow. Most of what it answers is read off the [`State`] at a
//! cursor, which is what the events before it come to; a [`Frame`] is everything that the page draws there. A
//! [`Comparison`] sees two runs side by side.
//!
//! ```text
//!  trace ──follow──► state (what is so now) ──► frame, description, what-ifs
//!                 ├► checkpoints              ├► timeline (lives, axis), pictures (lanes to scale)
//!                 └► summaries ──► steps      └► diagnosis ──► findings
//! ```
//!
//! This room knows the trace alone: no recorder, no executor, no scenario and no page. No query panics, whatever the
//! events of a trace that was read well.

mod about;
pub mod checkpoints;
mod compare;
mod description;
pub mod diagnosis;
mod discriminant;
pub mod frame;
mod life;
mod listing;
pub mod outline;
mod padding;
pub mod picture;
pub mod state;
mod step;
pub mod story;
mod ticks;
pub mod timeline;
pub mod tracks;
pub mod turns;
mod viewer;
mod what_if;
mod written;

pub use about::{About, Source};
pub use compare::{Comparison, Row, Rows};
pub use description::{CutOff, Description, Ending, Holder, Place};
pub use diagnosis::{Cause, Finding, Findings};
pub use frame::Frame;
pub use life::TaskState;
pub use listing::{Listed, Listing, ListingOf};
pub use state::State;
pub use step::StepUnit;
pub use story::Story;
pub use ticks::{Tick, Ticks};
pub use turns::{LineSource, TurnLine, TurnLines};
pub use viewer::Viewer;
pub use what_if::{Changes, Made, WhatIf, WhatIfs};
pub use written::{BytesOf, Dangling, Write, Writers, Written};
