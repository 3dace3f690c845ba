//! `concurrency-parallelism`: the same tasks over one worker, which is real, and over more, which are models.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod asynchronous;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod blocking;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod code;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod nonblocking;
#[allow(unreachable_pub)]
#[rustfmt::skip]
mod source;

use super::checks::Recorded;
use super::job::Job;
use super::params::params;
use super::setup::Setup;
use super::spec::{CodeFile, Cure, Hero, Measure, Module, Question, Spec, Stage};
use super::workers::{Compared, Rules};
use crate::trace::event::WakeEffect;
use crate::trace::tracks::{Spent, Track};
use crate::trace::{Event, Trace};
use crate::view::tracks::Tracks;

const CODE: CodeFile = CodeFile { name: "code.rs", source: include_str!("code.rs") };
const SOURCE: CodeFile = CodeFile { name: "source.rs", source: include_str!("source.rs") };
const BLOCKING: CodeFile = CodeFile { name: "blocking.rs", source: include_str!("blocking.rs") };
const NONBLOCKING: CodeFile = CodeFile { name: "nonblocking.rs", source: include_str!("nonblocking.rs") };
const ASYNCHRONOUS: CodeFile = CodeFile { name: "asynchronous.rs", source: include_str!("asynchronous.rs") };

params! {
    ConcurrencyParams {
        tasks: (1..=10000) = 8,
        wait: (0..=10000, "ms") = 30,
        compute: (0..=1000, "ms") = 3,
        ask: (1..=1000, "ms") = 1,
        read: [Read] = Read::Async,
        workers: (1..=8) = 4,
    }
    Read { Blocking = "blocking", Nonblocking = "nonblocking", Async = "async" }
}

/// Time in which a task has its worker and does not compute: the ways to read have a file each.
const SPENT_IN: [(&str, Spent); 2] = [(BLOCKING.name, Spent::Blocked), (NONBLOCKING.name, Spent::Looking)];

/// A thread's stack, in bytes: what Rust's standard library gives one that it spawns.
const STACK: u64 = 2 << 20;

/// The scenario.
pub(super) struct ConcurrencyParallelism;

impl Spec for ConcurrencyParallelism {
    type Params = ConcurrencyParams;

    const ID: &'static str = "concurrency-parallelism";
    const PART: u8 = 1;
    const MINUTES: u8 = 4;
    const STAGE: Stage = Stage::Workers;
    const HERO: Hero = Hero::Workers;
    const MODULE: Module = Module::Using;
    const SEEDED: bool = false;
    const ALL_REPORTED: bool = true;
    const FILES: &'static [CodeFile] = &[CODE, ASYNCHRONOUS, NONBLOCKING, BLOCKING, SOURCE];
    const QUESTION: Question = Question { options: &["one", "asking", "many", "both"] };
    const COLUMNS: &'static [Measure] =
        &[Measure::Lanes, Measure::Waiting, Measure::Computing, Measure::Speaking, Measure::Served];
    const CURES: &'static [Cure] = &[Cure { finding: "blocked", fields: &[("read", "async")] }];
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("concurrency-parallelism", &[("tasks", "2"), ("workers", "2")], "many"),
        Recorded::new(
            "concurrency-nonblocking",
            &[("tasks", "2"), ("workers", "2"), ("wait", "6"), ("read", "nonblocking")],
            "asking",
        ),
        Recorded::new("concurrency-blocking", &[("tasks", "2"), ("workers", "2"), ("read", "blocking")], "one"),
    ];

    fn start(params: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let mut workers: Vec<u32> = [2, 4].into_iter().filter(|n| *n < params.workers).collect();
        workers.extend((params.workers > 1).then_some(params.workers));
        Some(run(&params, setup, &workers))
    }

    fn answer(trace: &Trace) -> Option<&'static str> {
        let real = Tracks::of(trace)?.frame(trace, trace.len()).tracks.into_iter().find(|t| !t.model)?;
        real.all_finished?;
        let again = |i| matches!(trace.event(i), Event::Woken { effect: WakeEffect::DuringPoll, .. });
        let asks = (0..trace.len()).any(again);
        match (real.waiting[1], real.computing[1]) {
            (_, 2..) => Some("both"),
            (2.., _) => Some("many"),
            (0, _) if asks => Some("asking"),
            (1, _) => Some("one"),
            _ => None,
        }
    }
}

/// One worker for real, and these many as models.
fn run(params: &ConcurrencyParams, setup: Setup, models: &[u32]) -> Job {
    let executor = setup.executor();
    let ConcurrencyParams { tasks, wait, compute, ask, read, .. } = *params;
    let mut compared = Compared::new(&executor, tasks, &SPENT_IN, move |_| code::task(wait, compute, ask, read));
    compared.real("worker1", STACK);
    for &n in models {
        let track = Track { threads: n, stack: STACK, ..Track::default() };
        compared.model(format_args!("worker{n}"), Rules::cooperative(n), track);
    }
    Job::new(executor, compared)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn one_simulated_worker_is_the_real_one(
            (tasks, wait, compute, ask) in (1..30_u32, 0..50_u32, 0..6_u32, 1..5_u32),
            read in proptest::sample::select(vec![Read::Blocking, Read::Nonblocking, Read::Async]),
        ) {
            let params = ConcurrencyParams { tasks, wait, compute, ask, read, workers: 1 };
            let trace = run(&params, Setup::default(), &[1]).run();
            let tracks = Tracks::of(&trace).expect("there are two");
            let spans = tracks.spans();
            let of = |track: u32| {
                let mut rows: Vec<_> = spans.chunks(5).filter(|row| row[0] / 2 == track)
                    .map(|row| (row[0] % 2, row[1..].to_vec())).collect();
                rows.sort();
                rows
            };
            proptest::prop_assert_eq!(of(1), of(0));
            for cursor in [trace.len() / 2, trace.len()] {
                let now = tracks.frame(&trace, cursor).tracks;
                proptest::prop_assert_eq!(now[0].waiting, now[1].waiting);
                proptest::prop_assert_eq!(now[0].computing, now[1].computing);
            }
            let end = tracks.frame(&trace, trace.len()).tracks;
            proptest::prop_assert_eq!(end[0].all_finished, end[1].all_finished);
            proptest::prop_assert_eq!(end[0].percentiles, end[1].percentiles);
            proptest::prop_assert_eq!(end[0].taken, end[1].taken);
        }
    }
}
