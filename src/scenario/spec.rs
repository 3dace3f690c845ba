//! What a scenario's folder provides: its code, its parameters, its run and its question.

use super::checks::Recorded;
use super::job::Job;
use super::params;
use super::setup::Setup;
use crate::record::TraceRecorder;
use crate::trace::Trace;
use serde::Serialize;
use std::future::Future;
use std::pin::Pin;

/// A file of a scenario's code: compiled, and shown as it was compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct CodeFile {
    /// The file's name, which traces name it by.
    pub name: &'static str,
    /// Its text.
    pub source: &'static str,
}

/// A file, by its name and its text.
pub(super) const fn file(name: &'static str, source: &'static str) -> CodeFile {
    CodeFile { name, source }
}

/// What is made when a scenario runs, and whether it can be made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A trace: a pure function of parameters and seed.
    Deterministic,
    /// A trace, recorded as it happens in this browser.
    Live,
    /// No trace: it runs in the fast module, and its stage shows it as it is now.
    Untraced,
}

/// The choice of a scenario's form with which its runs are recorded live, in the page, where without it they are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Live {
    /// The field.
    pub field: &'static str,
    /// Its value.
    pub value: &'static str,
    /// How such a run is shown.
    pub stage: Stage,
    /// Where it is recorded.
    pub module: Module,
    /// The most that other fields may hold then: what they ask for takes the page's own thread.
    pub most: &'static [(&'static str, u32)],
}

/// Live runs by the choice that scenarios have for it ([`Runs`](super::live::Runs)).
pub(super) const fn live(stage: Stage, most: &'static [(&'static str, u32)]) -> Option<Live> {
    Some(Live { field: "runs", value: "live", stage, module: Module::Promises, most })
}

/// Which arrangement of views shows a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Code, machines, timeline, executor, memory.
    Scene,
    /// Code, timeline, what was printed, executor.
    Program,
    /// Slots of memory, code.
    Slots,
    /// Code, the browser's queues, executor.
    Queues,
    /// Staffings on one clock, code, executor.
    Staffings,
    /// Tasks over workers on one clock, code, executor.
    Workers,
    /// A pixel a future, as it is now.
    Wall,
    /// What each way of writing a machine costs, code.
    Costs,
}

/// Which picture leads a scenario: the large one, which draws its lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Hero {
    /// Tasks on one clock, to scale: polls, waits, and how late each is.
    Lanes,
    /// Futures on one clock, in groups: what waits end to end, and what side by side.
    Ways,
    /// Polls as strokes, with what each of them found, and what was left for whom.
    Comb,
    /// The way of a wake: poll in, waker out, wake back.
    Wake,
    /// Ready queue, poll, sleepers: one ring.
    Ring,
    /// What each state of a future holds: a row a state, its bytes to scale.
    Layout,
    /// Tasks, what they hold, and what they wait for: a ring.
    Guard,
    /// Two lanes into one gate: who passes, and what becomes of the other.
    Gate,
    /// A lock and its line, and the task that asked twice: a ring of four, and which link of it is dead.
    Line,
    /// Stacks of futures, side by side, over a shelf of the heap: what was taken from it, and given back.
    Frames,
    /// One lane with the lines that ran, cut at an await: what runs in the drop, what never runs, and what loops lose so.
    Cut,
    /// Who was polled when, what they did to what they share, and below it every other order and what it comes to.
    Orders,
    /// A machine's states, beside the code that they are made from.
    Machine,
    /// Slots of memory, and where pointers point to.
    Slots,
    /// Ways to pin: pointer, place and value of each, and which of them has moved.
    Pins,
    /// The fields of a pinned value as rooms, and what kind of pointer the door of each gives.
    Doors,
    /// A future and a promise: what the call of a function ran.
    Boxes,
    /// Programs, with what the compiler says to each.
    Rules,
    /// Staffings, each whole, on one clock.
    Staffings,
    /// Tasks over workers, each number of workers a group.
    Workers,
    /// Schedulers on one clock, and who may take the thread away.
    Schedulers,
    /// Futures and promises, and the border between the two.
    Border,
    /// One turn of the page's event loop: the places where work waits, and our ready queue among them.
    Turns,
    /// Futures and the fetches behind them, on one clock: which of the two goes on.
    Fetches,
    /// A stream: its source, its queue and its reader, and how far the source runs ahead on the clock.
    Pipe,
    /// Three ways to wait for a promise, each with its frames and its code, on one clock: who gives the thread back.
    Stacks,
    /// The same requests through two stacks of layers: shells around a service, and a clock below each.
    Shells,
    /// What each way of writing a machine costs.
    Costs,
    /// Two runtimes, each with its loop, and what goes from one to the other.
    Loops,
    /// A reactor's table: which source is ready, and whom to wake for it; and two orders of looking there and leaving a waker.
    Table,
    /// The levels from an await down to the wire, and the way of one request through them.
    Levels,
    /// A pixel a future.
    Wall,
}

/// Which module of the page makes a scenario's runs; its name is that of the module's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Module {
    /// A runner: what is opened first.
    First,
    /// A runner: what async code is for, and how it is used.
    Using,
    /// A runner: how tasks are run, and how futures are made.
    Tasks,
    /// A runner: what may move, and what keeps it where it is.
    Pinning,
    /// A runner: what goes wrong with it, and what it costs.
    Caveats,
    /// A runner: what is recorded live, in the browser's event loop.
    Promises,
    /// A runner: the crates around async code, and how they fit together.
    Ecosystem,
    /// What runs without a trace, and fast.
    Fast,
}

