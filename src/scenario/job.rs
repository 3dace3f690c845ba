//! A job: a deterministic run that can be made, once, from its beginning to its end.

use super::setup::RecordedExecutor;
use crate::executor::{Executor, Fifo, Policy, Progress, Until};
use crate::record::{Answer, Recorder};
use crate::trace::Trace;

/// The work of a deterministic run.
pub trait Work {
    /// Goes on to the end of the run.
    fn run(&mut self);

    /// What there is to add to the trace when the run is over.
    fn complete(&self, _trace: &mut Trace) {}
}

/// A run that can be made.
pub struct Job {
    work: Box<dyn Work>,
    executor: RecordedExecutor,
}

impl Job {
    /// A job that does `work` on `executor`.
    pub fn new(executor: RecordedExecutor, work: impl Work + 'static) -> Self {
        Job { work: Box::new(work), executor }
    }

    /// A job that runs the tasks that were spawned on `executor`, and those that they spawn, to the end.
    pub fn of_tasks(executor: RecordedExecutor) -> Self {
        Job::new(executor.clone(), Tasks(executor))
    }

    /// The same, whose trace has an answer.
    pub(super) fn answering(self, answer: Answer) -> Self {
        self.executor.recorder().answer_by(answer);
        self
    }

    /// Makes the run, to its end. It unwinds if a task panics; the trace until then is kept.
    pub fn drive(&mut self) {
        // What was allocated before was not allocated by the run.
        self.executor.recorder().forget_allocations();
        self.work.run();
    }

    /// The trace, as far as the run has come.
    pub fn finish(self) -> Trace {
        self.executor.reveal_owners();
        self.executor.recorder().finish_with(|trace| {
            trace.missed = self.executor.policy().missed();
            self.work.complete(trace);
        })
    }

    /// Makes the run and gives its trace.
    pub fn run(mut self) -> Trace {
        self.drive();
        self.finish()
    }
}

/// Tasks that are all there from the start.
struct Tasks(RecordedExecutor);

impl Work for Tasks {
    fn run(&mut self) {
        self.0.run();
    }
}

/// What happens when the task of this number arrives, from 0.
type Arrive<R, P> = Box<dyn FnMut(&Executor<R, P>, u32)>;

/// Tasks that arrive one after the other, as far apart, and nothing else.
pub(super) struct Arrivals<R: Recorder, P: Policy = Fifo> {
    executor: Executor<R, P>,
    all: u32,
    /// In ms.
    gap: u32,
    arrive: Arrive<R, P>,
}

impl<R: Recorder, P: Policy> Arrivals<R, P> {
    /// Calls `arrive` `all` times, every `gap` ms, from 0 on.
    pub(super) fn new(
        executor: &Executor<R, P>,
        all: u32,
        gap: u32,
        arrive: impl FnMut(&Executor<R, P>, u32) + 'static,
    ) -> Self {
        Arrivals { executor: executor.clone(), all, gap, arrive: Box::new(arrive) }
    }
}

impl<R: Recorder, P: Policy> Work for Arrivals<R, P> {
    fn run(&mut self) {
        for i in 0..self.all {
            let time = u64::from(i) * u64::from(self.gap);
            if self.executor.now() < time
                && let Progress::Ended(_) = self.executor.drive(Until::Time(time), u32::MAX)
            {
                return;
            }
            (self.arrive)(&self.executor, i);
        }
        self.executor.run();
    }
}
