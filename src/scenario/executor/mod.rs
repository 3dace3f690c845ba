//! `executor`: the ready queue, wakers, join handles and the order of polls, step by step; and futures that are polled
//! after they were ready.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod after_ready;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod code;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod small;

use super::checks::Recorded;
use super::job::Job;
use super::params::params;
use super::setup::Setup;
use super::spec::{CodeFile, Cure, Hero, Question, ShownWith, Spec, Stage, shown};
use crate::trace::event::Outcome;
use crate::trace::ids::TaskId;
use crate::trace::{Event, Trace};

const CODE: CodeFile = CodeFile { name: "code.rs", source: include_str!("code.rs") };
const SMALL: CodeFile = CodeFile { name: "small.rs", source: include_str!("small.rs") };
const AFTER_READY: CodeFile = CodeFile { name: "after_ready.rs", source: include_str!("after_ready.rs") };

params! {
    ExecutorParams {
        children: (0..=100) = 3,
        turns: (0..=100) = 1,
        nudges: (1..=100) = 3,
        last: [Last] = Last::AfterReady,
    }
    Last { Nothing = "nothing", AfterReady = "after_ready", Panic = "panic", Small = "small" }
}

/// The scenario.
pub(super) struct ExecutorScenario;

impl Spec for ExecutorScenario {
    type Params = ExecutorParams;

    const ID: &'static str = "executor";
    const PART: u8 = 3;
    const MINUTES: u8 = 5;
    const PICTURED_TO: Option<&str> = Some("t1.p2");
    const STAGE: Stage = Stage::Program;
    const HERO: Hero = Hero::Ring;
    const SEEDED: bool = true;
    const SCHEDULED: bool = true;
    const FILES: &'static [CodeFile] = &[CODE, AFTER_READY, SMALL];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(&["after_ready.rs"], &[("last", "after_ready")]),
        shown(&["after_ready.rs"], &[("last", "panic")]),
        shown(&["small.rs"], &[("last", "small")]),
    ];
    const SUBJECT: &'static str = "main";
    const DECIDES: &'static str = "last polled";
    const QUESTION: Question = Question { options: &["once", "twice", "each", "other"] };
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("executor", &[], "twice"),
        Recorded::new("executor-lifo", &[("order", "lifo"), ("last", "nothing")], "twice"),
        Recorded::new("executor-small", &[("last", "small")], "twice"),
    ];
    const FINDINGS: &'static [&'static str] = &[
        "polled_after_ready task 7 no_op",
        "polled_after_ready task 7 falls_silent",
        "polled_after_ready task 7 counts",
    ];
    const CURES: &'static [Cure] = &[Cure { finding: "polled_after_ready", fields: &[("last", "nothing")] }];

    fn start(params: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        drop(executor.spawn("main", code::main(params)));
        Some(Job::of_tasks(executor))
    }

    fn answer(trace: &Trace) -> Option<&'static str> {
        let main = TaskId(1);
        let is_done = |i: &usize| matches!(trace.event(*i), Event::PollEnded { task, outcome: Outcome::Ready, .. } if task == main);
        let is_poll = |i: &usize| matches!(trace.event(*i), Event::PollStarted { task, .. } if task == main);
        (0..trace.len()).find(is_done)?;
        let polls = (0..trace.len()).filter(is_poll).count();
        let children = trace.tasks.iter().filter(|t| trace.name(t.name) == "child").count();
        Some(match polls {
            1 => "once",
            2 => "twice",
            n if n == children + 1 => "each",
            _ => "other",
        })
    }
}
