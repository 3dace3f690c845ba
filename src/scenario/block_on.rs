//! `block-on`: a plain function that wants the value of a promise, in three ways. What the page gets of it; the run itself needs
//! a browser, and lives in the interop room.

use super::params::params;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
use super::setup::Setup;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
use super::spec::Recording;
use super::spec::{CodeFile, Hero, Kind, Module, Question, Spec, Stage, file};
use crate::trace::ids::TaskId;
use crate::trace::{Event, Trace};

params! {
    BlockOnParams {
        promise_ms: (0..=1000, "ms") = 30,
        budget_ms: (20..=1000, "ms") = 100,
        meanwhile: [Meanwhile] = Meanwhile::Same,
    }
    Meanwhile { Nothing = "nothing", Same = "same", Again = "again", Frees = "frees", Other = "other" }
}

/// The scenario.
pub(super) struct BlockOn;

impl Spec for BlockOn {
    type Params = BlockOnParams;

    const ID: &'static str = "block-on";
    const PART: u8 = 6;
    const MINUTES: u8 = 5;
    const STAGE: Stage = Stage::Queues;
    const HERO: Hero = Hero::Stacks;
    const KIND: Kind = Kind::Live;
    const MODULE: Module = Module::Promises;
    const SEEDED: bool = false;
    const FILES: &'static [CodeFile] = &[
        file("busy.rs", include_str!("../interop/block_on/busy.rs")),
        file("suspended.rs", include_str!("../interop/block_on/suspended.rs")),
        file("awaited.rs", include_str!("../interop/block_on/awaited.rs")),
        file("page.js", include_str!("../interop/block_on/page.js")),
    ];
    const DECIDES: &'static str = "last spin";
    const QUESTION: Question = Question { options: &["all", "two", "one"] };

    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    fn record(params: Self::Params, _seed: u32, setup: Setup) -> Option<Recording> {
        Some(Box::pin(crate::interop::block_on::record(params, setup)))
    }

    /// How many of the three have the value: what tasks wrote of it, and whether a stack came back.
    fn answer(trace: &Trace) -> Option<&'static str> {
        let events = || (0..trace.len()).map(|i| trace.event(i));
        let has_value = |nth: u32| {
            events().any(|event| match event {
                Event::Logged { task: TaskId(of), text, .. } => of == nth && trace.name(text).starts_with("Some"),
                _ => false,
            })
        };
        let resumed = events().any(|event| matches!(event, Event::StackResumed { .. }));
        match (has_value(1), resumed, has_value(2)) {
            (true, true, true) => Some("all"),
            (true, true, false) => Some("two"),
            (true, false, false) => Some("one"),
            _ => None,
        }
    }
}
