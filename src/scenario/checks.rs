//! What a scenario declares of its own runs, for tests to hold it to. No module of the page has any of this.

use super::params::Given;

/// A run that stands whole in `tests/traces/`.
#[derive(Clone, Copy, Debug)]
pub struct Recorded {
    /// The name of its file.
    pub name: &'static str,
    /// Its parameters.
    pub given: Given<'static>,
    /// The right answer to the scenario's question; none if the run does not say.
    pub answer: Option<&'static str>,
}

impl Recorded {
    /// A run with an answer.
    pub(super) const fn new(name: &'static str, given: Given<'static>, answer: &'static str) -> Self {
        Recorded { name, given, answer: Some(answer) }
    }
}

/// What a scenario declares.
#[derive(Clone, Copy, Debug)]
pub struct Checks {
    /// The scenario's id.
    pub id: &'static str,
    /// Runs that are recorded whole; every deterministic scenario has one.
    pub recorded: &'static [Recorded],
    /// The findings of its default run, as their causes are written.
    pub findings: &'static [&'static str],
    /// Whether another order of polls may be stuck.
    pub may_be_stuck: bool,
}
