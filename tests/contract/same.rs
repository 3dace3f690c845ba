//! The same runs here and in the browser: what they come to here stands in a file that `tests/browser.rs` reads.
//!
//! `UPDATE_EXPECT=1 cargo test --test contract` writes it anew.

use super::random::Made;
use expect_test::expect_file;
use pollscope::trace::Trace;
use pollscope::trace::event::{End, Event};

/// So many runs of each scenario, about.
const RUNS: u64 = 20;

#[test]
fn runs_are_those_that_the_browser_must_make() {
    let mut chance = fastrand::Rng::with_seed(4);
    let count = pollscope::scenario::scenarios().len() as u64;
    let mut lines = Vec::new();
    for which in 0..RUNS * count {
        let numbers: Vec<u64> = (0..12).map(|_| chance.u64(0..1_000_000)).collect();
        let changes: Vec<(u32, u8, u32)> =
            (0..which % 3).map(|_| (chance.u32(0..150), chance.u8(0..5), chance.u32(1..6))).collect();
        let made = Made::of(which as usize, &numbers, &changes);
        let trace = made.run();
        // A panic takes the browser's instance with it.
        if is_panicked(&trace) {
            continue;
        }
        let given: Vec<String> = made.given.iter().map(|(name, value)| format!("{name}={value}")).collect();
        lines.push(format!("{} {} {} {}", made.scenario, given.join("&"), made.changes, trace.digest()));
    }
    expect_file!["../traces/same.txt"].assert_eq(&format!("{}\n", lines.join("\n")));
}

fn is_panicked(trace: &Trace) -> bool {
    trace.event(trace.len() - 1) == Event::Ended { end: End::Panicked }
}