/// What a scenario says of each of its tracks, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// What each worker and each task did when.
    Lanes,
    /// How long a task takes.
    Takes,
    /// When all tasks were done, or how many are.
    Served,
    /// The share of the workers' time spent computing.
    Speaking,
    /// Tasks done in a second.
    Throughput,
    /// Bytes of stacks and futures.
    Memory,
    /// Tasks that wait at once.
    Waiting,
    /// Workers that compute at once.
    Computing,
    /// How often a worker was given another task.
    Taken,
}

/// What to predict before the first step; without options there is nothing to predict. Its words stand in the
/// catalogues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Question {
    /// The answers to choose from.
    pub options: &'static [&'static str],
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Guess {
    /// By one of its options.
    Choice,
    /// By putting the lines of the run into the order in which they are written.
    Order,
}

/// Files that are shown only with certain parameters; one that stands in several of these, with those of any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ShownWith {
    /// Their names.
    pub files: &'static [&'static str],
    /// The fields of the form that must all have these values, or, of lists, hold them.
    pub fields: &'static [(&'static str, &'static str)],
}

/// Files that are shown with these values alone.
pub(super) const fn shown(
    files: &'static [&'static str],
    fields: &'static [(&'static str, &'static str)],
) -> ShownWith {
    ShownWith { files, fields }
}

/// Fields that take a kind of findings away: with them the program is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Cure {
    /// The kind of the findings.
    pub finding: &'static str,
    /// The fields of the form, and their values.
    pub fields: &'static [(&'static str, &'static str)],
}

/// Crates that a scenario speaks of, in a table: what is said of each stands in the catalogues (`crate.<name>.<column>`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Crates {
    /// What is said of each.
    pub columns: &'static [&'static str],
    /// The levels on which they stand, from the top, if they do.
    pub levels: &'static [Level],
    /// Each crate.
    pub rows: &'static [Published],
}

/// A level between a program and the hardware.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Level {
    /// Its name in the catalogues.
    pub name: &'static str,
    /// The scenario that is about it.
    pub see: &'static str,
}

/// A crate, as it is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Published {
    /// Its name in the registry.
    pub name: &'static str,
    /// The version that it is spoken of.
    pub version: &'static str,
    /// The day on which that was published.
    pub released: &'static str,
    /// The level on which it stands; empty where there are none.
    pub level: &'static str,
    /// Where each of the columns is taken from.
    pub sources: &'static [&'static str],
}

/// A live run that is being recorded; the recorder comes back with the end recorded.
pub(crate) type Recording = Pin<Box<dyn Future<Output = TraceRecorder>>>;

/// What a scenario's folder provides.
pub(super) trait Spec {
    /// Its parameters.
    type Params: params::Params;

    /// Its name in links.
    const ID: &'static str;
    /// The part of the talk, from 1.
    const PART: u8;
    /// About how long it takes to step through, measured once.
    const MINUTES: u8;
    /// The moment of its default run at which its question is decided, if a small picture of the run would answer it.
    const PICTURED_TO: Option<&'static str> = None;
    /// How it is shown.
    const STAGE: Stage;
    /// Which picture leads it.
    const HERO: Hero = Hero::Lanes;
    /// What is made when it runs.
    const KIND: Kind = Kind::Deterministic;
    /// Where its runs are made.
    const MODULE: Module = Module::Tasks;
    /// With what choice they are recorded live, if it is there.
    const LIVE: Option<Live> = None;
    /// Whether there is a seed among its parameters.
    const SEEDED: bool;
    /// Whether it is about tasks that may be polled in another order: then the order and a seed are among its parameters.
    const SCHEDULED: bool = false;
    /// Its code.
    const FILES: &'static [CodeFile];
    /// Which of it is not always shown.
    const SHOWN_WITH: &'static [ShownWith] = &[];
    /// Whom its story is about: the name of a task without its number. Empty for all.
    const SUBJECT: &'static str = "";
    /// What decides its run, where no rule can know it: see `trace::Telling`.
    const DECIDES: &'static str = "";
    /// What to predict.
    const QUESTION: Question;
    /// How that is predicted.
    const GUESS: Guess = Guess::Choice;
    /// What is compared of its tracks, if it has some.
    const COLUMNS: &'static [Measure] = &[];
    /// The fields that a sweep goes through by itself, if there is one.
    const SWEEPS: &'static [&'static str] = &[];
    /// Runs that tests know whole; a deterministic scenario has at least one.
    const RECORDED: &'static [Recorded] = &[];
    /// The findings that its default run is meant to have.
    const FINDINGS: &'static [&'static str] = &[];
    /// What takes findings away.
    const CURES: &'static [Cure] = &[];
    /// The crates that it speaks of, if it does.
    const CRATES: Crates = Crates { columns: &[], levels: &[], rows: &[] };
    /// Whether its tasks share nothing but what the prelude's futures and cells report, and run until nothing is left to do
    /// (`block_on` stops when one of them is done). Then exploring knows which polls have to do with each other; otherwise it
    /// takes every order for another one.
    const ALL_REPORTED: bool = false;
    /// Whether another order of polls may be stuck.
    const MAY_BE_STUCK: bool = false;

    /// Begins a run, if it is deterministic.
    fn start(_params: Self::Params, _seed: u32, _setup: Setup) -> Option<Job> {
        None
    }

    /// Begins to record a run, if it is live, and it can be recorded here.
    fn record(_params: Self::Params, _seed: u32, _setup: Setup) -> Option<Recording> {
        None
    }

    /// The right one of the question's options, read off a finished run; none if the run does not say.
    fn answer(_trace: &Trace) -> Option<&'static str> {
        None
    }
}
