//! Pictures: a run's lanes to scale, for whatever is drawn of it on one clock; and who stood in line for its mutexes (`line`).
//!
//! A *lane* is a task's. A *stretch* is a part of it: how long the task was in one state, how long a future inside of it was
//! polled, how long somebody held its waker. Times are in ms, and every ms is as long as any other: what happens at one time
//! stands at one place, unlike on the timeline. A stretch also says with which events it begins and ends, so that a picture
//! shows what was seen at a cursor without asking again.
//!
//! Where single polls could not be told apart, the lanes are *coarse*: polls of a lane that lie closer together than a
//! distance given are one stretch, and what is inside of tasks is left out.
//!
//! What machines hold has no clock: a row a state, its bytes to scale. Nor have stacks of futures, and what they took from the heap
//! (`frames`).

mod frames;
mod guards;
mod lanes;
mod layouts;
mod line;

pub use frames::{Frames, InBox, RefusedHere, Stack, StackFrame};
pub use guards::{Guards, Lasting, Sending};
pub use lanes::{Lane, Lanes, Of, Stretch};
pub use layouts::{HeldField, Layout, Layouts, OnHeap, StateLayout};
pub use line::{Lines, Try, TryEnd};
