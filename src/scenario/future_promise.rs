//! `future-promise`: an async fn of Rust's that JavaScript calls, and who polls it. What the page gets of it; the run itself
//! needs a browser, and lives in the interop room.

use super::params::params;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
use super::setup::Setup;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
use super::spec::Recording;
use super::spec::{CodeFile, Hero, Kind, Module, Question, Spec, Stage, file};
use crate::trace::ids::{PromiseId, TaskId};
use crate::trace::{Event, Trace};

params! {
    FuturePromiseParams {
        reply_ms: (0..=2000, "ms") = 20,
        rust_ends: [Ends] = Ends::Ok,
        js_listens: [Listens] = Listens::Late,
        listen_ms: (0..=2000, "ms") = 60,
    }
    Ends { Ok = "ok", Err = "err", Panics = "panics" }
    Listens { AtOnce = "at_once", Late = "late", Never = "never" }
}

/// The scenario.
pub(super) struct FuturePromise;

impl Spec for FuturePromise {
    type Params = FuturePromiseParams;

    const ID: &'static str = "future-promise";
    const PART: u8 = 6;
    const MINUTES: u8 = 4;
    const STAGE: Stage = Stage::Queues;
    const HERO: Hero = Hero::Border;
    const KIND: Kind = Kind::Live;
    const MODULE: Module = Module::Promises;
    const SEEDED: bool = false;
    const FILES: &'static [CodeFile] = &[
        file("ask.rs", include_str!("../interop/future_promise/ask.rs")),
        file("page.js", include_str!("../interop/future_promise/page.js")),
    ];
    const DECIDES: &'static str = "poll of 1";
    const QUESTION: Question = Question { options: &["inside_call", "microtask", "awaited"] };

    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    fn record(params: Self::Params, _seed: u32, setup: Setup) -> Option<Recording> {
        Some(Box::pin(crate::interop::future_promise::record(params, setup)))
    }

    /// What lies between the call and the first poll.
    fn answer(trace: &Trace) -> Option<&'static str> {
        let find = |from: usize, is: &dyn Fn(Event) -> bool| (from..trace.len()).find(|&i| is(trace.event(i)));
        let called = find(0, &|e| matches!(e, Event::PromiseCreated { promise: PromiseId(1), .. }));
        let polled = find(0, &|e| matches!(e, Event::PollStarted { task: TaskId(1), .. }))?;
        let between = |is: &dyn Fn(Event) -> bool| find(called.unwrap_or(polled), is).is_some_and(|i| i < polled);
        if called.is_none_or(|called| polled < called) || !between(&|e| matches!(e, Event::MacrotaskEnded { .. })) {
            Some("inside_call")
        } else if between(&|e| matches!(e, Event::MacrotaskStarted { .. })) {
            Some("awaited")
        } else {
            Some("microtask")
        }
    }
}
