//! `event-loop`: callbacks of all sources that the page's event loop has, and tasks of our executor among them. What the
//! page gets of it; the run itself needs a browser, and lives in the interop room.

use super::params::params;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
use super::setup::Setup;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
use super::spec::Recording;
use super::spec::{CodeFile, Guess, Hero, Kind, Module, Question, Spec, Stage};

params! {
    TurnsParams {
        timeouts: (0..=3) = 1,
        delay: (0..=50, "ms") = 0,
        drain: [Drain] = Drain::Microtask,
        frames: (0..=3) = 1,
        messages: (0..=3) = 0,
        thens: (0..=3) = 1,
        microtasks: (0..=3) = 1,
        rust_tasks: (0..=3) = 1,
        spawned: [Spawned] = Spawned::Last,
        outer: [Outer] = Outer::Nothing,
        inner: [Inner] = Inner::Microtask,
        greedy: [Greedy] = Greedy::Nobody,
    }
    Drain { Microtask = "microtask", Macrotask = "macrotask" }
    Spawned { First = "first", Last = "last" }
    Outer {
        Nothing = "nothing", Timeout = "timeout", Message = "message", Frame = "frame", Then = "then",
        Microtask = "microtask",
    }
    Inner {
        Timeout = "timeout", Message = "message", Frame = "frame", Then = "then", Microtask = "microtask",
        Task = "task",
    }
    Greedy { Nobody = "nobody", Task = "task", Microtask = "microtask" }
}

/// The scenario.
pub(super) struct EventLoop;

impl Spec for EventLoop {
    type Params = TurnsParams;

    const ID: &'static str = "event-loop";
    const PART: u8 = 6;
    const MINUTES: u8 = 5;
    const STAGE: Stage = Stage::Queues;
    const HERO: Hero = Hero::Turns;
    const KIND: Kind = Kind::Live;
    const MODULE: Module = Module::Promises;
    const SEEDED: bool = false;
    const FILES: &'static [CodeFile] = &[
        CodeFile { name: "page.js", source: include_str!("../interop/event_loop/page.js") },
        CodeFile { name: "code.rs", source: include_str!("../interop/event_loop/code.rs") },
    ];
    const DECIDES: &'static str = "last microqueue|macroqueue drain";
    const GUESS: Guess = Guess::Order;
    const QUESTION: Question = Question { options: &[] };

    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    fn record(params: Self::Params, _seed: u32, setup: Setup) -> Option<Recording> {
        Some(Box::pin(crate::interop::event_loop::record(params, setup)))
    }
}
