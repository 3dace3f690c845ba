//! What the compiler says to a function that it refuses, as `tests/messages.rs` captured it.

use crate::record::{Recorder, TraceRecorder};
use crate::trace::Event;

/// A function that is refused: its file, what that holds, what is said to the file, and the function's name.
#[derive(Clone, Copy)]
pub struct Refusal {
    pub source: &'static str,
    pub said: &'static str,
    pub function: &'static str,
}

impl Refusal {
    /// The message that points into the function: how it begins, its file, line and column.
    pub fn message(&self) -> Option<(&'static str, &'static str, u32, u32)> {
        let begins = |line: &str| line.starts_with("pub fn ");
        let is_it = |line: &str| line.strip_prefix("pub fn ").is_some_and(|rest| rest.starts_with(self.function));
        let first = self.source.lines().position(is_it)? + 1;
        let rest = self.source.lines().skip(first).position(begins);
        let last = rest.map_or(usize::MAX, |n| first + n);
        let lines: Vec<&str> = self.said.lines().collect();
        lines.windows(2).find_map(|two| {
            let mut at = two[1].trim_start().strip_prefix("--> ")?.split(':');
            let (file, line, column) = (at.next()?, at.next()?.parse().ok()?, at.next()?.parse().ok()?);
            (two[0].starts_with("error") && (first..=last).contains(&(line as usize)))
                .then_some((two[0], file, line, column))
        })
    }

    /// Records it.
    pub(super) fn record(&self, recorder: &TraceRecorder) {
        let (message, file, line, column) = self.message().unwrap_or_default();
        let (message, site) = (recorder.name(message), recorder.site_in(file, line, column));
        recorder.record(0, Event::Refused { message, site });
    }
}
