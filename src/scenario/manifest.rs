//! The one list of scenarios, and what the page gets of each: a new scenario is a line in it.

use super::checks::Checks;
use super::job::Job;
use super::live::{is_live, too_much};
use super::params::{Common, Field, Form, Given, Params, Problem, Schema, common};
use super::setup::Setup;
use super::spec::{
    CodeFile, Crates, Cure, Guess, Hero, Kind, Live, Measure, Module, Question, Recording, ShownWith, Spec, Stage,
};
use super::{
    abort, async_trait, block_on, blocking, call_centre, cancel, concurrency_parallelism, event_loop, executor,
    first_poll, future_promise, futurelock, languages, lazy, lost_wake, moving, mutex, orders, pin_ways, poll_waker,
    projection, promise_future, race_join, reactor, recursion, rules, runtimes, sequential_join, service_layer, size,
    stack, state_machine, streams, wall, zero_cost,
};
use crate::executor::{Order, Plan};
use crate::record::Answer;
use crate::trace::{self, Head, Mode, Trace};
use serde::Serialize;

/// What the page gets of a scenario.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Info {
    /// Its name in links.
    pub id: &'static str,
    /// The part of the talk, from 1.
    pub part: u8,
    /// About how long it takes to step through.
    pub minutes: u8,
    /// The moment of its default run at which its question is decided, as links name it: until a reader has seen it, a
    /// small picture of the run ends there. None where such a picture gives nothing away.
    pub pictured_to: Option<&'static str>,
    /// What is made when it runs.
    pub kind: Kind,
    /// How it is shown.
    pub stage: Stage,
    /// Which picture leads it.
    pub hero: Hero,
    /// Where its runs are made.
    pub module: Module,
    /// With what choice they are recorded live instead, if it is there.
    pub live: Option<Live>,
    /// Its code.
    pub files: &'static [CodeFile],
    /// Which of it is shown only with certain parameters.
    pub shown_with: &'static [ShownWith],
    /// The JSON Schema of its parameters, defaults included.
    #[cfg_attr(feature = "types", tsify(type = "unknown"))]
    pub schema: Schema,
    /// What to predict.
    pub question: Question,
    /// How it is predicted.
    pub guess: Guess,
    /// What is compared of its tracks, if it has some: the columns of a table.
    pub columns: &'static [Measure],
    /// The fields that its sweep goes through by itself, and does not depend on; none if there is no sweep.
    pub sweeps: &'static [&'static str],
    /// What takes findings away.
    pub cures: &'static [Cure],
    /// The crates that it speaks of.
    pub crates: Crates,
}

/// All scenarios.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Manifest {
    /// In the order in which they are shown.
    pub scenarios: Vec<Info>,
    /// The way for newcomers through some of them, by id.
    pub path: &'static [&'static str],
}

/// A scenario: what its folder provides, without its types.
#[derive(Clone, Copy)]
pub struct Scenario {
    /// Its name in links.
    pub id: &'static str,
    part: u8,
    minutes: u8,
    pictured_to: Option<&'static str>,
    kind: Kind,
    stage: Stage,
    hero: Hero,
    telling: [&'static str; 2],
    module: Module,
    live: Option<Live>,
    files: &'static [CodeFile],
    shown_with: &'static [ShownWith],
    fields: &'static [Field],
    default: fn(usize) -> u32,
    common: Common,
    question: Question,
    guess: Guess,
    columns: &'static [Measure],
    sweeps: &'static [&'static str],
    cures: &'static [Cure],
    crates: Crates,
    start: fn(&Form, Setup) -> Option<Job>,
    record: fn(&Form, Setup) -> Option<Recording>,
    answer: Answer,
}

impl Scenario {
    const fn of<S: Spec>() -> Self {
        Scenario {
            id: S::ID,
            part: S::PART,
            minutes: S::MINUTES,
            pictured_to: S::PICTURED_TO,
            kind: S::KIND,
            stage: S::STAGE,
            hero: S::HERO,
            telling: [S::SUBJECT, S::DECIDES],
            module: S::MODULE,
            live: S::LIVE,
            files: S::FILES,
            shown_with: S::SHOWN_WITH,
            fields: S::Params::FIELDS,
            default: |i| S::Params::default().get(i),
            common: common(S::SEEDED, S::SCHEDULED),
            question: S::QUESTION,
            guess: S::GUESS,
            columns: S::COLUMNS,
            sweeps: S::SWEEPS,
            cures: S::CURES,
            crates: S::CRATES,
            start: |form, setup| S::start(form.params(), form.seed(), setup),
            record: |form, setup| S::record(form.params(), form.seed(), setup),
            answer: S::answer,
        }
    }

