//! `stack`: one request, from `.await` through `poll`, executor, reactor and system to the wire, and its answer up again; read in
//! three ways, which wait at three levels.
//!
//! The request, its future and the executor are real. What is below is a model: a bell is the wire, with the place that a reactor has
//! for a waker, and the clock that jumps while nothing is ready is the wait in the system.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod asking;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod blocking;
mod crates;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod request;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod socket;

use super::checks::Recorded;
use super::job::Job;
use super::params::params;
use super::setup::Setup;
use super::spec::{CodeFile, Crates, Hero, Module, Question, ShownWith, Spec, Stage, file, shown};
use crate::prelude::bell;
use crate::trace::{Event, Trace};

params! {
    StackParams {
        read: [Read] = Read::Waits,
        wire: (2..=60, "ms") = 12,
    }
    Read { Waits = "waits", Asks = "asks", Blocks = "blocks" }
}

/// The task.
const REQUEST: &str = "request";

/// The scenario.
pub(super) struct Stack;

impl Spec for Stack {
    type Params = StackParams;

    const ID: &'static str = "stack";
    const PART: u8 = 7;
    const MINUTES: u8 = 3;
    const PICTURED_TO: Option<&str> = Some("x.clock1");
    const STAGE: Stage = Stage::Program;
    const HERO: Hero = Hero::Levels;
    const MODULE: Module = Module::Ecosystem;
    const SEEDED: bool = false;
    const FILES: &'static [CodeFile] = &[
        file("request.rs", include_str!("request.rs")),
        file("socket.rs", include_str!("socket.rs")),
        file("asking.rs", include_str!("asking.rs")),
        file("blocking.rs", include_str!("blocking.rs")),
    ];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(&["request.rs", "socket.rs"], &[("read", "waits")]),
        shown(&["asking.rs"], &[("read", "asks")]),
        shown(&["blocking.rs"], &[("read", "blocks")]),
    ];
    const QUESTION: Question = Question { options: &["poll", "executor", "system"] };
    const DECIDES: &'static str = "clock";
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("stack", &[], "system"),
        Recorded::new("stack-asks", &[("read", "asks"), ("wire", "4")], "executor"),
        Recorded::new("stack-blocks", &[("read", "blocks")], "poll"),
    ];
    const CRATES: Crates = crates::PLACED;

    fn start(StackParams { read, wire }: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        match read {
            Read::Waits => executor.spawn_detached(REQUEST, request::request(executor.inside(|| bell(wire)))),
            Read::Asks => executor.spawn_detached(REQUEST, asking::request(executor.inside(|| bell(wire)))),
            Read::Blocks => executor.spawn_detached(REQUEST, blocking::request(wire)),
        }
        Some(Job::of_tasks(executor))
    }

    /// Where the time went until the answer was there: in one poll, in polls that asked, or between polls.
    fn answer(trace: &Trace) -> Option<&'static str> {
        let (mut polls, mut in_polls, mut between) = (0, 0, 0);
        for i in 0..trace.len() {
            match trace.event(i) {
                Event::PollStarted { .. } => polls += 1,
                Event::ClockAdvanced { task, by, .. } if task.is_some() => in_polls += by,
                Event::ClockAdvanced { by, .. } => between += by,
                _ => {}
            }
        }
        Some(match (in_polls, polls) {
            _ if between > in_polls => "system",
            (0, _) => return None,
            (_, 1) => "poll",
            _ => "executor",
        })
    }
}
