//! `rules`: four simple rules of async code, each as a small program that keeps it and one that breaks it, with what
//! the compiler says to that one.
//!
//! What the compiler refuses is no module of this crate, and nothing runs of it. `tests/messages.rs` captures all that
//! stands in a `.stderr` here; one is empty, because the compiler has nothing to say.

#[allow(missing_docs, unreachable_pub)]
#[path = "notes.rs"]
#[rustfmt::skip] // for a phone's width
mod as_written;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod await_outside_kept;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod blocking_io_broken;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod blocking_io_kept;
#[allow(missing_docs, unreachable_pub)]
#[allow(unused_must_use, reason = "the warning is what is shown")]
#[rustfmt::skip]
mod forgotten_await_broken;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod forgotten_await_kept;
/// The same, as the programs call it: what becomes of the future of an async fn is recorded.
#[allow(missing_docs, unreachable_pub)]
mod notes {
    use super::as_written;
    pub use super::as_written::{other, save_blocking};
    use crate::prelude::{Called, called};

    #[track_caller]
    pub fn save(note: &str) -> Called<impl Future<Output = usize>> {
        called("save", as_written::save(note))
    }
}
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod plain_fn_kept;

use super::checks;
use super::job::{Job, Work};
use super::params::params;
use super::refused::refuse;
use super::setup::{RecordedExecutor as Recorded, Setup};
use super::spec::{CodeFile, Cure, Hero, Module, Question, ShownWith, Spec, Stage, file, shown};
use crate::trace::{Event, Trace};

/// Where the programs' lines come from that are no program's own.
const NOTES: &str = "notes.rs";
/// The task that every program shares its thread with.
const OTHER: &str = "other";
/// The task of a program.
const MAIN: &str = "main";

params! {
    RulesParams {
        rule: [Rule] = Rule::ForgottenAwait,
        program: [Program] = Program::Broken,
    }
    Rule {
        AwaitOutside = "await_outside",
        ForgottenAwait = "forgotten_await",
        BlockingIo = "blocking_io",
        PlainFn = "plain_fn",
    }
    Program { Broken = "broken", Kept = "kept" }
}

/// What cures every program.
const KEPT: &[(&str, &str)] = &[("program", "kept")];

/// The scenario.
pub(super) struct Rules;

impl Spec for Rules {
    type Params = RulesParams;

