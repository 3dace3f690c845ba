//! `lazy`: an async fn is called, and nothing of it runs until its future is polled.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
pub(crate) mod code;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
#[path = "hello.rs"]
mod as_written;
/// The async fn, as `code` calls it: what becomes of its future is recorded.
#[allow(missing_docs, unreachable_pub)]
mod hello {
    use super::as_written;
    use crate::prelude::{Called, called};

    #[track_caller]
    pub fn hello(takes: u32) -> Called<impl Future<Output = ()>> {
        called("hello", as_written::hello(takes))
    }
}

use super::checks::Recorded;
use super::job::Job;
use super::live::Runs;
use super::params::params;
use super::setup::Setup;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
use super::spec::Recording;
use super::spec::{CodeFile, Cure, Hero, Live, Module, Question, ShownWith, Spec, Stage, live, shown};
use crate::trace::ids::TaskId;
use crate::trace::{Event, Trace};

const CODE: CodeFile = CodeFile { name: "code.rs", source: include_str!("code.rs") };
const HELLO: CodeFile = CodeFile { name: "hello.rs", source: include_str!("hello.rs") };
const PAGE: CodeFile = CodeFile { name: "page.js", source: include_str!("page.js") };

params! {
    LazyParams {
        then: [Then] = Then::Await,
        held: (0..=1000, "ms") = 20,
        takes: (0..=1000, "ms") = 30,
        runs: [Runs] = Runs::Virtual,
    }
    Then { Await = "await", Spawn = "spawn", PollOnce = "poll_once", Drop = "drop" }
}

/// The scenario.
pub(super) struct Lazy;

impl Spec for Lazy {
    type Params = LazyParams;

    const ID: &'static str = "lazy";
    const PART: u8 = 2;
    const MINUTES: u8 = 2;
    const STAGE: Stage = Stage::Program;
    const HERO: Hero = Hero::Boxes;
    const MODULE: Module = Module::Using;
    const SEEDED: bool = false;
    const ALL_REPORTED: bool = true;
    const LIVE: Option<Live> = live(Stage::Queues, &[]);
    const FILES: &'static [CodeFile] = &[CODE, HELLO, PAGE];
    const SHOWN_WITH: &'static [ShownWith] = &[shown(&["page.js"], &[("runs", "live")])];
    // A promise has run its lines before: of both, the later one.
    const DECIDES: &'static str = "last log hello: my first line";
    const QUESTION: Question = Question { options: &["at_call", "in_main", "own_task", "never"] };
    const CURES: &'static [Cure] = &[Cure { finding: "never_polled", fields: &[("then", "await")] }];
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("lazy", &[], "in_main"),
        Recorded::new("lazy-spawn", &[("then", "spawn")], "own_task"),
        Recorded::new("lazy-poll-once", &[("then", "poll_once")], "in_main"),
        Recorded::new("lazy-drop", &[("then", "drop")], "never"),
    ];

    fn start(LazyParams { then, held, takes, .. }: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        executor.spawn_detached("main", code::main(then, held, takes));
        Some(Job::of_tasks(executor))
    }

    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    fn record(params: Self::Params, _seed: u32, setup: Setup) -> Option<Recording> {
        Some(Box::pin(crate::interop::lazy::record(params, setup)))
    }

    /// Of what Rust wrote: the promise's lines are no task's.
    fn answer(trace: &Trace) -> Option<&'static str> {
        let line = |i| match trace.event(i) {
            Event::Logged { task, site, .. } if task.is_some() => {
                trace.site(site).map(|s| (task, trace.name(s.file) == HELLO.name))
            }
            _ => None,
        };
        let lines: Vec<(TaskId, bool)> = (0..trace.len()).filter_map(line).collect();
        let Some(first) = lines.iter().position(|&(_, of_hello)| of_hello) else { return Some("never") };
        let (main, runs_it) = (lines[0].0, lines[first].0);
        Some(match first {
            // Only the line before the call stands before it.
            1 => "at_call",
            _ if runs_it == main => "in_main",
            _ => "own_task",
        })
    }
}
