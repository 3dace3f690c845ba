//! Recording: how what happens in a run becomes a trace.
//!
//! A [`Recorder`] is what an executor and its leaf futures report to. `()` records nothing; a [`TraceRecorder`] makes
//! a [`Trace`](crate::trace::Trace), and sends it through an [`Outlet`] as it grows. This room knows the trace, and neither executor, scenario nor page.

mod budget;
mod builder;
mod declare;
mod machine_def;
mod outlet;
mod recorder;
mod reports;
mod staging;
mod trace_recorder;
mod watch;

pub use budget::Budget;
pub use builder::Peek;
pub use machine_def::{MachineDef, StateDef};
pub use outlet::Outlet;
pub use recorder::{Observation, ObservedField, Recorder, Spawning};
pub use trace_recorder::TraceRecorder;
