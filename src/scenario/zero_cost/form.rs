//! What the page gets of `zero-cost`. It is measured in the fast module, where the reader is: there is no trace.

use super::super::params::{self, params};
use super::super::spec::{CodeFile, Hero, Kind, Module, Question, Spec, Stage};
use super::measure::Costs;
use crate::scenario::{Given, Problem};

params! {
    ZeroCostParams {
        polls: (1..=1000000) = 1000,
        round: (1..=100, "ms") = 10,
        rounds: (5..=101) = 21,
    }
}

/// The scenario.
pub(in crate::scenario) struct ZeroCost;

impl Spec for ZeroCost {
    type Params = ZeroCostParams;

    const ID: &'static str = "zero-cost";
    const PART: u8 = 5;
    const MINUTES: u8 = 3;
    const STAGE: Stage = Stage::Costs;
    const HERO: Hero = Hero::Costs;
    const KIND: Kind = Kind::Untraced;
    const MODULE: Module = Module::Fast;
    const SEEDED: bool = false;
    const FILES: &'static [CodeFile] = &[
        CodeFile { name: "by_hand.rs", source: include_str!("by_hand.rs") },
        CodeFile { name: "async_fn.rs", source: include_str!("async_fn.rs") },
        CodeFile { name: "boxed.rs", source: include_str!("boxed.rs") },
        CodeFile { name: "four_deep.rs", source: include_str!("four_deep.rs") },
        CodeFile { name: "next_poll.rs", source: include_str!("next_poll.rs") },
    ];
    const QUESTION: Question = Question { options: &["hand", "async", "boxed", "boxed_dyn", "deep"] };
}

/// A measurement with a form's parameters.
///
/// # Errors
/// Every field that is wrong.
pub fn costs(given: Given<'_>) -> Result<Costs, Problem> {
    let (ZeroCostParams { polls, round, rounds }, _) = params::read::<ZeroCostParams>(given, ZeroCost::SEEDED)?;
    Ok(Costs::new(polls, f64::from(round), rounds, ZeroCost::QUESTION.options))
}
