//! Other people's applications, watched: what is recorded of them, in which order, under which executors.
#![cfg(not(any(target_arch = "wasm32", loom)))]

// Not under Miri: these are about findings, or ask the system for events.
#[cfg(not(miri))]
mod applications;
#[cfg(not(miri))]
mod findings;
mod our_own;
mod recorded;
#[cfg(not(miri))]
mod threads;

use pollscope::trace::Trace;
use pollscope::trace::ids::TaskId;
use pollscope::view::{Cause, Viewer};

/// A trace that was written, read with all its checks, shown at each of its steps, and with nothing wrong; but on a machine
/// with much else to do, any poll may take long by the clock.
fn read(bytes: &[u8]) -> Trace {
    let trace = read_with_findings(bytes);
    let mut findings = trace.findings().all;
    findings.retain(|finding| !matches!(finding.cause, Cause::SlowPoll { .. }));
    assert_eq!(findings, [], "{}", trace.to_text());
    trace
}

/// The same, whatever is wrong.
fn read_with_findings(bytes: &[u8]) -> Trace {
    let trace = Trace::read(bytes).expect("the file is whole and in order");
    assert!(trace.head.is_of_another());
    let mut viewer = Viewer::of(trace.clone());
    for cursor in 0..=trace.len() {
        let _ = (viewer.frame(cursor, TaskId(1)), viewer.describe(cursor), viewer.what_ifs(cursor));
    }
    trace
}

/// The events as text, a line each. Their times are real, and left out.
fn said(trace: &Trace) -> String {
    trace.to_text().lines().map(|line| format!("{}\n", line.trim_start())).collect()
}
