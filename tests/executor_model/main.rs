//! Any program does on the executor what it does on one that is obviously right ([`textbook`]): the same polls, drops and
//! lines of its log, in the same order; with a recorder, too.
//!
//! A *program* ([`program`]) is a few scripts, which tasks follow, and what is done from outside between them. It runs on
//! whatever is an [`Exec`](program::Exec).

#![cfg(all(not(target_arch = "wasm32"), not(loom)))]

mod ours;
mod program;
mod textbook;

use ours::Ours;
use pollscope::executor::Executor;
use pollscope::record::{Budget, TraceRecorder};
use pollscope::trace::TimeUnit;
use program::{Outside, Script, run};
use proptest::prelude::*;
use textbook::Textbook;

/// So many programs: `PROGRAMS=100000 cargo test --test executor_model` runs more.
fn programs() -> u32 {
    let given = std::env::var("PROGRAMS").ok().map(|n| n.parse().expect("PROGRAMS is a number"));
    given.unwrap_or(if cfg!(miri) { 6 } else { 2_500 })
}

proptest! {
    // Where a failure is to be kept nothing is to be found under Miri.
    #![proptest_config(ProptestConfig { cases: programs(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_program_runs_as_on_the_textbook_executor(
        scripts in prop::collection::vec(Script::any(), 1..6),
        outside in prop::collection::vec(Outside::any(), 0..if cfg!(miri) { 16 } else { 40 }),
    ) {
        let right = run(Textbook::new(), &scripts, &outside);
        prop_assert_eq!(&run(Ours::new(Executor::new(())), &scripts, &outside), &right);
        let recorder = TraceRecorder::new(TimeUnit::VirtualMs, Budget::default(), None);
        prop_assert_eq!(&run(Ours::new(Executor::new(recorder)), &scripts, &outside), &right);
    }
}

/// The two above agree on nothing at all if programs do nothing.
#[test]
#[cfg_attr(miri, ignore = "nothing of the executor's is in it")]
fn programs_do_much() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let programs = (prop::collection::vec(Script::any(), 1..6), prop::collection::vec(Outside::any(), 0..40));
    let mut seen = program::Seen::default();
    for _ in 0..200 {
        let (scripts, outside) = programs.new_tree(&mut runner).expect("nothing is refused").current();
        seen.count(&run(Textbook::new(), &scripts, &outside));
    }
    seen.check(20);
}
