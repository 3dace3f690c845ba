//! Budgets: a run that meets one ends there, says which, and keeps its trace.

#![cfg(not(target_arch = "wasm32"))]

use pollscope::executor::Executor;
use pollscope::prelude::{log, sleep, yield_now};
use pollscope::record::Budget;
use pollscope::scenario::{Setup, find};
use pollscope::trace::event::End;
use pollscope::trace::{Event, Kind, Trace};

fn run(budget: Budget, program: impl Future<Output = ()> + 'static) -> Trace {
    let executor = Setup { budget, ..Setup::default() }.executor();
    drop(executor.spawn("main", program));
    executor.run();
    executor.recorder().finish()
}

fn end(trace: &Trace) -> End {
    match trace.event(trace.len() - 1) {
        Event::Ended { end } => end,
        other => panic!("a run ends with its end, not with {other:?}"),
    }
}

async fn busy() {
    loop {
        yield_now().await;
    }
}

#[test]
fn polls_are_limited() {
    let trace = run(Budget { polls: 100, ..Budget::default() }, busy());
    assert_eq!(end(&trace), End::Polls(100));
    let polls = (0..trace.len()).filter(|&i| trace.columns.kind(i) == Kind::PollStarted).count();
    assert_eq!(polls, 100);
}

#[test]
fn events_are_limited_and_the_end_still_finds_room() {
    let trace = run(Budget { events: 500, ..Budget::default() }, busy());
    assert_eq!(end(&trace), End::Events(500));
    assert_eq!(trace.len(), 501);
}

#[test]
fn events_beyond_the_budget_are_counted_as_lost() {
    let program = async {
        for i in 0..1000 {
            log!("line {i}");
        }
    };
    let trace = run(Budget { events: 100, ..Budget::default() }, program);
    assert_eq!(end(&trace), End::Events(100));
    assert!(trace.lost > 900, "of 1,000 lines {} were lost", trace.lost);
}

#[test]
fn memory_is_limited() {
    let trace = run(Budget { memory: 64 << 10, ..Budget::default() }, busy());
    assert_eq!(end(&trace), End::Memory(64));
    assert!(trace.memory() < 80 << 10, "the trace takes {} bytes", trace.memory());
}

#[test]
fn virtual_time_is_limited() {
    let program = async {
        loop {
            sleep(1000).await;
        }
    };
    let trace = run(Budget { time: 10_000, ..Budget::default() }, program);
    assert_eq!(end(&trace), End::Time(10_000));
    assert_eq!(trace.end_time(), 11_000);
}

#[test]
fn run_that_needs_just_its_budget_is_not_over_it() {
    let executor = Executor::new(());
    executor.limit(2, u64::MAX);
    drop(executor.spawn("two polls", yield_now()));
    assert_eq!(executor.run(), End::Completed);
}

#[test]
fn bytes_that_are_not_kept_are_not_counted() {
    let scenario = find("state-machine").expect("it is there");
    let trace = scenario.start(&[("callers", "200")], Setup::default()).expect("good").run();
    assert!(trace.memory() < 4 << 20, "{} bytes", trace.memory());
}

/// What the thread allocates before a run is not the run's, and the first run of a process is like the others.
#[test]
fn allocations_of_others_do_not_change_a_run() {
    let scenario = find("call-centre").expect("it is there");
    let texts: Vec<String> = (0..3)
        .map(|noise| {
            let job = scenario.start(&[], Setup::default()).expect("good");
            drop(vec![0u8; 64 * noise]);
            job.run().to_text()
        })
        .collect();
    assert_eq!(texts[0], texts[1]);
    assert_eq!(texts[0], texts[2]);
}

#[test]
fn bare_executor_keeps_its_limits() {
    let executor = Executor::new(());
    executor.limit(10, u64::MAX);
    drop(executor.spawn("busy", busy()));
    assert_eq!(executor.run(), End::Polls(10));
}
