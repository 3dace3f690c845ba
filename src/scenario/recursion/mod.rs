//! `recursion`: an async fn that awaits itself: refused, with a box a level, and as a loop.
//!
//! What a level takes from the heap is counted by the allocator. A poll of the outermost level polls all levels, one within the
//! other, on one stack: the executor ends the run with a sentence before that is at its end, at a depth that is the machine's own.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod boxed;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod looped;

use super::checks::Recorded;
use super::job::Job;
use super::params::params;
use super::refused::refuse;
use super::setup::Setup;
use super::spec::{CodeFile, Hero, Module, Question, ShownWith, Spec, Stage, file, shown};
use crate::prelude::{framed, log};
use crate::trace::{Event, Trace};

const BOXED: &str = "boxed";

params! {
    RecursionParams {
        depth: (2..=50_000) = 6,
        recursion: [Way] = Way::All,
        innermost_waits: (0..=1000, "ms") = 10,
    }
    Way { All = "all", Direct = "direct", Boxed = "boxed", Looped = "looped" }
}

/// The scenario.
pub(super) struct Recursion;

impl Spec for Recursion {
    type Params = RecursionParams;

    const ID: &'static str = "recursion";
    const PART: u8 = 5;
    const MINUTES: u8 = 4;
    const PICTURED_TO: Option<&str> = Some("t1.p1");
    const STAGE: Stage = Stage::Program;
    const HERO: Hero = Hero::Frames;
    const MODULE: Module = Module::Caveats;
    const SEEDED: bool = false;
    const ALL_REPORTED: bool = true;
    const FILES: &'static [CodeFile] = &[
        file("direct.rs", include_str!("direct.rs")),
        file("direct.stderr", include_str!("direct.stderr")),
        file("boxed.rs", include_str!("boxed.rs")),
        file("looped.rs", include_str!("looped.rs")),
    ];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(&["direct.rs", "direct.stderr", "boxed.rs", "looped.rs"], &[("recursion", "all")]),
        shown(&["direct.rs", "direct.stderr", "looped.rs"], &[("recursion", "direct")]),
        shown(&["boxed.rs"], &[("recursion", "boxed")]),
        shown(&["looped.rs"], &[("recursion", "looped")]),
    ];
    const DECIDES: &'static str = "last heap";
    const QUESTION: Question = Question { options: &["none", "one", "each"] };
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("recursion", &[], "each"),
        Recorded::new("recursion-direct", &[("recursion", "direct")], "none"),
        Recorded::new("recursion-looped", &[("recursion", "looped")], "none"),
    ];

    fn start(
        RecursionParams { depth, recursion, innermost_waits }: Self::Params,
        _seed: u32,
        setup: Setup,
    ) -> Option<Job> {
        let executor = setup.executor();
        executor.recorder().record_heap();
        let runs = |one| recursion == Way::All || recursion == one;
        if runs(Way::Direct) {
            refuse(&executor, include_str!("direct.stderr"));
        }
        if runs(Way::Boxed) {
            executor.spawn_detached(BOXED, async move {
                log!("{} levels", framed(boxed::count(depth, innermost_waits)).await);
            });
        }
        if recursion != Way::Boxed {
            executor.spawn_detached("looped", async move {
                log!("{} levels", framed(looped::count(depth, innermost_waits)).await);
            });
        }
        Some(Job::of_tasks(executor))
    }

    /// How many boxes there were at once, as far as the run came.
    fn answer(trace: &Trace) -> Option<&'static str> {
        let (mut now, mut most) = (0_u32, 0);
        for i in 0..trace.len() {
            match trace.event(i) {
                Event::Boxed { count, .. } => now = now.saturating_add(count),
                Event::Freed { count, .. } => now = now.saturating_sub(count),
                _ => {}
            }
            most = most.max(now);
        }
        Some(match most {
            0 => "none",
            1 => "one",
            _ => "each",
        })
    }
}
