//! What a run is given besides its parameters: how far it may go, in which order it polls, and where its trace goes.

use crate::alloc::uncounted;
use crate::clock::VirtualClock;
use crate::executor::{Choices, Executor, Plan, Schedule};
use crate::record::{Budget, Outlet, Peek, TraceRecorder};
use crate::trace::{Head, TimeUnit};
use std::cell::RefCell;
use std::rc::Rc;

/// The executor of recorded runs.
pub type RecordedExecutor = Executor<TraceRecorder, Schedule>;

/// What the runs of an exploration share.
#[derive(Clone)]
pub struct Tried {
    /// The choices of the run that is to be made.
    pub choices: Rc<RefCell<Choices>>,
    /// A [brief](TraceRecorder::brief) one, which has [begun again](TraceRecorder::begin_again).
    pub recorder: TraceRecorder,
}

/// What a run is given besides its parameters and its seed.
#[derive(Clone, Default)]
pub struct Setup {
    /// How far it may go.
    pub budget: Budget,
    /// How a future's bytes are read; without it snapshots hold none.
    pub peek: Option<Peek>,
    /// In which order it polls, and what is changed in it.
    pub plan: Plan,
    /// What the trace says of itself. All but its title is the scenario's to say.
    pub head: Head,
    /// Makes what the chunks of the trace leave through while it is recorded; without it none leave.
    pub outlet: Option<Rc<dyn Fn() -> Outlet>>,
    /// In place of the plan and of a trace: choices that are tried, and what records what comes of them.
    pub tried: Option<Tried>,
}

impl Setup {
    /// A recorder for the run.
    pub fn recorder(&self, unit: TimeUnit) -> TraceRecorder {
        if let Some(Tried { recorder, .. }) = &self.tried {
            return recorder.clone();
        }
        // What stands in the trace besides its events is no allocation of the run.
        uncounted(|| {
            let recorder = TraceRecorder::new(unit, self.budget, self.peek).with_head(self.head.clone());
            match &self.outlet {
                Some(outlet) => recorder.with_outlet(outlet()),
                None => recorder,
            }
        })
    }

    /// An executor for a deterministic run: under a virtual clock, within the budget.
    pub fn executor(&self) -> RecordedExecutor {
        let schedule = match &self.tried {
            Some(tried) => Schedule::exploring(tried.choices.clone()),
            None => Schedule::new(&self.plan),
        };
        let recorder = self.recorder(TimeUnit::VirtualMs);
        let executor = Executor::with_policy(recorder, Rc::new(VirtualClock::default()), schedule);
        executor.limit(self.budget.polls, self.budget.time);
        executor
    }
}
