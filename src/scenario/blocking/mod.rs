//! `blocking`: one task that does not await stalls all others; and what helps.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod code;

use super::checks::Recorded;
use super::job::Job;
use super::params::params;
use super::setup::Setup;
use super::spec::{CodeFile, Cure, Module, Question, Spec, Stage};
use crate::trace::{Event, Trace};
use std::cell::Cell;
use std::rc::Rc;

const CODE: CodeFile = CodeFile { name: "code.rs", source: include_str!("code.rs") };

params! {
    BlockingParams {
        way: [Ways] = Ways::All,
        job_takes: (1..=1000, "ms") = 50,
        pieces: (1..=100) = 5,
        others: (1..=20) = 2,
        period: (1..=1000, "ms") = 20,
    }
    Ways { All = "all", Block = "block", Yield = "yield", Sleep = "sleep" }
}

/// How the job is done.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    /// In one piece, without an await.
    Block,
    /// In pieces, giving way after each.
    Yield,
    /// By a timer.
    Sleep,
}

/// The scenario.
pub(super) struct Blocking;

impl Spec for Blocking {
    type Params = BlockingParams;

    const ID: &'static str = "blocking";
    const PART: u8 = 2;
    const MINUTES: u8 = 4;
    const PICTURED_TO: Option<&str> = Some("t3.p1.end");
    const STAGE: Stage = Stage::Program;
    const MODULE: Module = Module::Using;
    const SEEDED: bool = false;
    const FILES: &'static [CodeFile] = &[CODE];
    const QUESTION: Question = Question { options: &["in_time", "piece", "job"] };
    const RECORDED: &'static [Recorded] = &[Recorded::new("blocking", &[], "job")];
    const FINDINGS: &'static [&'static str] =
        &["blocked task 3 for 50 ms, 2 others, 30 ms late", "blocked task 3 for 10 ms, 2 others, 10 ms late"];
    const CURES: &'static [Cure] = &[Cure { finding: "blocked", fields: &[("way", "sleep")] }];

    fn start(params: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let BlockingParams { way, job_takes, pieces, others, period } = params;
        let ways = match way {
            Ways::All => vec![Way::Block, Way::Yield, Way::Sleep],
            Ways::Block => vec![Way::Block],
            Ways::Yield => vec![Way::Yield],
            Ways::Sleep => vec![Way::Sleep],
        };
        let executor = setup.executor();
        let over = Rc::new(Cell::new(false));
        // The others come first: their timers are set when the job begins.
        for n in 1..=others {
            executor.spawn_detached(&format!("other {n}"), code::other(period, over.clone()));
        }
        executor.spawn_detached("job", code::jobs(ways, job_takes, pieces, over));
        Some(Job::of_tasks(executor))
    }

    fn answer(trace: &Trace) -> Option<&'static str> {
        // Of the poll that came latest after its timer was due: how late, and who computed last before it.
        let (mut latest, mut before, mut last, mut due) = (0, None, None, Vec::new());
        for i in 0..trace.len() {
            match trace.event(i) {
                Event::ClockAdvanced { task, site, .. } if task.is_some() => last = Some(site),
                Event::TimerFired { timer, task } => due.push((task, trace.timers[timer.0 as usize - 1])),
                Event::PollStarted { task, .. } => {
                    let Some(of) = due.iter().position(|&(t, _)| t == task) else { continue };
                    let late = trace.time(i).saturating_sub(due.swap_remove(of).1);
                    if late > latest {
                        (latest, before) = (late, last);
                    }
                }
                _ => {}
            }
        }
        let Some(site) = before else { return Some("in_time") };
        // A line that computes again and again computes in pieces.
        let same = |&i: &usize| matches!(trace.event(i), Event::ClockAdvanced { site: at, .. } if at == site);
        Some(if (0..trace.len()).filter(same).count() > 1 { "piece" } else { "job" })
    }
}
