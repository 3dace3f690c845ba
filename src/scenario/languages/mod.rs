//! `languages`: one workload under the schedulers that languages give: threads, goroutines, futures on one worker and on
//! several. Under the virtual clock only the futures on one worker are real; in a live run promises are, too.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod code;

use super::checks::Recorded;
use super::job::Job;
use super::live::Runs;
use super::params::params;
use super::setup::Setup;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
use super::spec::Recording;
use super::spec::{CodeFile, Hero, Live, Measure, Module, Question, ShownWith, Spec, Stage, live, shown};
#[cfg(all(target_arch = "wasm32", feature = "js"))]
use super::workers::simulated;
use super::workers::{Compared, Rules};
use crate::trace::Trace;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
use crate::trace::tracks::Entry;
use crate::trace::tracks::Track;
use crate::view::tracks::Tracks;
use code::Work;

const CODE: CodeFile = CodeFile { name: "code.rs", source: include_str!("code.rs") };
const PAGE: CodeFile = CodeFile { name: "page.js", source: include_str!("page.js") };

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
        runs: [Runs] = Runs::Virtual,
    }
}

impl LanguagesParams {
    /// How long a task, from 0, computes, waits, and computes again, in ms.
    pub(crate) fn work(&self, task: u32) -> [u32; 3] {
        [if task == 0 { self.long } else { self.compute }, self.wait, self.compute]
    }

    /// A task.
    pub(crate) fn task(&self, task: u32) -> impl Future<Output = ()> + use<> {
        let [first, wait, then] = self.work(task);
        code::task(Work { first, wait, then })
    }

    /// What kernels and runtimes are that take the core away, by the name of the model.
    fn preemptive(&self) -> [(&'static str, Rules, Track); 2] {
        let LanguagesParams { tasks, cores, slice, switch, .. } = *self;
        let (stack, each) = (u64::from(self.stack) << 10, u64::from(self.gostack) << 10);
        let rules = |switch| Rules { workers: cores, slice: Some(slice), switch };
        [
            ("os_threads", rules(switch), Track { threads: tasks, stack, ..Track::default() }),
            ("goroutines", rules(0), Track { threads: cores, stack, each, ..Track::default() }),
        ]
    }

    /// Futures over several workers, a model.
    fn cooperative(&self, size: u64) -> (&'static str, Rules, Track) {
        let stack = u64::from(self.stack) << 10;
        let track = Track { threads: self.cores, stack, each: size, ..Track::default() };
        ("futures_over", Rules::cooperative(self.cores), track)
    }

    /// The tracks of a live run: the models on its clock, of so many units a ms, the promises as they were measured, and the
    /// futures that will be its events.
    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    pub(crate) fn live_tracks(&self, promises: Vec<Entry>, per_ms: u64) -> Vec<(&'static str, Track)> {
        let params = *self;
        let model = |(name, rules, track): (&'static str, Rules, Track)| {
            let mut entries = simulated(rules, params.tasks, &move |i| Box::pin(params.task(i)));
            entries.iter_mut().for_each(|entry| entry.time *= per_ms);
            (name, Track { model: true, workers: rules.workers, entries, ..track })
        };
        let thread = Track { threads: 1, workers: 1, stack: u64::from(self.stack) << 10, ..Track::default() };
        let mut all: Vec<_> = self.preemptive().into_iter().map(model).collect();
        all.push(("promises", Track { entries: promises, ..thread.clone() }));
        all.push(("futures", thread));
        all.push(model(self.cooperative(size_of_val(&self.task(0)) as u64)));
        all
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
    const LIVE: Option<Live> = live(Stage::Workers, &[("tasks", 24), ("wait", 1000), ("compute", 10), ("long", 200)]);
    const FILES: &'static [CodeFile] = &[CODE, PAGE];
    const SHOWN_WITH: &'static [ShownWith] = &[shown(&["page.js"], &[("runs", "live")])];
    const QUESTION: Question = Question { options: &["nowhere", "one", "futures", "everywhere"] };
    const COLUMNS: &'static [Measure] =
        &[Measure::Lanes, Measure::Takes, Measure::Served, Measure::Taken, Measure::Memory];
    const RECORDED: &'static [Recorded] = &[Recorded::new("languages", &[("tasks", "3")], "one")];
    const FINDINGS: &'static [&'static str] = &["blocked task 1 for 30 ms, 11 others, 30 ms late"];

    fn start(params: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        let make = move |i| params.task(i);
        let size = size_of_val(&make(0)) as u64;
        let mut compared = Compared::new(&executor, params.tasks, &[], make);
        for (name, rules, track) in params.preemptive() {
            compared.model(name, rules, track);
        }
        compared.real("futures", u64::from(params.stack) << 10);
        let (name, rules, track) = params.cooperative(size);
        compared.model(name, rules, track);
        Some(Job::new(executor, compared))
    }

    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    fn record(params: Self::Params, _seed: u32, setup: Setup) -> Option<Recording> {
        Some(Box::pin(crate::interop::languages::record(params, setup)))
    }

    fn answer(trace: &Trace) -> Option<&'static str> {
        let tracks = Tracks::of(trace)?;
        if trace.tasks.len() < 2 {
            return None;
        }
        let held: Option<Vec<bool>> =
            (0..tracks.len()).map(|t| tracks.others_compute_before_it_waits(t, 0).map(|others| !others)).collect();
        // Promises, where there are some, are in the middle: one thread for all, as with futures on one worker.
        let (preemptive, one, several) = match held?[..] {
            [os, go, one, several] if os == go => (os, one, several),
            [os, go, promises, one, several] if os == go && promises == one => (os, one, several),
            _ => return None,
        };
        match (preemptive, one, several) {
            (false, false, false) => Some("nowhere"),
            (false, true, false) => Some("one"),
            (false, true, true) => Some("futures"),
            (true, true, true) => Some("everywhere"),
            _ => None,
        }
    }
}
