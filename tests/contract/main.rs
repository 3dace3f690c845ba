//! The ordering contract of events, and what else must hold of any run: over random runs with random changes.

#![cfg(not(target_arch = "wasm32"))]

mod hold;
mod random;
mod same;

use hold::hold;
use pollscope::scenario::{Kind, scenarios};
use pollscope::trace::ids::TaskId;
use pollscope::view::Viewer;
use proptest::prelude::*;
use random::Made;

/// What is allocated is counted.
#[global_allocator]
static ALLOCATOR: pollscope::alloc::Counting = pollscope::alloc::Counting;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn random_runs_keep_the_contract(
        which in 0usize..1000,
        numbers in prop::collection::vec(0u64..1_000_000, 12),
        changes in prop::collection::vec((0u32..400, 0u8..6, 0u32..12), 0..4),
    ) {
        let made = Made::of(which, &numbers, &changes);
        let trace = made.run();
        hold(&trace, made.is_fifo());
        let mut viewer = Viewer::of(trace.clone());
        let findings = viewer.findings();
        prop_assert!(findings.all.iter().all(|f| f.cursor as usize <= trace.len() && f.events.is_sorted()));
        if which % 8 == 0 {
            prop_assert_eq!(made.run().to_text(), trace.to_text(), "a run is a pure function of what it is given");
            let len = trace.len();
            for cursor in [len, len / 2, len / 3, len] {
                viewer.frame(cursor, TaskId::NONE);
                viewer.what_ifs(cursor);
            }
        }
    }
}

/// What a thread keeps for all its runs, such as the names of files, is no part of the run that asks for it first.
#[test]
fn first_run_of_a_thread_is_as_every_other() {
    for scenario in scenarios().iter().filter(|s| s.info().kind == Kind::Deterministic) {
        let runs = || {
            let made = Made { scenario: scenario.id, given: Vec::new(), changes: String::new() };
            [made.run().to_text(), made.run().to_text()]
        };
        let [first, second] = std::thread::spawn(runs).join().expect("it comes to its end");
        assert_eq!(first, second, "{}", scenario.id);
    }
}
