//! The one list of scenarios, and what the page is told of each.

use super::job::{Job, Setup};
use super::params::{self, Common, Field, Params, Problem, Schema, common};
use super::spec::{CodeFile, Kind, Module, Question, ShownWith, Spec, Stage};
use super::{
    blocking, call_centre, concurrency_parallelism, executor, languages, lazy, lost_wake, moving, poll_waker,
    promise_future, rules, sequential_join, state_machine, wall, zero_cost,
};
use crate::trace::Trace;
use serde::Serialize;

/// What the page is told of a scenario.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Info {
    /// Its name in links.
    pub id: &'static str,
    /// The part of the talk, from 1.
    pub part: u8,
    /// What is made when it runs.
    pub kind: Kind,
    /// How it is shown.
    pub stage: Stage,
    /// Where its runs are made.
    pub module: Module,
    /// Its code.
    pub files: &'static [CodeFile],
    /// Which of it is shown only with certain parameters.
    pub shown_with: &'static [ShownWith],
    /// The JSON Schema of its parameters, defaults included.
    #[cfg_attr(feature = "types", tsify(type = "unknown"))]
    pub schema: Schema,
    /// What to predict.
    pub question: Question,
}

/// All scenarios.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Manifest {
    /// In the order in which they are shown.
    pub scenarios: Vec<Info>,
}

/// Parameters as they were typed: a field, and its text.
pub type Given<'a> = &'a [(&'a str, &'a str)];

/// A scenario: what its folder provides, without its types.
#[derive(Clone, Copy)]
pub struct Scenario {
    /// Its name in links.
    pub id: &'static str,
    part: u8,
    kind: Kind,
    stage: Stage,
    module: Module,
    files: &'static [CodeFile],
    shown_with: &'static [ShownWith],
    fields: &'static [Field],
    default: fn(usize) -> u32,
    common: Common,
    question: Question,
    check: fn(Given<'_>) -> Result<(), Problem>,
    start: fn(Given<'_>, Setup) -> Result<Job, Problem>,
    answer: fn(&Trace) -> Option<&'static str>,
}

impl Scenario {
    const fn of<S: Spec>(kind: Kind) -> Self {
        Scenario {
            id: S::ID,
            part: S::PART,
            kind,
            stage: S::STAGE,
            module: S::MODULE,
            files: S::FILES,
            shown_with: S::SHOWN_WITH,
            fields: S::Params::FIELDS,
            default: |i| S::Params::default().get(i),
            common: Self::common::<S>(),
            question: S::QUESTION,
            check: |given| params::read_scheduled::<S::Params>(given, Self::common::<S>()).map(drop),
            start: |given, mut setup| {
                let (params, seed, order) = params::read_scheduled::<S::Params>(given, Self::common::<S>())?;
                setup.plan.order = order;
                S::start(params, seed, setup).ok_or(Problem::WrongKind)
            },
            answer: S::answer,
        }
    }

    const fn common<S: Spec>() -> Common {
        common(S::SEEDED, S::SCHEDULED)
    }

    /// What the page is told.
    pub fn info(&self) -> Info {
        Info {
            id: self.id,
            part: self.part,
            kind: self.kind,
            stage: self.stage,
            module: self.module,
            files: self.files,
            shown_with: self.shown_with,
            schema: Schema::of(self.fields, self.common, self.default),
            question: self.question,
        }
    }

    /// Whether these parameters can be run with.
    ///
    /// # Errors
    /// Every field that is wrong, with its value and what it may be.
    pub fn check(&self, given: Given<'_>) -> Result<(), Problem> {
        (self.check)(given)
    }

    /// Begins a run with these parameters; those not given have their defaults.
    ///
    /// # Errors
    /// As [`check`](Self::check), and if the scenario is begun elsewhere.
    pub fn start(&self, given: Given<'_>, setup: Setup) -> Result<Job, Problem> {
        (self.start)(given, setup)
    }

    /// The right answer to the question, as a finished run tells it.
    pub fn answer(&self, trace: &Trace) -> Option<&'static str> {
        (self.answer)(trace)
    }
}

const ALL: [Scenario; 15] = [
    Scenario::of::<call_centre::CallCentre>(Kind::Deterministic),
    Scenario::of::<concurrency_parallelism::ConcurrencyParallelism>(Kind::Deterministic),
    Scenario::of::<wall::WallScenario>(Kind::Untraced),
    Scenario::of::<lazy::Lazy>(Kind::Deterministic),
    Scenario::of::<sequential_join::SequentialJoin>(Kind::Deterministic),
    Scenario::of::<blocking::Blocking>(Kind::Deterministic),
    Scenario::of::<rules::Rules>(Kind::Deterministic),
    Scenario::of::<languages::Languages>(Kind::Deterministic),
    Scenario::of::<poll_waker::PollWaker>(Kind::Deterministic),
    Scenario::of::<lost_wake::LostWake>(Kind::Deterministic),
    Scenario::of::<executor::ExecutorScenario>(Kind::Deterministic),
    Scenario::of::<state_machine::StateMachine>(Kind::Deterministic),
    Scenario::of::<moving::Moving>(Kind::Deterministic),
    Scenario::of::<zero_cost::ZeroCost>(Kind::Untraced),
    Scenario::of::<promise_future::PromiseFuture>(Kind::Live),
];

/// How many scenarios a module makes the runs of.
pub const fn count(module: Module) -> usize {
    let (mut nth, mut count) = (0, 0);
    while nth < ALL.len() {
        count += (ALL[nth].module as u8 == module as u8) as usize;
        nth += 1;
    }
    count
}

/// The [`count`] scenarios whose runs a module makes. As a constant, it makes the others none of the module's code.
pub const fn group<const N: usize>(module: Module) -> [Scenario; N] {
    let mut group = [ALL[0]; N];
    let (mut nth, mut count) = (0, 0);
    while nth < ALL.len() {
        if ALL[nth].module as u8 == module as u8 {
            group[count] = ALL[nth];
            count += 1;
        }
        nth += 1;
    }
    group
}

/// All scenarios, in the order in which they are shown.
pub fn scenarios() -> &'static [Scenario] {
    &ALL
}

/// The scenario of that name.
///
/// # Errors
/// If there is none.
pub fn find(id: &str) -> Result<&'static Scenario, Problem> {
    scenarios().iter().find(|s| s.id == id).ok_or_else(|| Problem::UnknownScenario { id: id.to_owned() })
}

/// What the page is told of all of them.
pub fn manifest() -> Manifest {
    Manifest { scenarios: scenarios().iter().map(Scenario::info).collect() }
}
