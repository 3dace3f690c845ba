//! Tracks: the same tasks under other schedulers, beside the events of the run.
//!
//! A *track* is a way to spread the run's tasks over workers. One of them may be *real*: the executor ran it, and what
//! happened on it are the run's events. Others are *models*: simulated, and never among the events. An *entry* says
//! that a task went on to its next *phase*. A track that is neither was *measured*: something else ran the same tasks, on a clock
//! of its own, and its entries are what happened. Tracks share the run's clock. At a cursor they are shown as of the time of
//! the event before it, and whole at the run's end: a model may go on after the real tasks are done.
//!
//! This file knows the form of tracks, not what is read off them.

use super::Trace;
use super::codes::codes;
use super::ids::NameId;

codes! {
    /// What a task of a track goes on to.
    pub enum Phase {
        /// It has arrived, and has no worker yet.
        Arrived = 0,
        /// A worker turns to it, which costs time.
        Switching = 1,
        /// It computes.
        Computing = 2,
        /// It asks its source, and has the worker meanwhile.
        Looking = 3,
        /// It waits in a blocking call, and keeps the worker.
        Blocked = 4,
        /// It waits, and has given the worker back.
        Waiting = 5,
        /// It could go on, but has no worker.
        Ready = 6,
        /// The worker was taken from it in the middle of its work.
        Preempted = 7,
        /// It is done.
        Finished = 8,
    }
}

impl Phase {
    /// Whether a task in this phase occupies its worker.
    pub const fn has_worker(self) -> bool {
        matches!(self, Phase::Switching | Phase::Computing | Phase::Looking | Phase::Blocked)
    }
}

codes! {
    /// What the time that passes inside of a poll is spent on.
    pub enum Spent {
        /// The task computes.
        Computing = 0,
        /// It waits in a blocking call.
        Blocked = 1,
        /// It asks whether there is something, and may find nothing.
        Looking = 2,
    }
}

/// A task goes on to its next phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When, in the trace's unit.
    pub time: u64,
    /// To which phase.
    pub phase: Phase,
    /// The task, from 0 in the order of arrival.
    pub task: u32,
    /// The worker that it has, or had until now, from 0.
    pub worker: u32,
}

/// A way to spread the run's tasks over workers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Track {
    /// Its name.
    pub name: NameId,
    /// Whether it is simulated: nothing of it ran as a task.
    pub model: bool,
    /// Threads: each has a stack.
    pub threads: u32,
    /// How many tasks can compute at once.
    pub workers: u32,
    /// Bytes of each thread's stack.
    pub stack: u64,
    /// Bytes that each task of a model holds besides.
    pub each: u64,
    /// When a simulation was cut off, because it had no room for more entries.
    pub cut: Option<u64>,
    /// Its steps, in order of time. The track of the run's events has only arrivals, for those are nothing that a task does.
    pub entries: Vec<Entry>,
}

impl Track {
    /// Whether it has its own steps, though nothing of it is simulated.
    pub fn is_measured(&self) -> bool {
        !self.model && self.entries.iter().any(|entry| entry.phase != Phase::Arrived)
    }
}

impl Trace {
    /// All tracks, a line an entry: the time, the track, the phase, the task and its worker.
    pub fn tracks_text(&self) -> String {
        let line = |name: &str, Entry { time, phase, task, worker }: &Entry| {
            format!("{time:>5}  {name} task {task} worker {worker}: {phase:?}\n")
        };
        self.tracks.iter().flat_map(|t| t.entries.iter().map(|entry| line(self.name(t.name), entry))).collect()
    }
}
