//! Any program does on the executor what it does on one that is obviously right ([`textbook`]): the same polls, drops and
//! lines of its log, in the same order; with a recorder, too. So it does if the run is changed, and polled in another order.
//!
//! A *program* ([`program`]) is a few scripts, which tasks follow, and what is done from outside between them. It runs on
//! whatever is an [`Exec`](program::Exec).

#![cfg(all(not(target_arch = "wasm32"), not(loom)))]

mod changes;
mod ours;
mod program;
mod textbook;

use changes::{Changing, Known, Plan};
use ours::Ours;
use pollscope::clock::VirtualClock;
use pollscope::executor::Executor;
use pollscope::record::{Budget, Recorder, TraceRecorder};
use pollscope::trace::TimeUnit;
use program::{Outside, Script, run};
use proptest::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use textbook::Textbook;

/// So many programs for each test: `PROGRAMS=100000 cargo test --test executor_model` runs more.
fn programs() -> u32 {
    let given = std::env::var("PROGRAMS").ok().map(|n| n.parse().expect("PROGRAMS is a number"));
    given.unwrap_or(if cfg!(miri) { 4 } else { 2_500 })
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
        prop_assert_eq!(&run(Ours::new(Executor::new(()), Known::default()), &scripts, &outside), &right);
        prop_assert_eq!(&run(Ours::new(Executor::new(recorder()), Known::default()), &scripts, &outside), &right);
    }

    #[test]
    fn every_changed_program_runs_as_on_the_textbook_executor(
        scripts in prop::collection::vec(Script::any(), 1..6),
        outside in prop::collection::vec(Outside::any(), 0..if cfg!(miri) { 16 } else { 40 }),
        plan in Plan::any(),
    ) {
        let right = changed_textbook(&plan, &scripts, &outside);
        prop_assert_eq!(&changed(&plan, (), &scripts, &outside), &right);
        prop_assert_eq!(&changed(&plan, recorder(), &scripts, &outside), &right);
    }
}

fn recorder() -> TraceRecorder {
    TraceRecorder::new(TimeUnit::VirtualMs, Budget::default(), None)
}

/// What happened in a changed run, and how many changes found something to change.
type Changed = (Vec<program::Entry>, u32);

fn changed(plan: &Plan, recorder: impl Recorder, scripts: &[Script], outside: &[Outside]) -> Changed {
    let (known, made) = (Known::default(), Rc::new(Cell::new(0)));
    let policy = Changing::new(plan, known.clone(), made.clone());
    let executor = Executor::with_policy(recorder, Rc::new(VirtualClock::default()), policy);
    (run(Ours::new(executor, known), scripts, outside), made.get())
}

fn changed_textbook(plan: &Plan, scripts: &[Script], outside: &[Outside]) -> Changed {
    let (known, made) = (Known::default(), Rc::new(Cell::new(0)));
    let changes = Changing::new(plan, known.clone(), made.clone());
    (run(Textbook::changed(changes, known), scripts, outside), made.get())
}

/// The two above agree on nothing at all if programs do nothing.
#[test]
#[cfg_attr(miri, ignore = "nothing of the executor's is in it")]
fn programs_do_much() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let outside = prop::collection::vec(Outside::any(), 0..40);
    let programs = (prop::collection::vec(Script::any(), 1..6), outside, Plan::any());
    let (mut seen, mut differ, mut changes) = (program::Seen::default(), 0, 0);
    for _ in 0..400 {
        let (scripts, outside, plan) = programs.new_tree(&mut runner).expect("nothing is refused").current();
        let plain = run(Textbook::new(), &scripts, &outside);
        seen.count(&plain);
        let (log, made) = changed_textbook(&plan, &scripts, &outside);
        changes += made;
        differ += u32::from(log != plain);
    }
    seen.check(20);
    assert!(changes > 400 && differ > 150, "{changes} changes, {differ} programs that run otherwise");
}
