//! A value that several tasks use: a `Cell` whose reads and writes are recorded.
//!
//! Between two awaits a task has the thread to itself, so no lock is needed for a single access. A value that is read before
//! an await and written after it is another matter: other tasks may have written meanwhile.

use crate::executor::{Access, Source, accessed};
use crate::trace::SourceKind;
use std::cell::Cell;
use std::fmt::Display;

/// A value that tasks share on one thread.
#[derive(Debug)]
pub struct Shared<T: Copy> {
    value: Cell<T>,
    source: Source,
}

impl<T: Copy + Display> Shared<T> {
    /// A cell with a value in it.
    pub fn new(value: T) -> Self {
        Shared { value: Cell::new(value), source: Source::new(SourceKind::Cell) }
    }

    /// Reads the value.
    #[track_caller]
    pub fn get(&self) -> T {
        let value = self.value.get();
        accessed(self.source.id(), Access::Read, &value);
        value
    }

    /// Writes a value.
    #[track_caller]
    pub fn set(&self, value: T) {
        self.value.set(value);
        accessed(self.source.id(), Access::Write, &value);
    }
}
