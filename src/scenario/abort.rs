//! `abort`: two downloads whose futures are dropped; only one of them is told. What the page gets of it; the run itself needs
//! a browser, and lives in the interop room.

use super::params::params;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
use super::setup::Setup;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
use super::spec::Recording;
use super::spec::{CodeFile, Hero, Kind, Module, Question, ShownWith, Spec, Stage, file, shown};
use crate::trace::ids::{PromiseId, TaskId};
use crate::trace::{Event, Trace};

params! {
    AbortParams {
        drop_at: (0..=2000, "ms") = 80,
        controller: [Controller] = Controller::Aborts,
        pace: (0..=200, "ms") = 10,
    }
    Controller { Aborts = "aborts", Kept = "kept" }
}

/// The scenario.
pub(super) struct Abort;

impl Spec for Abort {
    type Params = AbortParams;

    const ID: &'static str = "abort";
    const PART: u8 = 6;
    const MINUTES: u8 = 4;
    const STAGE: Stage = Stage::Queues;
    const HERO: Hero = Hero::Fetches;
    const KIND: Kind = Kind::Live;
    const MODULE: Module = Module::Promises;
    const SEEDED: bool = false;
    const FILES: &'static [CodeFile] = &[
        file("bare.rs", include_str!("../interop/abort/bare.rs")),
        file("tied.rs", include_str!("../interop/abort/tied.rs")),
        file("kept.rs", include_str!("../interop/abort/kept.rs")),
        file("give_up.rs", include_str!("../interop/abort/give_up.rs")),
        file("page.js", include_str!("../interop/abort/page.js")),
    ];
    const SHOWN_WITH: &'static [ShownWith] =
        &[shown(&["tied.rs"], &[("controller", "aborts")]), shown(&["kept.rs"], &[("controller", "kept")])];
    const DECIDES: &'static str = "drop of 1";
    const QUESTION: Question = Question { options: &["neither", "first", "both"] };

    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    fn record(params: Self::Params, _seed: u32, setup: Setup) -> Option<Recording> {
        Some(Box::pin(crate::interop::abort::record(params, setup)))
    }

    /// Which fetch goes on: that of which bytes come after its future was dropped.
    fn answer(trace: &Trace) -> Option<&'static str> {
        let goes_on = |nth: u32| {
            let dropped = (0..trace.len())
                .find(|&i| matches!(trace.event(i), Event::Dropped { task: TaskId(of), .. } if of == nth));
            let comes = |i| matches!(trace.event(i), Event::Received { promise: PromiseId(of), .. } if of == nth);
            dropped.is_some_and(|dropped| (dropped..trace.len()).any(comes))
        };
        match [1, 2].map(goes_on) {
            [true, true] => Some("both"),
            [true, false] => Some("first"),
            [false, false] => Some("neither"),
            [false, true] => None,
        }
    }
}
