//! `call-centre`: the same calls, staffed four ways on one clock; three are models, the fourth is real.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
pub(super) mod code;
mod calls;
mod model;
mod sweep;

pub use sweep::{SWEPT, Sweep, SweepPoint, SweepProgress};

use super::job::{Arrivals, Job, Recorded, Setup, Work};
use super::params::params;
use super::spec::{CodeFile, Module, Question, Spec, Stage};
use super::staffings::Staffings;
use crate::executor::Progress;
use crate::trace::event::{End, Phase};
use crate::trace::{Event, Staffing, Trace};
use calls::{Calls, Plan};
use code::Call;
use model::{Rules, Simulation, Told};

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
    const MODULE: Module = Module::First;
    const SEEDED: bool = true;
    const FILES: &'static [CodeFile] = &[CODE];
    const QUESTION: Question = Question { options: &["one", "pool", "threads", "async"] };

    fn start(params: Self::Params, seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        let calls = Calls::new(&params, seed, params.callers);
        let mut models = Vec::new();
        let stack = u64::from(params.stack) << 10;
        let staff = |name: &str, which, rules: Rules, model| {
            if params.compare != Compare::All && params.compare != which {
                return None;
            }
            let staffing = Staffing { model, clerks: rules.clerks, chairs: rules.chairs, stack, ..Staffing::default() };
            Some((executor.recorder().staffing(name, staffing), rules))
        };
        models.extend(staff("one", Compare::One, Rules::seated(1), true));
        models.extend(staff("pool", Compare::Pool, Rules::seated(params.chairs), true));
        models.extend(staff("threads", Compare::Threads, threads(&params, params.clerks), true));
        let real = staff("async", Compare::Async, Rules::seated(1), false).map(|(number, _)| number);

        let made = calls.first(if real.is_some() { calls.len() } else { 0 });
        let all = made.len();
        let arrive = move |executor: &Recorded, i: u32| {
            drop(executor.spawn("call", code::call(Call::from(made.get(i)))));
        };
        let real_calls = Arrivals::new(&executor, all, params.gap, arrive);
        Some(Job::new(executor, Compared { real_calls, real, models, calls }))
    }

    fn answer(trace: &Trace) -> Option<&'static str> {
        let staffings = Staffings::of(trace).filter(|s| s.len() > 1)?;
        let first = staffings.served_first()?;
        let name = trace.name(trace.staffings[first].name);
        Self::QUESTION.options.iter().find(|o| **o == name).copied()
    }
}

/// More clerks than chairs, who leave the chair while it rings.
fn threads(params: &CallCentreParams, clerks: u32) -> Rules {
    Rules { clerks, chairs: params.chairs, keeps_chair: false, change: params.change }
}

impl From<Plan> for Call {
    fn from(Plan { dial, ring, talk, .. }: Plan) -> Self {
        Call { dial, ring, talk }
    }
}

/// The real calls, run; the models, simulated when those are over, and merged in by their time.
struct Compared<W> {
    real_calls: W,
    real: Option<u8>,
    models: Vec<(u8, Rules)>,
    calls: Calls,
}

/// A model's events, as the trace takes them.
struct Events {
    staffing: u8,
    until: u64,
    events: Vec<(u64, Event)>,
}

impl Told for Events {
    fn told(&mut self, now: u64, phase: Phase, call: u32, seat: u32) {
        if now <= self.until {
            self.events.push((now, Event::Model { staffing: self.staffing, phase, call, seat }));
        }
    }
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
            let mut simulation =
                Simulation::new(rules, self.calls.clone(), Events { staffing, until, events: Vec::new() });
            simulation.advance(u32::MAX);
            trace.merge(&simulation.told.events, false);
        }
        if let Some(staffing) = self.real {
            let arrival = |(call, plan): (usize, Plan)| {
                (plan.arrives, Event::Model { staffing, phase: Phase::Arrived, call: call as u32, seat: 0 })
            };
            // Whoever comes is there before anything is done about it.
            let mut events: Vec<_> = self.calls.iter().enumerate().map(arrival).collect();
            events.retain(|&(time, _)| time <= until);
            trace.merge(&events, true);
        }
    }
}
