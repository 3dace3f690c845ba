//! What the compiler refuses, as an event of a run.

use super::setup::RecordedExecutor;
use crate::record::Recorder;
use crate::trace::Event;

/// Records that the compiler refuses a program, in the words that it begins with, at the line that it points to.
pub(super) fn refuse(executor: &RecordedExecutor, said: &str) {
    let recorder = executor.recorder();
    let mut lines = said.lines();
    let message = recorder.name(lines.next().unwrap_or_default());
    let place = lines.next().and_then(|line| line.trim().strip_prefix("--> "));
    let mut place = place.unwrap_or_default().split(':');
    let file = place.next().unwrap_or_default();
    let mut number = || place.next().and_then(|n| n.parse().ok()).unwrap_or_default();
    let site = recorder.site_in(file, number(), number());
    recorder.record(0, Event::Refused { message, site });
}
