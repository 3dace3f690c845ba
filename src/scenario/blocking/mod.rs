//! `blocking`: one task that does not await stalls all others; and what helps.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
pub(crate) mod code;
mod pool;

use super::checks::Recorded;
use super::job::Job;
use super::live::Runs;
use super::params::params;
use super::setup::Setup;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
use super::spec::Recording;
use super::spec::{CodeFile, Cure, Live, Module, Question, ShownWith, Spec, Stage, live, shown};
use crate::trace::{Event, Trace};
pub(crate) use pool::Pool;
use std::cell::Cell;
use std::rc::Rc;

const CODE: CodeFile = CodeFile { name: "code.rs", source: include_str!("code.rs") };
const PAGE: CodeFile = CodeFile { name: "page.js", source: include_str!("page.js") };
const WORKER: CodeFile = CodeFile { name: "worker.js", source: include_str!("worker.js") };

params! {
    BlockingParams {
        way: [Ways] = Ways::All,
        job_takes: (1..=1000, "ms") = 50,
        pieces: (1..=100) = 5,
        others: (1..=20) = 2,
        period: (1..=1000, "ms") = 20,
        runs: [Runs] = Runs::Virtual,
    }
    Ways { All = "all", Block = "block", Yield = "yield", Sleep = "sleep", Worker = "worker" }
}

/// How the job is done.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Way {
    /// In one piece, without an await.
    Block,
    /// In pieces, giving way after each.
    Yield,
    /// By a timer.
    Sleep,
    /// By another thread.
    Worker,
}

impl BlockingParams {
    /// How the job is done, in turn. In a live run the worker is real, and comes last.
    pub(crate) fn ways(&self) -> Vec<Way> {
        match (self.way, self.runs) {
            (Ways::All, Runs::Virtual) => vec![Way::Block, Way::Yield, Way::Sleep],
            (Ways::All, Runs::Live) => vec![Way::Block, Way::Yield, Way::Sleep, Way::Worker],
            (Ways::Block, _) => vec![Way::Block],
            (Ways::Yield, _) => vec![Way::Yield],
            (Ways::Sleep, _) => vec![Way::Sleep],
            (Ways::Worker, _) => vec![Way::Worker],
        }
    }
}

#[cfg(all(target_arch = "wasm32", feature = "js"))]
impl BlockingParams {
    /// Whether one of the ways needs a worker.
    pub(crate) fn has_worker(&self) -> bool {
        self.ways().iter().any(|way| matches!(way, Way::Worker))
    }

    /// How long the jobs and the pauses between them take, in ms, and the last wait of the others.
    pub(crate) fn longest(&self) -> u32 {
        self.ways().len() as u32 * (self.job_takes + 10) + self.period
    }
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
    const LIVE: Option<Live> = live(Stage::Queues, &[("job_takes", 300), ("others", 10), ("period", 300)]);
    const FILES: &'static [CodeFile] = &[CODE, PAGE, WORKER];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(&["page.js", "worker.js"], &[("runs", "live"), ("way", "all")]),
        shown(&["page.js", "worker.js"], &[("runs", "live"), ("way", "worker")]),
    ];
    const QUESTION: Question = Question { options: &["in_time", "piece", "job"] };
    const RECORDED: &'static [Recorded] = &[Recorded::new("blocking", &[], "job")];
    const FINDINGS: &'static [&'static str] =
        &["blocked task 3 for 50 ms, 2 others, 30 ms late", "blocked task 3 for 10 ms, 2 others, 10 ms late"];
    const CURES: &'static [Cure] = &[Cure { finding: "blocked", fields: &[("way", "sleep")] }];

    fn start(params: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let BlockingParams { job_takes, pieces, others, period, .. } = params;
        let ways = params.ways();
        let executor = setup.executor();
        let over = Rc::new(Cell::new(false));
        // The others come first: their timers are set when the job begins.
        for n in 1..=others {
            executor.spawn_detached(&format!("other {n}"), code::other(period, over.clone()));
        }
        executor.spawn_detached("job", code::jobs(ways, job_takes, pieces, Pool::Model, over));
        Some(Job::of_tasks(executor))
    }

    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    fn record(params: Self::Params, _seed: u32, setup: Setup) -> Option<Recording> {
        Some(Box::pin(crate::interop::blocking::record(params, setup)))
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
