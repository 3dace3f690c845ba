//! Budgets: nothing runs for ever.

use crate::trace::Columns;

/// How far a run may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Polls and calls of callbacks.
    pub polls: u32,
    /// Events of the trace.
    pub events: u32,
    /// Bytes of the trace, and as many bytes of memory of its tasks, those included that ended and are kept by wakers.
    pub memory: usize,
    /// Milliseconds of the run's clock.
    pub time: u64,
}

impl Default for Budget {
    /// 100,000 polls, 1,000,000 events, 64 MiB, a thousand virtual hours.
    fn default() -> Self {
        Budget { polls: 100_000, events: 1_000_000, memory: 64 << 20, time: 3_600_000_000 }
    }
}

impl Budget {
    /// No limit at all.
    pub const UNLIMITED: Budget = Budget { polls: u32::MAX, events: u32::MAX, memory: usize::MAX, time: u64::MAX };

    /// With how many events it is used up, if the tables beside them take `memory` bytes.
    pub(super) fn full(&self, memory: usize) -> usize {
        let room = self.memory.saturating_sub(memory).div_ceil(Columns::EVENT_BYTES);
        room.min(self.events as usize)
    }
}
