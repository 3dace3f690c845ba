//! What is wrong with a recorded run, and what each task waited for: a [`Report`] on a trace, as text and as JSON; and
//! the run for other tools.
//!
//! This package knows the trace and the viewer's answers. It knows no executor, no scenario and no page.

mod export;
mod report;
mod text;
mod waits;

pub use export::{firefox, perfetto};
pub use report::{Evidence, Explained, Line, Report};
pub use waits::{TaskReport, Wait};
