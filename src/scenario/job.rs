//! A job: a run under way, in slices, so that a long one never freezes the page.

use crate::clock::VirtualClock;
use crate::executor::{Choices, Executor, Fifo, Plan, Policy, Progress, Schedule, Until};
use crate::record::{Budget, Outlet, Peek, Recorder, TraceRecorder};
use crate::trace::event::End;
use crate::trace::{TimeUnit, Trace};
use serde::Serialize;
use std::cell::RefCell;
use std::rc::Rc;

/// The executor of recorded runs.
pub type Recorded = Executor<TraceRecorder, Schedule>;

/// What a run is given besides its parameters and its seed.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    /// How far it may go.
    pub budget: Budget,
    /// How a future's bytes are read; without it snapshots hold none.
    pub peek: Option<Peek>,
    /// In which order it polls, and what is changed in it.
    pub plan: Plan,
    /// Makes what the chunks of the trace leave through while it is recorded; without it none leave.
    pub outlet: Option<fn() -> Outlet>,
    /// In place of the plan: choices that are tried.
    pub choices: Option<Rc<RefCell<Choices>>>,
}

impl Setup {
    /// A recorder for a deterministic run.
    pub fn recorder(&self) -> TraceRecorder {
        let recorder = TraceRecorder::new(TimeUnit::VirtualMs, self.budget, self.peek);
        match self.outlet {
            Some(outlet) => recorder.with_outlet(outlet()),
            None => recorder,
        }
    }

    /// An executor under a virtual clock that keeps the budget.
    pub fn executor(&self) -> Recorded {
        let schedule = match &self.choices {
            Some(choices) => Schedule::exploring(choices.clone()),
            None => Schedule::new(&self.plan),
        };
        let executor = Executor::with_policy(self.recorder(), Rc::new(VirtualClock::default()), schedule);
        executor.limit(self.budget.polls, self.budget.time);
        executor
    }
}

/// The work of a deterministic run.
pub trait Work {
    /// Goes on for about `polls` polls. The last call is the one that returns [`Progress::Ended`].
    fn advance(&mut self, polls: u32) -> Progress;

    /// How much is done, from 0 to 1.
    fn done(&self) -> f64;

    /// What there is to add to the trace when the run is over.
    fn complete(&self, _trace: &mut Trace) {}
}

/// How far a job has come.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Advance {
    /// Whether the run is over.
    pub ended: bool,
    /// How much is done, from 0 to 1.
    pub done: f64,
    /// Events so far.
    pub events: u32,
}

/// A run under way.
pub struct Job {
    work: Box<dyn Work>,
    executor: Recorded,
}

impl Job {
    /// A job that does `work` on `executor`.
    pub fn new(executor: Recorded, work: impl Work + 'static) -> Self {
        Job { work: Box::new(work), executor }
    }

    /// A job that runs the tasks that were spawned on `executor`, and those that they spawn, to the end.
    pub fn of_tasks(executor: Recorded) -> Self {
        Job { work: Box::new(Tasks(executor.clone())), executor }
    }

    /// Goes on for about `polls` polls (at least one).
    pub fn advance(&mut self, polls: u32) -> Advance {
        let recorder = self.executor.recorder();
        // What was allocated between two slices was not allocated by the run.
        recorder.forget_allocations();
        let ended = recorder.is_closed() || matches!(self.work.advance(polls.max(1)), Progress::Ended(_));
        Advance {
            ended,
            done: if ended { 1.0 } else { self.work.done() },
            events: recorder.with_trace(|t| t.len() as u32),
        }
    }

    /// What records it.
    pub fn recorder(&self) -> &TraceRecorder {
        self.executor.recorder()
    }

    /// Ends the run where it is; the trace so far is kept.
    pub fn stop(&self) {
        self.executor.recorder().end(self.executor.now(), End::Stopped);
    }

    /// The trace, as far as the run has come.
    pub fn finish(self) -> Trace {
        self.executor.reveal_owners();
        self.executor.recorder().finish_with(|trace| {
            trace.missed = self.executor.policy().missed();
            self.work.complete(trace);
        })
    }

    /// Runs to the end and gives the trace.
    pub fn run(mut self) -> Trace {
        while !self.advance(u32::MAX).ended {}
        self.finish()
    }
}

/// Tasks that are all there from the start.
struct Tasks(Recorded);

impl Work for Tasks {
    fn advance(&mut self, polls: u32) -> Progress {
        self.0.drive(Until::Quiescent, polls)
    }

    fn done(&self) -> f64 {
        // How much is left, only the tasks know.
        0.0
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
    next: u32,
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
        Arrivals { executor: executor.clone(), all, gap, next: 0, arrive: Box::new(arrive) }
    }
}

impl<R: Recorder, P: Policy> Work for Arrivals<R, P> {
    fn advance(&mut self, polls: u32) -> Progress {
        // A slice counts arrivals and waits for them like polls.
        for left in (1..=polls).rev() {
            if self.next == self.all {
                return self.executor.drive(Until::Quiescent, left);
            }
            let time = u64::from(self.next) * u64::from(self.gap);
            if self.executor.now() < time {
                match self.executor.drive(Until::Time(time), left) {
                    Progress::Reached => {}
                    other => return other,
                }
            }
            (self.arrive)(&self.executor, self.next);
            self.next += 1;
        }
        Progress::Paused
    }

    fn done(&self) -> f64 {
        // Half for those who came, half for those who left.
        let came = f64::from(self.next);
        (came + came - self.executor.alive() as f64).max(0.0) / (2.0 * f64::from(self.all.max(1)))
    }
}