    const ID: &'static str = "rules";
    const PART: u8 = 2;
    const MINUTES: u8 = 4;
    const STAGE: Stage = Stage::Program;
    const HERO: Hero = Hero::Rules;
    const MODULE: Module = Module::Using;
    const SEEDED: bool = false;
    const FILES: &'static [CodeFile] = &[
        file("await_outside_broken.rs", include_str!("await_outside_broken.rs")),
        file("await_outside_broken.stderr", include_str!("await_outside_broken.stderr")),
        file("await_outside_kept.rs", include_str!("await_outside_kept.rs")),
        file("forgotten_await_broken.rs", include_str!("forgotten_await_broken.rs")),
        file("forgotten_await_broken.stderr", include_str!("forgotten_await_broken.stderr")),
        file("forgotten_await_kept.rs", include_str!("forgotten_await_kept.rs")),
        file("blocking_io_broken.rs", include_str!("blocking_io_broken.rs")),
        file("blocking_io_broken.stderr", include_str!("blocking_io_broken.stderr")),
        file("blocking_io_kept.rs", include_str!("blocking_io_kept.rs")),
        file("plain_fn_broken.rs", include_str!("plain_fn_broken.rs")),
        file("plain_fn_broken.stderr", include_str!("plain_fn_broken.stderr")),
        file("plain_fn_kept.rs", include_str!("plain_fn_kept.rs")),
        file("notes.rs", include_str!("notes.rs")),
    ];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(
            &["await_outside_broken.rs", "await_outside_broken.stderr"],
            &[("rule", "await_outside"), ("program", "broken")],
        ),
        shown(&["await_outside_kept.rs"], &[("rule", "await_outside"), ("program", "kept")]),
        shown(
            &["forgotten_await_broken.rs", "forgotten_await_broken.stderr"],
            &[("rule", "forgotten_await"), ("program", "broken")],
        ),
        shown(&["forgotten_await_kept.rs"], &[("rule", "forgotten_await"), ("program", "kept")]),
        shown(
            &["blocking_io_broken.rs", "blocking_io_broken.stderr"],
            &[("rule", "blocking_io"), ("program", "broken")],
        ),
        shown(&["blocking_io_kept.rs"], &[("rule", "blocking_io"), ("program", "kept")]),
        shown(&["plain_fn_broken.rs", "plain_fn_broken.stderr"], &[("rule", "plain_fn"), ("program", "broken")]),
        shown(&["plain_fn_kept.rs"], &[("rule", "plain_fn"), ("program", "kept")]),
    ];
    const SUBJECT: &'static str = "main";
    const QUESTION: Question = Question { options: &["refused", "unsaved", "late", "well"] };
    const FINDINGS: &'static [&'static str] = &["never_polled task 2 save (1)"];
    const CURES: &'static [Cure] =
        &[Cure { finding: "never_polled", fields: KEPT }, Cure { finding: "blocked", fields: KEPT }];
    const RECORDED: &'static [checks::Recorded] = &[
        checks::Recorded::new("rules", &[], "unsaved"),
        checks::Recorded::new("rules-blocking-io", &[("rule", "blocking_io")], "late"),
        checks::Recorded::new("rules-plain-fn", &[("rule", "plain_fn"), ("program", "kept")], "well"),
    ];

    fn start(RulesParams { rule, program }: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        executor.spawn_detached(OTHER, notes::other());
        match (rule, program) {
            // There is no such program.
            (Rule::AwaitOutside, Program::Broken) => refuse(&executor, include_str!("await_outside_broken.stderr")),
            (Rule::PlainFn, Program::Broken) => refuse(&executor, include_str!("plain_fn_broken.stderr")),
            (Rule::PlainFn, Program::Kept) => return Some(Job::new(executor.clone(), Plain(executor))),
            // One task for all of them: each kind of task takes room in the page's module.
            _ => executor.spawn_detached(MAIN, main(rule, program)),
        }
        Some(Job::of_tasks(executor))
    }

    fn answer(trace: &Trace) -> Option<&'static str> {
        if !trace.tasks.iter().any(|t| trace.name(t.name) == MAIN) {
            return Some("refused");
        }
        let mut is_saved = false;
        for i in 0..trace.len() {
            match trace.event(i) {
                Event::ClockAdvanced { task, .. } if task.is_some() => return Some("late"),
                Event::Logged { task, site, .. } if trace.task_name(task) != OTHER => {
                    is_saved |= trace.site(site).is_some_and(|s| trace.name(s.file) == NOTES);
                }
                _ => {}
            }
        }
        Some(if is_saved { "well" } else { "unsaved" })
    }
}

/// The program whose `main` is async.
async fn main(rule: Rule, program: Program) {
    match (rule, program) {
        (Rule::AwaitOutside, _) => await_outside_kept::main().await,
        (Rule::ForgottenAwait, Program::Broken) => forgotten_await_broken::main().await,
        (Rule::ForgottenAwait, Program::Kept) => forgotten_await_kept::main().await,
        (Rule::BlockingIo, Program::Broken) => blocking_io_broken::main().await,
        (Rule::BlockingIo, Program::Kept) => blocking_io_kept::main().await,
        (Rule::PlainFn, _) => {}
    }
}

/// The program whose `main` is a plain fn: it returns when all is done.
struct Plain(Recorded);

impl Work for Plain {
    fn run(&mut self) {
        // Nobody asks for the value.
        let _ = plain_fn_kept::main(&self.0);
        self.0.run();
    }
}
