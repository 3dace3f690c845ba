//! Recording: how what happens in a run becomes a trace.
//!
//! A [`Recorder`] is what an executor and its leaf futures report to. `()` records nothing; a [`TraceRecorder`] makes
//! a [`Trace`](crate::trace::Trace). This room knows the trace, and neither executor, scenario nor page.

mod budget;
mod builder;
mod machine_def;
mod poll;
mod recorder;
mod staging;
mod trace_recorder;

pub use budget::Budget;
pub use machine_def::{MachineDef, StateDef};
pub use recorder::{Observation, ObservedField, Recorder, Spawning};
pub use trace_recorder::{Peek, TraceRecorder};
