//! What the page is told of staffings at a cursor.

use serde::Serialize;

/// One staffing at a cursor.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct StaffingFrame {
    /// Its name.
    pub name: String,
    /// Whether it is simulated.
    pub model: bool,
    /// Threads.
    pub clerks: u32,
    /// Cores.
    pub chairs: u32,
    /// Calls served so far.
    pub served: u32,
    /// Calls that have come so far.
    pub arrived: u32,
    /// Percentiles of the time from a caller's arrival to the end of the call, in ms, of the calls served so
    /// far: the 50th, the 90th and the 99th.
    pub percentiles: Option<[u32; 3]>,
    /// When the last call was served, in ms, once it was.
    pub all_served: Option<u32>,
    /// The share of the chairs' time spent speaking, from 0 to 1, from the start to the cursor or the last call.
    pub speaking: f64,
    /// Calls served in a (virtual) second.
    pub throughput: f64,
    /// Bytes of stacks: reserved for the clerks there are.
    pub stacks: f64,
    /// Bytes of all futures that were alive at once, at most: measured sizes, counted so far. In a model what its tasks
    /// hold besides stacks of threads.
    pub futures: f64,
    /// Calls, or tasks, that wait at once: now, and at most so far.
    pub waiting: [u32; 2],
    /// Chairs, or workers, that speak or compute at once: now, and at most so far.
    pub speaking_at_once: [u32; 2],
    /// How often a chair or a worker was given another call or task so far: in a real one, polls.
    pub taken: u32,
    /// When a simulation was cut off, in ms, for want of room.
    pub cut: Option<u32>,
}

/// All staffings at a cursor.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct StaffingsFrame {
    /// In the order of the form.
    pub staffings: Vec<StaffingFrame>,
    /// Calls in all.
    pub calls: u32,
    /// The measured size of one call's future, in bytes; 0 if none ran.
    pub future_size: u32,
}
