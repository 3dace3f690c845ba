//! What is wrong with a recorded run, and what each task waited for: a [`Report`] on a trace, as text and as JSON.
//!
//! This package knows the trace and the viewer's answers. It knows no executor, no scenario and no page.

mod report;
mod text;
mod waits;

pub use report::{Evidence, Explained, Line, Report};
pub use waits::{TaskReport, Wait};