    /// What the page gets.
    pub fn info(&self) -> Info {
        Info {
            id: self.id,
            part: self.part,
            minutes: self.minutes,
            pictured_to: self.pictured_to,
            kind: self.kind,
            stage: self.stage,
            hero: self.hero,
            module: self.module,
            live: self.live,
            files: self.files,
            shown_with: self.shown_with,
            schema: self.schema(),
            question: self.question,
            guess: self.guess,
            columns: self.columns,
            sweeps: self.sweeps,
            cures: self.cures,
            crates: self.crates,
        }
    }

    /// Whether these parameters can be run with.
    ///
    /// # Errors
    /// Every field that is wrong, with its value and what it may be.
    pub fn check(&self, given: Given<'_>) -> Result<(), Problem> {
        self.read(given).map(drop)
    }

    fn read(&self, given: Given<'_>) -> Result<Form, Problem> {
        let form = Form::read(&self.schema(), given)?;
        let errors = too_much(self.live, &form);
        if errors.is_empty() { Ok(form) } else { Err(Problem::Fields { errors }) }
    }

    /// Whether the runs of a form are recorded live.
    fn is_live(&self, form: &Form) -> bool {
        self.kind == Kind::Live || is_live(self.live, form)
    }

    /// Begins a deterministic run with these parameters; those not given have their defaults.
    ///
    /// # Errors
    /// As [`check`](Self::check), and if the scenario is of another kind.
    pub fn start(&self, given: Given<'_>, setup: Setup) -> Result<Job, Problem> {
        let form = self.read(given)?;
        if self.is_live(&form) {
            return Err(Problem::WrongKind);
        }
        let job = (self.start)(&form, self.set_up(&form, setup)).ok_or(Problem::WrongKind)?;
        Ok(job.answering(self.answer))
    }

    /// Records a live run with these parameters; those not given have their defaults. It takes as long as it takes.
    ///
    /// # Errors
    /// As [`check`](Self::check), and if the scenario is of another kind, or cannot be recorded here.
    pub async fn record(&self, given: Given<'_>, setup: Setup) -> Result<Trace, Problem> {
        let form = self.read(given)?;
        if !self.is_live(&form) {
            return Err(Problem::WrongKind);
        }
        let recording = (self.record)(&form, self.set_up(&form, setup)).ok_or(Problem::WrongKind)?;
        let recorder = recording.await;
        recorder.answer_by(self.answer);
        Ok(recorder.finish())
    }

    fn schema(&self) -> Schema {
        Schema::of(self.fields, self.common, self.default)
    }

    /// The setup with what the form says of it, and with what the trace is to say of itself.
    fn set_up(&self, form: &Form, mut setup: Setup) -> Setup {
        setup.plan.order = form.order();
        setup.head = Head {
            build: env!("CARGO_PKG_VERSION").to_owned(),
            scenario: self.id.to_owned(),
            title: if setup.head.title.is_empty() { self.id.to_owned() } else { setup.head.title },
            params: form.changed(),
            order: match setup.plan.order {
                Order::Fifo => String::new(),
                Order::Lifo => "lifo".to_owned(),
                Order::Random(_) => "random".to_owned(),
            },
            changes: Plan::changes_text(&setup.plan.changes),
            seed: form.seed().into(),
            mode: if self.is_live(form) { Mode::Live } else { Mode::Deterministic },
            files: self
                .files_shown_with(form)
                .map(|f| trace::CodeFile { name: f.name.to_owned(), text: f.source.to_owned() })
                .collect(),
            telling: trace::Telling { subject: self.telling[0].to_owned(), decides: self.telling[1].to_owned() },
            regions: setup.head.regions,
        };
        setup
    }

    /// The files that are code of a run with these parameters.
    fn files_shown_with(&self, form: &Form) -> impl Iterator<Item = &CodeFile> {
        let is_shown = |file: &&CodeFile| {
            let mut with = self.shown_with.iter().filter(|with| with.files.contains(&file.name)).peekable();
            let holds = |with: &ShownWith| with.fields.iter().all(|&(field, value)| form.has(field, value));
            with.peek().is_none() || with.any(holds)
        };
        self.files.iter().filter(is_shown)
    }
}

/// What of a scenario makes its deterministic runs, and nothing else: a program that only explores has no more of it.
#[derive(Clone, Copy)]
pub(crate) struct Runs {
    id: &'static str,
    fields: &'static [Field],
    default: fn(usize) -> u32,
    common: Common,
    live: Option<Live>,
    /// Whether its tasks share nothing but what is reported.
    pub(crate) all_reported: bool,
    start: fn(&Form, Setup) -> Option<Job>,
}

