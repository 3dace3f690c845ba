//! What a scenario's folder provides: its code, its parameters, its run and its question.

use super::job::{Job, Setup};
use super::params;
use crate::trace::Trace;
use serde::Serialize;

/// A file of a scenario's code: compiled, and shown as it was compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct CodeFile {
    /// The file's name, which traces name it by.
    pub name: &'static str,
    /// Its text.
    pub source: &'static str,
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
    /// A runner: what is recorded live, in the browser's event loop.
    Promises,
    /// What runs without a trace, and fast.
    Fast,
}

/// What to predict before the first step; without options there is nothing to predict. Its words stand in the
/// catalogues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Question {
    /// The answers to choose from.
    pub options: &'static [&'static str],
}

/// Files that are shown only with certain parameters; one that stands in several of these, with those of any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ShownWith {
    /// Their names.
    pub files: &'static [&'static str],
    /// The fields of the form that must all have these values.
    pub fields: &'static [(&'static str, &'static str)],
}

/// What a scenario's folder provides.
pub(super) trait Spec {
    /// Its parameters.
    type Params: params::Params;

    /// Its name in links.
    const ID: &'static str;
    /// The part of the talk, from 1.
    const PART: u8;
    /// How it is shown.
    const STAGE: Stage;
    /// Where its runs are made.
    const MODULE: Module = Module::Tasks;
    /// Whether there is a seed among its parameters.
    const SEEDED: bool;
    /// Whether it is about tasks that may be polled in another order: then the order and a seed are among its parameters.
    const SCHEDULED: bool = false;
    /// Its code.
    const FILES: &'static [CodeFile];
    /// Which of it is not always shown.
    const SHOWN_WITH: &'static [ShownWith] = &[];
    /// What to predict.
    const QUESTION: Question;

    /// Begins a run; none if it is begun elsewhere.
    fn start(params: Self::Params, seed: u32, setup: Setup) -> Option<Job>;

    /// The right one of the question's options, read off a finished run; none if the run does not say.
    fn answer(trace: &Trace) -> Option<&'static str>;
}
