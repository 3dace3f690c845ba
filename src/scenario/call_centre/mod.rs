//! `call-centre`: the same calls, staffed four ways on one clock; three are models, the fourth is real.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
pub(super) mod code;
mod model;
mod staffings;

pub use staffings::{StaffingFrame, Staffings, StaffingsFrame};

use super::job::{Arrivals, Job, Setup, Work};
use super::params::params;
use super::spec::{CodeFile, Question, Spec, Stage};
use crate::executor::{Executor, Progress};
use crate::trace::event::{End, Phase};
use crate::trace::{Event, Staffing, Trace, TraceRecorder};
use code::Call;
use model::{Plan, Rules};

const CODE: CodeFile = CodeFile { name: "code.rs", source: include_str!("code.rs") };

params! {
    CallCentreParams {
        callers: (1..=10000) = 24,
        gap: (0..=1000, "ms") = 1,
        dial: (0..=1000, "ms") = 1,
        ring: (0..=10000, "ms") = 20,
        talk: (0..=1000, "ms") = 1,
        spread: (0..=1000, "ms") = 4,
        clerks: (1..=10000) = 12,
        chairs: (1..=64) = 4,
        change: (0..=100, "ms") = 1,
        stack: (1..=65536, "KiB") = 1024,
        compare: [Compare] = Compare::All,
    }
    Compare { All = "all", One = "one", Pool = "pool", Threads = "threads", Async = "async" }
}

/// The scenario.
pub(super) struct CallCentre;

impl Spec for CallCentre {
    type Params = CallCentreParams;

    const ID: &'static str = "call-centre";
    const PART: u8 = 1;
    const STAGE: Stage = Stage::Staffings;
    const SEEDED: bool = true;
    const FILES: &'static [CodeFile] = &[CODE];
    const QUESTION: Question = Question { options: &["one", "pool", "threads", "async"] };

    fn start(params: Self::Params, seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        let plans = plans(&params, seed);
        let mut models = Vec::new();
        let stack = u64::from(params.stack) << 10;
        let staff = |name: &str, which, rules: Rules, model| {
            if params.compare != Compare::All && params.compare != which {
                return None;
            }
            let staffing = Staffing { model, clerks: rules.clerks, chairs: rules.chairs, stack, ..Staffing::default() };
            Some((executor.recorder().staffing(name, staffing), rules))
        };
        let own = |n| Rules { clerks: n, chairs: n, keeps_chair: true, change: 0 };
        let threads = Rules { clerks: params.clerks, chairs: params.chairs, keeps_chair: false, change: params.change };
        models.extend(staff("one", Compare::One, own(1), true));
        models.extend(staff("pool", Compare::Pool, own(params.chairs), true));
        models.extend(staff("threads", Compare::Threads, threads, true));
        let real = staff("async", Compare::Async, own(1), false).map(|(number, _)| number);

        let calls = if real.is_some() { plans.clone() } else { Vec::new() };
        let times = calls.iter().map(|p| p.arrives).collect();
        let arrive = move |executor: &Executor<TraceRecorder>, i: usize| {
            let Plan { dial, ring, talk, .. } = calls[i];
            drop(executor.spawn("call", code::call(Call { dial, ring, talk })));
        };
        let real_calls = Arrivals::new(&executor, times, arrive);
        Some(Job::new(executor, Compared { real_calls, real, models, plans }))
    }

    fn answer(trace: &Trace) -> Option<&'static str> {
        let staffings = Staffings::of(trace).filter(|s| s.len() > 1)?;
        let first = staffings.served_first()?;
        let name = trace.name(trace.staffings[first].name);
        Self::QUESTION.options.iter().find(|o| **o == name).copied()
    }
}

fn plans(params: &CallCentreParams, seed: u32) -> Vec<Plan> {
    let mut rng = fastrand::Rng::with_seed(seed.into());
    let plan = |i: u32| Plan {
        arrives: u64::from(i) * u64::from(params.gap),
        dial: params.dial,
        ring: (params.ring + rng.u32(0..=2 * params.spread)).saturating_sub(params.spread),
        talk: params.talk,
    };
    (0..params.callers).map(plan).collect()
}

/// The real calls, run; the models, simulated when those are over, and merged in by their time.
struct Compared<W> {
    real_calls: W,
    real: Option<u8>,
    models: Vec<(u8, Rules)>,
    plans: Vec<Plan>,
}

impl<W: Work> Work for Compared<W> {
    fn advance(&mut self, polls: u32) -> Progress {
        self.real_calls.advance(polls)
    }

    fn done(&self) -> f64 {
        self.real_calls.done()
    }

    fn complete(&self, trace: &mut Trace) {
        // A run that was cut off is compared as far as it came.
        let ended = trace.len().checked_sub(1).map(|i| trace.event(i));
        let until = if ended == Some(Event::Ended { end: End::Completed }) { u64::MAX } else { trace.end_time() };
        for &(staffing, rules) in &self.models {
            let mut events = model::simulate(rules, staffing, &self.plans);
            events.retain(|&(time, _)| time <= until);
            trace.merge(&events, false);
        }
        if let Some(staffing) = self.real {
            let arrival = |(call, plan): (usize, &Plan)| {
                (plan.arrives, Event::Model { staffing, phase: Phase::Arrived, call: call as u32, seat: 0 })
            };
            // Whoever comes is there before anything is done about it.
            let mut events: Vec<_> = self.plans.iter().enumerate().map(arrival).collect();
            events.retain(|&(time, _)| time <= until);
            trace.merge(&events, true);
        }
    }
}