impl Runs {
    const fn of<S: Spec>() -> Self {
        Runs {
            id: S::ID,
            fields: S::Params::FIELDS,
            default: |i| S::Params::default().get(i),
            common: common(S::SEEDED, S::SCHEDULED),
            live: S::LIVE,
            all_reported: S::ALL_REPORTED,
            start: |form, setup| S::start(form.params(), form.seed(), setup),
        }
    }

    /// What makes the same run again and again: the parameters are read once. Its traces say nothing of themselves, and have
    /// no answer.
    ///
    /// # Errors
    /// As [`Scenario::check`]. The runs fail if the scenario is of another kind.
    pub(crate) fn starter(
        &'static self,
        given: Given<'_>,
    ) -> Result<impl Fn(Setup) -> Result<Job, Problem> + use<>, Problem> {
        let form = Form::read(&Schema::of(self.fields, self.common, self.default), given)?;
        let is_live = is_live(self.live, &form);
        Ok(move |setup| if is_live { None } else { (self.start)(&form, setup) }.ok_or(Problem::WrongKind))
    }
}

/// The list, in the order in which scenarios are shown.
macro_rules! manifest {
    ($($spec:path),* $(,)?) => {
        const ALL: [Scenario; [$(<$spec as Spec>::ID),*].len()] = [$(Scenario::of::<$spec>()),*];

        static RUNS: [Runs; ALL.len()] = [$(Runs::of::<$spec>()),*];

        /// What each of them declares of its runs, for tests.
        pub fn checks() -> Vec<Checks> {
            vec![$(checks_of::<$spec>()),*]
        }
    };
}

manifest! {
    call_centre::CallCentre,
    concurrency_parallelism::ConcurrencyParallelism,
    wall::WallScenario,
    lazy::Lazy,
    sequential_join::SequentialJoin,
    blocking::Blocking,
    rules::Rules,
    languages::Languages,
    first_poll::FirstPoll,
    poll_waker::PollWaker,
    orders::Orders,
    lost_wake::LostWake,
    executor::ExecutorScenario,
    state_machine::StateMachine,
    moving::Moving,
    pin_ways::PinWays,
    projection::Projection,
    race_join::RaceJoin,
    cancel::Cancel,
    futurelock::Futurelock,
    async_trait::AsyncTrait,
    recursion::Recursion,
    size::Size,
    mutex::MutexScenario,
    zero_cost::ZeroCost,
    promise_future::PromiseFuture,
    future_promise::FuturePromise,
    event_loop::EventLoop,
    abort::Abort,
    streams::Streams,
    block_on::BlockOn,
    service_layer::ServiceLayer,
    reactor::ReactorScenario,
    runtimes::Runtimes,
    stack::Stack,
}

/// The way for newcomers.
const PATH: &[&str] =
    &["first-poll", "lazy", "poll-waker", "sequential-join", "blocking", "lost-wake", "state-machine"];

fn checks_of<S: Spec>() -> Checks {
    Checks { id: S::ID, recorded: S::RECORDED, findings: S::FINDINGS, may_be_stuck: S::MAY_BE_STUCK }
}

impl Scenario {
    /// As far as a module makes or records its runs, if it does: of a scenario whose live runs are recorded in another one, each has
    /// the code of its own.
    const fn within(mut self, module: Module) -> Option<Self> {
        let makes = self.module as u8 == module as u8;
        let records = match self.live {
            Some(live) => live.module as u8 == module as u8,
            None => makes,
        };
        if !makes {
            self.start = |_, _| None;
        }
        if !records {
            self.record = |_, _| None;
        }
        if makes || records { Some(self) } else { None }
    }
}

/// How many scenarios a module makes or records runs of.
pub const fn count(module: Module) -> usize {
    let (mut nth, mut count) = (0, 0);
    while nth < ALL.len() {
        count += ALL[nth].within(module).is_some() as usize;
        nth += 1;
    }
    count
}

/// The [`count`] scenarios whose runs a module makes or records. As a constant, it makes the others none of the module's code.
pub const fn group<const N: usize>(module: Module) -> [Scenario; N] {
    let mut group = [ALL[0]; N];
    let (mut nth, mut count) = (0, 0);
    while nth < ALL.len() {
        if let Some(scenario) = ALL[nth].within(module) {
            group[count] = scenario;
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

/// What makes the runs of the scenario of that name.
///
/// # Errors
/// If there is none.
pub(crate) fn runs_of(id: &str) -> Result<&'static Runs, Problem> {
    RUNS.iter().find(|runs| runs.id == id).ok_or_else(|| Problem::UnknownScenario { id: id.to_owned() })
}

/// What the page gets of all of them.
pub fn manifest() -> Manifest {
    Manifest { scenarios: scenarios().iter().map(Scenario::info).collect(), path: PATH }
}
