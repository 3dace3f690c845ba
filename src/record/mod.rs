//! Recording: how what happens in a run becomes a trace.
//!
//! A [`Recorder`] is what an executor reports to. `()` records nothing; a [`TraceRecorder`] makes a
//! [`Trace`](crate::trace::Trace), and sends it through an [`Outlet`] as it grows. Leaf futures talk to two interfaces, whatever
//! executor polls them: a [`Sink`], to which they say what they do, and a [`Driver`], from which they get time and timers. This
//! room knows the trace, and neither executor, scenario nor page.

mod budget;
mod builder;
mod declare;
mod driver;
mod machine_def;
mod outlet;
mod recorder;
mod reports;
mod sink;
mod staging;
mod trace_recorder;
mod unpolled;
mod watch;

pub use budget::Budget;
pub use builder::{Answer, Peek};
pub use driver::{Driver, TimerKey, TimerState};
pub use machine_def::{Held, Layout, MachineDef, StateDef};
pub use outlet::Outlet;
pub use recorder::{Observation, ObservedField, Recorder, Spawning};
pub use sink::Sink;
pub use trace_recorder::TraceRecorder;
pub use unpolled::{Mark, Unpolled};
