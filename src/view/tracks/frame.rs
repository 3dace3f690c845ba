//! What the page gets of tracks at a cursor.

use serde::Serialize;

/// One track at a cursor.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct TrackFrame {
    /// Its name.
    pub name: String,
    /// Whether it is simulated.
    pub model: bool,
    /// Threads.
    pub threads: u32,
    /// How many tasks can compute at once.
    pub workers: u32,
    /// Tasks that are done so far.
    pub finished: u32,
    /// Tasks that have arrived so far.
    pub arrived: u32,
    /// Percentiles of the time from a task's arrival to its end, in ms, of the tasks that are done so far: the 50th, the
    /// 90th and the 99th.
    pub percentiles: Option<[f64; 3]>,
    /// When the last task was done, in ms, once it was.
    pub all_finished: Option<f64>,
    /// The share of the workers' time spent computing, from 0 to 1, from the start to the cursor or the last task's end.
    pub busy: f64,
    /// Tasks done in a (virtual) second.
    pub throughput: f64,
    /// Bytes of stacks: reserved for the threads there are.
    pub stacks: f64,
    /// Bytes of all futures that were alive at once, at most: measured sizes, counted so far. In a model what its tasks
    /// hold besides stacks of threads.
    pub futures: f64,
    /// Tasks that wait at once: now, and at most so far.
    pub waiting: [u32; 2],
    /// Workers that compute at once: now, and at most so far.
    pub computing: [u32; 2],
    /// How often a worker was given another task so far: in a real one, polls.
    pub taken: u32,
    /// When a simulation was cut off, in ms, for want of room.
    pub cut: Option<f64>,
}

/// All tracks at a cursor.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct TracksFrame {
    /// In the order of the form.
    pub tracks: Vec<TrackFrame>,
    /// As of when they are shown, in ms: models may go on after the run's last event.
    pub time: f64,
    /// Tasks in all.
    pub tasks: u32,
    /// The measured size of one task's future, in bytes; 0 if none ran.
    pub future_size: u32,
}
