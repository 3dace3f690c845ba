//! What is counted since the start of the run.

use serde::Serialize;

/// Counts since the start of the run. They stop at the highest number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Counters {
    /// Polls begun.
    pub polls: u32,
    /// Polls after a task's first that returned `Pending` while nothing of the prelude that they awaited was ready.
    pub wasted: u32,
    /// Wakes, coalesced ones included.
    pub wakes: u32,
    /// Wakes of a task that stood in the ready queue already.
    pub coalesced: u32,
    /// Allocations by the executor and the tasks; the recorder's own are left out.
    pub allocations: u32,
    /// Bytes of the futures that are alive now.
    pub bytes: u32,
    /// Tasks spawned.
    pub tasks: u32,
    /// Calls of callbacks.
    pub calls: u32,
    /// Microtasks that ran.
    pub microtasks: u32,
    /// Macrotasks that ran.
    pub macrotasks: u32,
    /// Moves of values.
    pub moves: u32,
    /// Bytes that moves copied.
    pub moved_bytes: u32,
}

/// Adds to a count.
pub(super) fn count(counter: &mut u32, n: u32) {
    *counter = counter.saturating_add(n);
}
