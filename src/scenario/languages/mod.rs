//! `languages`: one workload under the schedulers that languages give: threads, goroutines, futures on one worker and on
//! several. Only the futures on one worker are real here.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod code;

use super::checks::Recorded;
use super::job::Job;
use super::params::params;
use super::setup::Setup;
use super::spec::{CodeFile, Hero, Measure, Module, Question, Spec, Stage};
use super::workers::{Compared, Rules};
use crate::trace::Trace;
use crate::trace::tracks::Track;
use crate::view::tracks::Tracks;
use code::Work;

const CODE: CodeFile = CodeFile { name: "code.rs", source: include_str!("code.rs") };

params! {
    LanguagesParams {
        tasks: (1..=10000) = 12,
        wait: (0..=10000, "ms") = 20,
        compute: (0..=1000, "ms") = 3,
        long: (0..=10000, "ms") = 30,
        cores: (1..=8) = 2,
        slice: (1..=1000, "ms") = 4,
        switch: (0..=100, "ms") = 1,
        stack: (1..=65536, "KiB") = 2048,
        gostack: (1..=65536, "KiB") = 2,
    }
}

/// The scenario.
pub(super) struct Languages;

impl Spec for Languages {
    type Params = LanguagesParams;

    const ID: &'static str = "languages";
    const PART: u8 = 2;
    const MINUTES: u8 = 5;
    const STAGE: Stage = Stage::Workers;
    const HERO: Hero = Hero::Schedulers;
    const MODULE: Module = Module::Using;
    const SEEDED: bool = false;
    const ALL_REPORTED: bool = true;
    const FILES: &'static [CodeFile] = &[CODE];
    const QUESTION: Question = Question { options: &["nowhere", "one", "futures", "everywhere"] };
    const COLUMNS: &'static [Measure] =
        &[Measure::Lanes, Measure::Takes, Measure::Served, Measure::Taken, Measure::Memory];
    const RECORDED: &'static [Recorded] = &[Recorded::new("languages", &[("tasks", "3")], "one")];
    const FINDINGS: &'static [&'static str] = &["blocked task 1 for 30 ms, 11 others, 30 ms late"];

    fn start(params: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        let LanguagesParams { tasks, wait, compute, long, cores, slice, switch, .. } = params;
        let (stack, gostack) = (u64::from(params.stack) << 10, u64::from(params.gostack) << 10);
        let make = move |i| {
            let first = if i == 0 { long } else { compute };
            code::task(Work { first, wait, then: compute })
        };
        let size = size_of_val(&make(0)) as u64;
        let mut compared = Compared::new(&executor, tasks, &[], make);
        let over = |threads, each| Track { threads, stack, each, ..Track::default() };
        let preemptive = |switch| Rules { workers: cores, slice: Some(slice), switch };
        compared.model("os_threads", preemptive(switch), over(tasks, 0));
        compared.model("goroutines", preemptive(0), over(cores, gostack));
        compared.real("futures", stack);
        compared.model("futures_over", Rules::cooperative(cores), over(cores, size));
        Some(Job::new(executor, compared))
    }

    fn answer(trace: &Trace) -> Option<&'static str> {
        let tracks = Tracks::of(trace)?;
        if trace.tasks.len() < 2 {
            return None;
        }
        let held: Option<Vec<bool>> =
            (0..tracks.len()).map(|t| tracks.others_compute_before_it_waits(t, 0).map(|others| !others)).collect();
        match held?[..] {
            [false, false, false, false] => Some("nowhere"),
            [false, false, true, false] => Some("one"),
            [false, false, true, true] => Some("futures"),
            [true, true, true, true] => Some("everywhere"),
            _ => None,
        }
    }
}
