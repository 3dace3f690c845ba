//! `call-centre`: the same calls, staffed four ways on one clock; three are models, the fourth is real.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
pub(super) mod code;
mod calls;
mod model;
mod sweep;

pub use sweep::{SWEPT, Sweep, SweepPoint, SweepProgress};

use super::checks::Recorded;
use super::job::{Arrivals, Job, Work};
use super::params::params;
use super::setup::{RecordedExecutor, Setup};
use super::spec::{CodeFile, Hero, Measure, Module, Question, Spec, Stage};
use crate::alloc::uncounted;
use crate::executor::{Progress, Until};
use crate::trace::Trace;
use crate::trace::event::{End, Event};
use crate::trace::tracks::{Entry, Phase, Track};
use crate::view::tracks::Tracks;
use calls::{Calls, Plan};
use code::Call;
use model::{Observer, Rules, Simulation};

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
    const MINUTES: u8 = 5;
    const STAGE: Stage = Stage::Staffings;
    const HERO: Hero = Hero::Staffings;
    const MODULE: Module = Module::First;
    const SEEDED: bool = true;
    const ALL_REPORTED: bool = true;
    const FILES: &'static [CodeFile] = &[CODE];
    const QUESTION: Question = Question { options: &["one", "pool", "threads", "async"] };
    const COLUMNS: &'static [Measure] =
        &[Measure::Lanes, Measure::Takes, Measure::Served, Measure::Speaking, Measure::Throughput, Measure::Memory];
    const SWEEPS: &'static [&'static str] = &["callers", "compare"];
    const RECORDED: &'static [Recorded] = &[Recorded::new("call-centre", &[("callers", "2")], "pool")];

    fn start(params: Self::Params, seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        let calls = Calls::new(&params, seed, params.callers);
        let mut models = Vec::new();
        let stack = u64::from(params.stack) << 10;
        let staff = |name: &str, which, rules: Rules, model| {
            if params.compare != Compare::All && params.compare != which {
                return None;
            }
            let track = Track { model, threads: rules.clerks, workers: rules.chairs, stack, ..Track::default() };
            Some((executor.recorder().track(name, track), rules))
        };
        models.extend(staff("one", Compare::One, Rules::seated(1), true));
        models.extend(staff("pool", Compare::Pool, Rules::seated(params.chairs), true));
        models.extend(staff("threads", Compare::Threads, threads(&params, params.clerks), true));
        let real = staff("async", Compare::Async, Rules::seated(1), false).map(|(number, _)| number);

        let made = calls.first(if real.is_some() { calls.len() } else { 0 });
        let all = made.len();
        let arrive = move |executor: &RecordedExecutor, i: u32| {
            drop(executor.spawn("call", code::call(Call::from(made.get(i)))));
        };
        let real_calls = Arrivals::new(&executor, all, params.gap, arrive);
        Some(Job::new(executor.clone(), Compared { executor, real_calls, real, models, calls }))
    }

    fn answer(trace: &Trace) -> Option<&'static str> {
        let tracks = Tracks::of(trace).filter(|t| t.len() > 1)?;
        let first = tracks.finished_first()?;
        let name = trace.name(trace.tracks[first].name);
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

/// The real calls, run; the models, simulated when those are over. By the numbers of their tracks.
struct Compared<W> {
    executor: RecordedExecutor,
    real_calls: W,
    real: Option<usize>,
    models: Vec<(usize, Rules)>,
    calls: Calls,
}

/// A model's entries up to a time.
struct Entries {
    until: u64,
    entries: Vec<Entry>,
}

impl Observer for Entries {
    fn entered(&mut self, entry: Entry) {
        if entry.time <= self.until {
            self.entries.push(entry);
        }
    }
}

impl<W> Compared<W> {
    fn simulate(&self, rules: Rules, until: u64) -> Vec<Entry> {
        let mut simulation = Simulation::new(rules, self.calls.clone(), Entries { until, entries: Vec::new() });
        simulation.run();
        simulation.observer.entries
    }
}

impl<W: Work> Work for Compared<W> {
    fn run(&mut self) {
        // Where nothing is real the clock goes from one entry to the next, so that the run can be stepped through.
        let models = self.models.iter().filter(|_| self.real.is_none());
        let entries = uncounted(|| models.flat_map(|&(_, rules)| self.simulate(rules, u64::MAX)).collect::<Vec<_>>());
        for entry in &entries {
            if let Progress::Ended(_) = self.executor.drive(Until::Time(entry.time), u32::MAX) {
                return;
            }
        }
        self.real_calls.run();
    }

    fn complete(&self, trace: &mut Trace) {
        // A run that was cut off is compared as far as it came.
        let ended = trace.len().checked_sub(1).map(|i| trace.event(i));
        let until = if ended == Some(Event::Ended { end: End::Completed }) { u64::MAX } else { trace.end_time() };
        for &(track, rules) in &self.models {
            trace.tracks[track].entries = self.simulate(rules, until);
        }
        if let Some(track) = self.real {
            let arrival = |(call, plan): (usize, Plan)| Entry {
                time: plan.arrives,
                phase: Phase::Arrived,
                task: call as u32,
                worker: 0,
            };
            let arrivals = self.calls.iter().enumerate().map(arrival);
            trace.tracks[track].entries = arrivals.take_while(|entry| entry.time <= until).collect();
        }
    }
}
