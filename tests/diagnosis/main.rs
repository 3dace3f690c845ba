//! Why a run is stuck, late or wasteful: small programs, each with the findings that it has, whole; and none for healthy ones.
//!
//! A finding is written as its kind and whom it is about, then the code of the line that is to blame (`at`) and of the await
//! at which it shows (`awaited`), and the events that prove it. `UPDATE_EXPECT=1` writes them anew: read whether each is true.

#![allow(
    clippy::let_underscore_future,
    clippy::waker_clone_wake,
    clippy::while_let_loop,
    clippy::unnecessary_literal_unwrap,
    clippy::redundant_async_block,
    clippy::match_single_binding,
    reason = "what is diagnosed is written as people write it"
)]
#![cfg(not(target_arch = "wasm32"))]

mod abandoned;
mod driven;
mod drivers;
mod ends;
mod foreign;
mod leaves;
mod locks;
mod pending;
mod restarted;
mod scenarios;
mod sockets;
mod thread;
mod unpolled;
mod wakes;

use expect_test::Expect;
use pollscope::clock::VirtualClock;
use pollscope::executor::{Executor, Plan, Schedule};
use pollscope::prelude::*;
use pollscope::record::{Budget, TraceRecorder};
use pollscope::trace::{CodeFile, Head, TimeUnit, Trace};
use pollscope::view::{Cause, Finding, Place, Viewer};
use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The code of the programs as it was compiled, as traces of scenarios have theirs.
fn files() -> Vec<CodeFile> {
    macro_rules! files {
        ($($name:literal),*) => {
            vec![$(CodeFile {
                name: concat!("tests/diagnosis/", $name).to_owned(),
                text: include_str!($name).to_owned(),
            }),*]
        };
    }
    files![
        "abandoned.rs",
        "driven.rs",
        "drivers.rs",
        "ends.rs",
        "foreign.rs",
        "leaves.rs",
        "locks.rs",
        "pending.rs",
        "restarted.rs",
        "sockets.rs",
        "thread.rs",
        "unpolled.rs",
        "wakes.rs"
    ]
}

/// A run with these changes, cut off after so many polls.
fn run_with(changes: &str, polls: u32, main: impl Future<Output = ()> + 'static) -> Trace {
    let plan = Plan { changes: Plan::read_changes(changes).expect("good changes"), ..Plan::default() };
    let recorder = TraceRecorder::new(TimeUnit::VirtualMs, Budget::default(), None)
        .with_head(Head { files: files(), ..Head::default() });
    let executor = Executor::with_policy(recorder, Rc::new(VirtualClock::default()), Schedule::new(&plan));
    executor.limit(polls, u64::MAX);
    drop(executor.spawn("main", main));
    let _ = catch_unwind(AssertUnwindSafe(|| executor.run()));
    executor.reveal_owners();
    executor.recorder().finish()
}

/// The findings as they are written here.
fn written(trace: &Trace) -> String {
    let findings = trace.findings();
    assert_eq!(findings, *Viewer::of(trace.clone()).findings(), "each question has the same answer");
    let text = trace.to_text();
    // Without the places: lines of these programs move.
    let event = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().filter(|word| !word.contains(".rs:")).collect();
        words.join(" ").trim_end_matches(" at").to_owned()
    };
    let events: Vec<String> = text.lines().map(event).collect();
    findings.all.iter().map(|finding| one(trace, &events, finding)).collect()
}

fn one(trace: &Trace, events: &[String], finding: &Finding) -> String {
    let Finding { cursor, events: proof, at, awaited, cause } = finding;
    assert_eq!(proof.last(), Some(cursor), "known with its last proof: {finding:?}");
    let mut text = format!("{cause}\n");
    for (what, place) in [("at", at), ("awaited", awaited)] {
        if let Some(place) = place {
            writeln!(text, "  {what} {}", code(trace, place)).expect("there is room");
        }
    }
    if let Cause::Deadlock { links } = cause {
        for (what, place) in links.iter().flat_map(|link| [("waits", &link.at), ("taken", &link.taken)]) {
            if let Some(place) = place {
                writeln!(text, "  {what} {}", code(trace, place)).expect("there is room");
            }
        }
    }
    for &cursor in proof {
        writeln!(text, "  {}", events[cursor as usize - 1]).expect("there is room");
    }
    text
}

/// The line of code at a place.
fn code(trace: &Trace, Place { file, line }: &Place) -> String {
    let text = trace.head.files.iter().find(|f| f.name == *file).map(|f| &f.text);
    let line = text.and_then(|text| text.lines().nth(*line as usize - 1));
    line.unwrap_or_else(|| panic!("{file} is none of the programs")).trim().to_owned()
}

fn check(main: impl Future<Output = ()> + 'static, expected: &Expect) {
    expected.assert_eq(&written(&run_with("", 10_000, main)));
}

/// A program of which nothing is to be said, at any event: whatever is found is found for good.
fn healthy(main: impl Future<Output = ()> + 'static) {
    let trace = run_with("", 10_000, main);
    assert_eq!(written(&trace), "", "\n{}", trace.to_text());
}
