//! What the texts of the table of events can say of a field, besides the field itself.

use super::field::{Field, Speaker};
use super::ids::{TaskId, TimerId};
use std::fmt;

/// A field as it is said.
#[derive(Clone, Copy)]
pub(super) struct Said<'a, T>(pub(super) Speaker<'a>, pub(super) T);

impl<T: Field> fmt::Display for Said<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.1.text(self.0, f)
    }
}

impl<'a> Said<'a, TaskId> {
    /// The task's name.
    pub(super) fn name(self) -> &'a str {
        self.0.trace.task_name(self.1)
    }

    /// Who spawned it.
    pub(super) fn parent(self) -> Said<'a, TaskId> {
        Said(self.0, self.0.trace.task(self.1).map_or(TaskId::NONE, |info| info.parent))
    }

    /// The task and what it does; or, of the driver, something else.
    pub(super) fn either(self, does: &'static str, driver: &'static str) -> impl fmt::Display {
        fmt::from_fn(move |f| if self.1.is_some() { write!(f, "{self}{does}") } else { f.write_str(driver) })
    }
}

impl<'a> Said<'a, TimerId> {
    /// The timer, or the task if there is none.
    pub(super) fn or(self, task: Said<'a, TaskId>) -> impl fmt::Display {
        fmt::from_fn(move |f| if self.1.is_some() { write!(f, "{self}") } else { write!(f, "{task}") })
    }
}
