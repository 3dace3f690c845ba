//! `poll-waker`: the same call by a `poll` without a waker, asked again and again, and by the real one.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod real;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod simple;

use super::checks::Recorded;
use super::job::Job;
use super::params::params;
use super::setup::Setup;
use super::spec::{CodeFile, Cure, Hero, Question, Spec, Stage};
use crate::prelude::bell;
use crate::trace::ids::TaskId;
use crate::trace::{Event, Trace};

const SIMPLE: CodeFile = CodeFile { name: "simple.rs", source: include_str!("simple.rs") };
const REAL: CodeFile = CodeFile { name: "real.rs", source: include_str!("real.rs") };

params! {
    PollWakerParams {
        callers: (1..=100) = 1,
        ring: (0..=1000, "ms") = 24,
        look: (1..=100, "ms") = 1,
        trait_of: [TraitOf] = TraitOf::Both,
    }
    TraitOf { Both = "both", Simple = "simple", Real = "real" }
}

/// The names of their tasks.
const WITHOUT: &str = "no waker";
const WITH: &str = "waker";

/// The scenario.
pub(super) struct PollWaker;

impl Spec for PollWaker {
    type Params = PollWakerParams;

    const ID: &'static str = "poll-waker";
    const PART: u8 = 3;
    const MINUTES: u8 = 3;
    const PICTURED_TO: Option<&str> = Some("t1.p3");
    const STAGE: Stage = Stage::Program;
    const HERO: Hero = Hero::Comb;
    const SEEDED: bool = false;
    const ALL_REPORTED: bool = true;
    const FILES: &'static [CodeFile] = &[SIMPLE, REAL];
    const QUESTION: Question = Question { options: &["as_often", "more_often", "ten_times"] };
    const RECORDED: &'static [Recorded] = &[Recorded::new("poll-waker", &[], "ten_times")];
    const FINDINGS: &'static [&'static str] = &["busy_polling task 1 AskAgain, 16 polls"];
    const CURES: &'static [Cure] = &[Cure { finding: "busy_polling", fields: &[("trait_of", "real")] }];

    fn start(params: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        let PollWakerParams { callers, ring, look, trait_of } = params;
        for _ in 0..callers {
            if trait_of != TraitOf::Real {
                let bell = executor.inside(|| bell(ring));
                drop(executor.spawn(WITHOUT, simple::caller(bell, look)));
            }
            if trait_of != TraitOf::Simple {
                let bell = executor.inside(|| bell(ring));
                drop(executor.spawn(WITH, real::caller(bell)));
            }
        }
        Some(Job::of_tasks(executor))
    }

    fn answer(trace: &Trace) -> Option<&'static str> {
        let first = |name| {
            let task = (1..=trace.tasks.len() as u32).map(TaskId).find(|&task| trace.task_name(task) == name)?;
            let is_poll = |i: &usize| matches!(trace.event(*i), Event::PollStarted { task: of, .. } if of == task);
            Some((0..trace.len()).filter(is_poll).count()).filter(|polls| *polls > 0)
        };
        let (without, with) = (first(WITHOUT)?, first(WITH)?);
        Some(match without {
            _ if without <= with => "as_often",
            _ if without < 10 * with => "more_often",
            _ => "ten_times",
        })
    }
}
