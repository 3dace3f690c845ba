//! The header of a task, and the reference to it that all of this folder passes around.
//!
//! It knows the state, and nothing of pages or future cells.

use super::state::State;
use crate::trace::ids::TaskId;
use std::cell::Cell;
use std::ptr::NonNull;

/// What comes before a future cell in its slot.
#[repr(C)]
pub(super) struct Header {
    pub(super) state: State,
    /// The task behind it in the run queue, or the next slot in the list of free ones.
    pub(super) next: Cell<Option<TaskRef>>,
    pub(super) id: Cell<TaskId>,
}

/// The address of a header, with the provenance of all of its page (S4). It is compared and sorted by address only while
/// pages cannot be freed; nothing outside of this folder sees it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TaskRef(pub(super) NonNull<Header>);

// SAFETY: it is an address; to reach what is there is `unsafe`, and S8 says what a thread may reach.
#[cfg(not(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics")))))]
unsafe impl Send for TaskRef {}

impl TaskRef {
    /// # Safety
    /// The slot's page is allocated.
    #[inline]
    pub(super) unsafe fn header<'a>(self) -> &'a Header {
        // SAFETY: the page is allocated (above), so the header is initialised and may be shared (S3).
        unsafe { self.0.as_ref() }
    }
}
