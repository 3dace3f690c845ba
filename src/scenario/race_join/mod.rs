//! `race-join`: two requests under `race`, `join!`, `select` and `try_join`, on one clock; and what becomes of the one that is
//! not waited for.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod code;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod sent;

use super::checks::Recorded;
use super::job::Job;
use super::params::params;
use super::setup::Setup;
use super::spec::{CodeFile, Hero, Module, Question, Spec, Stage};
use crate::trace::ids::TaskId;
use crate::trace::{Event, Trace};

const CODE: CodeFile = CodeFile { name: "code.rs", source: include_str!("code.rs") };
const SENT: CodeFile = CodeFile { name: "sent.rs", source: include_str!("sent.rs") };

params! {
    RaceJoinParams {
        fast: (0..=1000, "ms") = 10,
        slow: (0..=1000, "ms") = 30,
        gate: [Gate] = Gate::All,
        fails: [Fails] = Fails::Yes,
    }
    Gate { All = "all", Race = "race", Join = "join", Select = "select", TryJoin = "try_join" }
    Fails { Yes = "yes", No = "no" }
}

/// The scenario.
pub(super) struct RaceJoin;

impl Spec for RaceJoin {
    type Params = RaceJoinParams;

    const ID: &'static str = "race-join";
    const PART: u8 = 5;
    const MINUTES: u8 = 4;
    const PICTURED_TO: Option<&str> = Some("t1.p2");
    const STAGE: Stage = Stage::Program;
    const HERO: Hero = Hero::Gate;
    const MODULE: Module = Module::Caveats;
    const SEEDED: bool = false;
    const ALL_REPORTED: bool = true;
    const FILES: &'static [CodeFile] = &[CODE, SENT];
    const DECIDES: &'static str = "log slow: dropped";
    const QUESTION: Question = Question { options: &["dropped", "unheard", "later"] };
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("race-join", &[], "dropped"),
        Recorded::new("race-join-all-answered", &[("gate", "try_join"), ("fails", "no")], "later"),
    ];

    fn start(params: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let RaceJoinParams { fast, slow, gate, fails } = params;
        let executor = setup.executor();
        let runs = |one| gate == Gate::All || gate == one;
        if runs(Gate::Race) {
            executor.spawn_detached("race", code::raced(fast, slow));
        }
        if runs(Gate::Join) {
            executor.spawn_detached("join!", code::joined(fast, slow));
        }
        if runs(Gate::Select) {
            executor.spawn_detached("select", code::selected(fast, slow));
        }
        if runs(Gate::TryJoin) {
            executor.spawn_detached("try_join", code::tried(fast, slow, fails == Fails::Yes));
        }
        Some(Job::of_tasks(executor))
    }

    /// Of the first task: whether one of its requests was dropped, or answered after the other one.
    fn answer(trace: &Trace) -> Option<&'static str> {
        let said = |end| {
            (0..trace.len())
                .filter(|&i| trace.columns.task(i) == TaskId(1))
                .filter(|&i| matches!(trace.event(i), Event::Logged { text, .. } if trace.name(text).ends_with(end)))
                .count()
        };
        match (said(": dropped"), said(": answered")) {
            (1.., _) => Some("dropped"),
            (0, 2) => Some("later"),
            _ => None,
        }
    }
}
