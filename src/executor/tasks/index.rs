//! The index: where a task is found by its number.
//!
//! Numbers are given out in order and entries are only appended, so it is sorted.

use super::header::TaskRef;
use crate::trace::ids::TaskId;
use std::cell::{Cell, RefCell};

/// Tasks that can be named, by their numbers.
pub(super) struct Index {
    /// None for those that ended.
    entries: RefCell<Vec<(TaskId, Option<TaskRef>)>>,
    /// How many of them did.
    removed: Cell<usize>,
}

impl Index {
    /// An empty one, with room for so many.
    pub(super) fn new(room: usize) -> Self {
        Index { entries: RefCell::new(Vec::with_capacity(room)), removed: Cell::new(0) }
    }

    /// Adds a task, whose number is the highest so far.
    pub(super) fn add(&self, id: TaskId, task: TaskRef) {
        self.entries.borrow_mut().push((id, Some(task)));
    }

    pub(super) fn find(&self, id: TaskId) -> Option<TaskRef> {
        let entries = self.entries.borrow();
        let at = entries.binary_search_by_key(&id, |&(id, _)| id).ok()?;
        entries[at].1
    }

    #[cold]
    pub(super) fn remove(&self, id: TaskId) {
        let mut entries = self.entries.borrow_mut();
        if let Ok(at) = entries.binary_search_by_key(&id, |&(id, _)| id) {
            entries[at].1 = None;
            self.removed.set(self.removed.get() + 1);
        }
        // Compacted when half of the entries are of tasks that ended: so an entry is moved once, on average.
        if self.removed.get() > 32 + entries.len() / 2 {
            entries.retain(|(_, task)| task.is_some());
            self.removed.set(0);
        }
    }
}
