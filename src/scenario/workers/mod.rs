//! Several workers, simulated. A page has one thread; what more of them would do is worked out here, with the very futures
//! that the executor runs.
//!
//! Each future is polled for real, once a turn, at the time at which a worker takes it. How long the poll takes is what its
//! `compute` says; what it waits for is the timer that it sets. What is simulated is that polls of different workers
//! overlap in time, that a worker may be taken from a task in the middle of a poll, and what it costs to turn to another
//! task. One worker that is never taken away is the executor, and a test holds the two against each other.
//!
//! It is a model of tasks that wait for one timer at a time, or wake themselves, and never wake one another.

mod probe;
mod simulation;

use super::job::{Arrivals, Work};
use super::setup::RecordedExecutor;
use crate::alloc::uncounted;
use crate::executor::Schedule;
use crate::record::{Recorder, TraceRecorder};
use crate::trace::event::End;
use crate::trace::tracks::Track;
use crate::trace::{Event, Trace};
use probe::{Probe, SpentIn};
use simulation::Simulation;
use std::fmt::Display;
use std::future::Future;
use std::pin::Pin;

/// How tasks are spread over workers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rules {
    /// How many there are.
    pub(super) workers: u32,
    /// After how many ms a worker is taken from a task while others stand in line; none: never.
    pub(super) slice: Option<u32>,
    /// What it costs a worker to turn to a task, in ms.
    pub(super) switch: u32,
}

impl Rules {
    /// Workers that poll futures: each has its task until the poll returns.
    pub(super) const fn cooperative(workers: u32) -> Self {
        Rules { workers, slice: None, switch: 0 }
    }
}

/// Makes the future of a task, from 0.
pub(super) type Make = dyn Fn(u32) -> Pin<Box<dyn Future<Output = ()>>>;

/// Entries that a model may add to a trace: the page must not hang over one.
const ROOM: usize = 150_000;

/// A model.
struct Model {
    /// The number of its track.
    track: usize,
    simulation: Simulation,
}

/// One worker, for real; and more of them, simulated before that run.
pub(super) struct Compared {
    executor: RecordedExecutor,
    real: Arrivals<TraceRecorder, Schedule>,
    tasks: u32,
    make: Box<Make>,
    spent_in: SpentIn,
    models: Vec<Model>,
}

impl Compared {
    /// `tasks` tasks on an executor, all there from the start. `spent_in` says what their time inside of polls is spent on.
    pub(super) fn new<F: Future<Output = ()> + 'static>(
        executor: &RecordedExecutor,
        tasks: u32,
        spent_in: SpentIn,
        make: impl Fn(u32) -> F + Clone + 'static,
    ) -> Self {
        for (file, spent) in spent_in {
            executor.recorder().spends(file, *spent);
        }
        let spawned = make.clone();
        let arrive = move |executor: &RecordedExecutor, i| drop(executor.spawn("task", spawned(i)));
        Compared {
            executor: executor.clone(),
            real: Arrivals::new(executor, tasks, 0, arrive),
            tasks,
            make: Box::new(move |i| Box::pin(make(i))),
            spent_in,
            models: Vec::new(),
        }
    }

    /// The one worker that is no model: its row, in the order of calls.
    pub(super) fn real(&self, name: &str, stack: u64) {
        self.executor.recorder().track(name, Track { threads: 1, workers: 1, stack, ..Track::default() });
    }

    /// A model with these rules: `track` says how many threads, with what stacks, and what a task holds besides.
    pub(super) fn model(&mut self, name: impl Display, rules: Rules, track: Track) {
        if !self.executor.recorder().is_detailed() {
            return;
        }
        let track = Track { model: true, workers: rules.workers, ..track };
        let track = self.executor.recorder().track(&name.to_string(), track);
        let simulation = uncounted(|| Simulation::new(rules, self.tasks, &*self.make, Probe::new(self.spent_in)));
        self.models.push(Model { track, simulation });
    }
}

impl Work for Compared {
    fn run(&mut self) {
        // What a model allocates is none of the run's.
        uncounted(|| self.models.iter_mut().for_each(|model| model.simulation.run(ROOM)));
        self.real.run();
    }

    fn complete(&self, trace: &mut Trace) {
        // A run that was cut off is compared as far as it came.
        let ended = trace.len().checked_sub(1).map(|i| trace.event(i));
        let until = if ended == Some(Event::Ended { end: End::Completed }) { u64::MAX } else { trace.end_time() };
        for Model { track, simulation } in &self.models {
            let track = &mut trace.tracks[*track];
            track.entries = simulation.entries(until);
            track.cut = simulation.cut();
        }
    }
}
