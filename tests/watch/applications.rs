//! The applications under `examples/` whose executors are of other crates.

use super::{read, said};
use expect_test::expect;
use pollscope::trace::event::{DropReason, End, WakeSource};
use pollscope::trace::{Event, TaskKind, Trace};

#[path = "../../examples/watch_futures.rs"]
mod futures_executor;
#[path = "../../examples/watch_smol.rs"]
mod smol;
#[path = "../../examples/watch_tokio.rs"]
mod tokio;

fn end(trace: &Trace) -> Option<Event> {
    trace.len().checked_sub(1).map(|last| trace.event(last))
}

/// Names of tasks that ended with `Ready`, sorted.
fn completed(trace: &Trace) -> Vec<&str> {
    let tasks = (0..trace.len()).filter_map(|i| match trace.event(i) {
        Event::Dropped { task, reason: DropReason::Completed } => Some(trace.task_name(task)),
        _ => None,
    });
    let mut names: Vec<&str> = tasks.collect();
    names.sort_unstable();
    names
}

#[test]
fn futures_executor_is_watched() {
    expect![[r#"
               driver created reader at tests/watch/../../examples/watch_futures.rs:14
               task 1 spawned by driver: reader
               task 1 enqueued
               driver created writer at tests/watch/../../examples/watch_futures.rs:15
               task 2 spawned by driver: writer
               task 2 enqueued
               task 1 poll 1
               task 1 created letter at tests/watch/../../examples/watch_futures.rs:14
               task 1   > letter at tests/watch/../../examples/watch_futures.rs:14
               task 1 waker cloned: 1
               task 1   < letter Pending
               task 1 Pending at tests/watch/../../examples/watch_futures.rs:14
               task 2 poll 1
               task 1 woken by task 2
               task 1 enqueued
               task 1 waker dropped: 0
               task 2 Ready
               task 2 dropped: Completed
               task 1 poll 2
               task 1   > letter at tests/watch/../../examples/watch_futures.rs:14
               task 1   < letter Ready
               task 1 Ready
               task 1 dropped: Completed
               end
    "#]]
    .assert_eq(&said(&read(&futures_executor::run())));
}

#[test]
fn smol_is_watched_with_a_thread_that_fires_its_timers() {
    let trace = read(&smol::run());
    // The server goes with its executor, and the sleeper was cancelled.
    assert_eq!(completed(&trace), ["client"]);
    assert_eq!(end(&trace), Some(Event::Ended { end: End::Completed }));
    let is_cancelled = |&i: &usize| matches!(trace.event(i), Event::Dropped { reason: DropReason::Cancelled, .. });
    assert_eq!((0..trace.len()).filter(is_cancelled).count(), 2, "{}", trace.to_text());
}

#[test]
fn tokio_is_watched_on_all_of_its_threads() {
    let trace = read(&tokio::run());
    assert_eq!(completed(&trace), ["collector", "worker", "worker", "worker"]);
    assert_eq!(end(&trace), Some(Event::Ended { end: End::Completed }));
    // More than one thread worked: so each has a lane, and who woke is always known.
    let lanes = trace.tasks.iter().filter(|task| task.kind == TaskKind::Callbacks).count();
    assert!(lanes >= 2, "{}", trace.to_text());
    let wakes = (0..trace.len()).filter(|&i| matches!(trace.event(i), Event::Woken { .. })).count();
    let known = (0..trace.len()).filter(|&i| matches!(trace.event(i), Event::Woken { by: WakeSource::Task(_), .. }));
    assert_eq!(known.count(), wakes);
}
