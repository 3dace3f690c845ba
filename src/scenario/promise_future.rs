//! `promise-future`: a promise awaited in Rust, and a Rust future awaited in JavaScript. What the page gets
//! of it; the run itself needs a browser, and lives in the interop room.

use super::params::params;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
use super::setup::Setup;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
use super::spec::Recording;
use super::spec::{CodeFile, Hero, Kind, Module, Question, ShownWith, Spec, Stage, file, shown};
use crate::trace::ids::TaskId;
use crate::trace::{Event, Trace};

params! {
    PromiseParams {
        wait: (0..=2000, "ms") = 20,
        outcome: [Outcome] = Outcome::Resolve,
        rust_ms: (0..=2000, "ms") = 40,
        together: [Together] = Together::One,
        handed: [Handed] = Handed::Promise,
    }
    Handed {
        Promise = "promise", Nested = "nested", Thenable = "thenable", Twice = "twice", Throws = "throws",
        Realm = "realm",
    }
    Together { One = "one", All = "all", Race = "race", Any = "any", Settled = "all_settled" }
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
        file("all.rs", include_str!("../interop/promise_future/all.rs")),
        file("race.rs", include_str!("../interop/promise_future/race.rs")),
        file("any.rs", include_str!("../interop/promise_future/any.rs")),
        file("settled.rs", include_str!("../interop/promise_future/settled.rs")),
        file("two.js", include_str!("../interop/promise_future/two.js")),
        file("given.js", include_str!("../interop/promise_future/given.js")),
        file("code.rs", include_str!("../interop/promise_future/code.rs")),
        file("page.js", include_str!("../interop/promise_future/page.js")),
        file("call.rs", include_str!("../interop/promise_future/call.rs")),
    ];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(&["page.js"], &[("together", "one")]),
        shown(&["given.js"], &[("together", "one"), ("handed", "nested")]),
        shown(&["given.js"], &[("together", "one"), ("handed", "thenable")]),
        shown(&["given.js"], &[("together", "one"), ("handed", "twice")]),
        shown(&["given.js"], &[("together", "one"), ("handed", "throws")]),
        shown(&["given.js"], &[("together", "one"), ("handed", "realm")]),
        shown(&["two.js", "all.rs", "call.rs"], &[("together", "all")]),
        shown(&["two.js", "race.rs", "call.rs"], &[("together", "race")]),
        shown(&["two.js", "any.rs", "call.rs"], &[("together", "any")]),
        shown(&["two.js", "settled.rs", "call.rs"], &[("together", "all_settled")]),
    ];
    const QUESTION: Question = Question { options: &["inside_resolve", "after_callback", "next_timer", "never"] };

    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    fn record(params: Self::Params, _seed: u32, setup: Setup) -> Option<Recording> {
        Some(Box::pin(crate::interop::promise_future::record(params, setup)))
    }

    fn answer(trace: &Trace) -> Option<&'static str> {
        let find = |from: usize, is: &dyn Fn(Event) -> bool| (from..trace.len()).find(|&i| is(trace.event(i)));
        let is_polled = |e| matches!(e, Event::PollStarted { task: TaskId(1), nth: 2 });
        let Some(polled) = find(0, &is_polled) else { return Some("never") };
        // The last promise that a callback of page.js settled, and no reaction: those tell of what the engine did.
        let mut settled = None;
        let mut is_callback = false;
        for i in 0..polled {
            match trace.event(i) {
                Event::MacrotaskStarted { .. } => is_callback = true,
                Event::MacrotaskEnded { .. } => is_callback = false,
                Event::PromiseSettled { .. } if is_callback => settled = Some(i),
                _ => {}
            }
        }
        // What threw settled by itself.
        let settled = settled?;
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
