//! Other people's applications, watched: what is recorded of them, in which order, under which executors.
#![cfg(not(any(target_arch = "wasm32", loom, miri)))]

mod applications;
mod recorded;
mod threads;

use pollscope::trace::event::DropReason;
use pollscope::trace::ids::TaskId;
use pollscope::trace::{Event, Trace};
use pollscope::view::Viewer;

/// A trace that was written, read with all its checks, and shown at each of its steps.
fn read(bytes: &[u8]) -> Trace {
    let trace = Trace::read(bytes).expect("the file is whole and in order");
    assert!(trace.head.is_of_another());
    assert_eq!(trace.findings().all, [], "{}", trace.to_text());
    let mut viewer = Viewer::of(trace.clone());
    for cursor in 0..=trace.len() {
        let _ = (viewer.frame(cursor, TaskId(1)), viewer.describe(cursor), viewer.what_ifs(cursor));
    }
    trace
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

/// The events as text, a line each. Their times are real, and left out.
fn said(trace: &Trace) -> String {
    trace.to_text().lines().map(|line| format!("{}\n", line.trim_start())).collect()
}
