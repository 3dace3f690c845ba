//! `promise-future`: a promise awaited in Rust, and a Rust future awaited in JavaScript. What the page gets
//! of it; the run itself needs a browser, and lives in the interop room.

use super::params::params;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
use super::setup::Setup;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
use super::spec::Recording;
use super::spec::{CodeFile, Hero, Kind, Module, Question, Spec, Stage};
use crate::trace::ids::{PromiseId, TaskId};
use crate::trace::{Event, Trace};

params! {
    PromiseParams {
        wait: (0..=2000, "ms") = 20,
        outcome: [Outcome] = Outcome::Resolve,
        rust_ms: (0..=2000, "ms") = 40,
    }
    Outcome { Resolve = "resolve", Reject = "reject", Never = "never" }
}

/// The scenario.
pub(super) struct PromiseFuture;

impl Spec for PromiseFuture {
    type Params = PromiseParams;

    const ID: &'static str = "promise-future";
    const PART: u8 = 6;
    const MINUTES: u8 = 4;
    const STAGE: Stage = Stage::Queues;
    const HERO: Hero = Hero::Border;
    const KIND: Kind = Kind::Live;
    const MODULE: Module = Module::Promises;
    const SEEDED: bool = false;
    const FILES: &'static [CodeFile] = &[
        CodeFile { name: "code.rs", source: include_str!("../interop/promise_future/code.rs") },
        CodeFile { name: "page.js", source: include_str!("../interop/promise_future/page.js") },
    ];
    const QUESTION: Question = Question { options: &["inside_resolve", "after_callback", "next_timer", "never"] };

    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    fn record(params: Self::Params, _seed: u32, setup: Setup) -> Option<Recording> {
        Some(Box::pin(crate::interop::promise_future::record(params, setup)))
    }

    fn answer(trace: &Trace) -> Option<&'static str> {
        let find = |from: usize, is: &dyn Fn(Event) -> bool| (from..trace.len()).find(|&i| is(trace.event(i)));
        let is_settled = |e| matches!(e, Event::PromiseSettled { promise: PromiseId(1), .. });
        let is_polled = |e| matches!(e, Event::PollStarted { task: TaskId(1), .. });
        let Some(settled) = find(0, &is_settled) else { return Some("never") };
        let Some(polled) = find(settled, &is_polled) else { return Some("never") };
        let between = |is: &dyn Fn(Event) -> bool| find(settled, is).is_some_and(|i| i < polled);
        if between(&|e| matches!(e, Event::MacrotaskStarted { .. })) {
            Some("next_timer")
        } else if between(&|e| matches!(e, Event::MacrotaskEnded { .. })) {
            Some("after_callback")
        } else {
            Some("inside_resolve")
        }
    }
}
