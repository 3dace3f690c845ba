//! `async-trait`: a trait whose method waits, written four ways, and what a call of it takes from the heap.
//!
//! What is allocated and freed is counted by the allocator, and asked for at each call (`framed`). What the compiler refuses is
//! no module of this crate; `tests/messages.rs` captures what it says.

pub mod counted;

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod by_hand;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod by_poll;
#[allow(async_fn_in_trait, reason = "that is the point")]
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod native;
#[allow(missing_docs, unreachable_pub)]
mod source;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod with_macro;

use super::checks::Recorded;
use super::job::Job;
use super::params::params;
use super::refused::refuse;
use super::setup::Setup;
use super::spec::{CodeFile, Hero, Module, Question, ShownWith, Spec, Stage, file, shown};
use crate::trace::ids::TaskId;
use crate::trace::{Event, Trace};
use source::Source;

const MACRO: &str = "async_trait";

params! {
    AsyncTraitParams {
        reads: (2..=100) = 8,
        read_takes: (0..=1000, "ms") = 10,
        known_as: [Reader] = Reader::Known,
    }
    Reader { Known = "known", Any = "any" }
}

/// The scenario.
pub(super) struct AsyncTrait;

impl Spec for AsyncTrait {
    type Params = AsyncTraitParams;

    const ID: &'static str = "async-trait";
    const PART: u8 = 5;
    const MINUTES: u8 = 5;
    const PICTURED_TO: Option<&str> = Some("t1.p2");
    const STAGE: Stage = Stage::Program;
    const HERO: Hero = Hero::Frames;
    const MODULE: Module = Module::Caveats;
    const SEEDED: bool = false;
    const ALL_REPORTED: bool = true;
    const FILES: &'static [CodeFile] = &[
        file("with_macro.rs", include_str!("with_macro.rs")),
        file("native.rs", include_str!("native.rs")),
        file("native_dyn.rs", include_str!("native_dyn.rs")),
        file("native_dyn.stderr", include_str!("native_dyn.stderr")),
        file("by_poll.rs", include_str!("by_poll.rs")),
        file("by_hand.rs", include_str!("by_hand.rs")),
    ];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(&["native.rs"], &[("known_as", "known")]),
        shown(&["native_dyn.rs", "native_dyn.stderr"], &[("known_as", "any")]),
    ];
    const DECIDES: &'static str = "last heap of 1";
    const QUESTION: Question = Question { options: &["none", "once", "each"] };
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("async-trait", &[], "each"),
        Recorded::new("async-trait-any", &[("known_as", "any")], "each"),
        Recorded::new("async-trait-ready", &[("read_takes", "0")], "each"),
    ];

    fn start(params: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let AsyncTraitParams { reads, read_takes, known_as } = params;
        let executor = setup.executor();
        executor.recorder().record_heap();
        let source = || Source::new(read_takes);
        match known_as {
            Reader::Known => {
                executor.spawn_detached(MACRO, with_macro::known(source(), reads));
                executor.spawn_detached("async_fn", native::known(source(), reads));
                executor.spawn_detached("poll_read", by_poll::known(source(), reads));
            }
            Reader::Any => {
                refuse(&executor, include_str!("native_dyn.stderr"));
                executor.spawn_detached(MACRO, with_macro::any(source(), reads));
                executor.spawn_detached("poll_read", by_poll::any(source(), reads));
            }
        }
        executor.spawn_detached("by_hand", by_hand::boxed(source(), reads));
        Some(Job::of_tasks(executor))
    }

    /// What the macro's way took from the heap for all its reads.
    fn answer(trace: &Trace) -> Option<&'static str> {
        let boxes = (0..trace.len()).map(|i| match trace.event(i) {
            Event::Boxed { task: TaskId(1), count, .. } => count,
            _ => 0,
        });
        Some(match boxes.sum::<u32>() {
            0 => "none",
            1 => "once",
            _ => "each",
        })
    }
}
