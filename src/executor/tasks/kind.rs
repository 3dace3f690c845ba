//! A kind: what all tasks have in common whose future cells are of one type. A page holds tasks of one kind.
//!
//! It knows the functions by which a task is polled and ended, and not what they do (`slot`).

use super::header::TaskRef;
use super::state::{DONE, QUEUED, RECORDED, RELEASED, RUNNING};
use crate::record::Observation;
use std::alloc::Layout;

/// How a permit to run was used: one of the values below, or a value with `CANCELLED` for a task that is pending and was
/// cancelled meanwhile. They are flags of the state, so that a pending poll returns what it finds there.
pub(super) type Polled = u32;

/// Polls a task of one type. Its precondition is `slot::poll`'s.
pub(super) type Poller = unsafe fn(TaskRef) -> Polled;

/// Pending, and not woken meanwhile.
pub(super) const IDLE: Polled = 0;
/// Pending, and woken meanwhile: to be pushed to the run queue.
pub(super) const WOKEN: Polled = QUEUED;
/// Ready, and to be ended.
pub(super) const READY: Polled = RUNNING;
/// Ready, ended and released already.
pub(super) const ENDED: Polled = DONE;
/// Not polled: it was cancelled in the run queue.
pub(super) const SKIPPED: Polled = RELEASED;
/// Nothing was polled: the run queue is at its end.
pub(super) const QUEUE_END: Polled = RECORDED;

/// What the tasks of a page have in common.
pub(super) struct Kind {
    pub(super) poll: Poller,
    /// Drops the future, hands on its value, drops the future cell.
    pub(super) end: unsafe fn(TaskRef),
    pub(super) observe: unsafe fn(TaskRef) -> Option<Observation>,
    /// Whether an idle task may be ended by forgetting it: it is neither recorded nor indexed, and its future cell needs no
    /// drop.
    pub(super) is_plain: bool,
    /// Whether a page holds a single task and is as long as that needs.
    pub(super) is_large: bool,
    /// From a page's address to its first slot, in bytes.
    pub(super) first: usize,
    /// From slot to slot, in bytes.
    pub(super) stride: usize,
    /// Slots of a page.
    pub(super) slots: usize,
    /// A page.
    pub(super) layout: Layout,
}
