//! A trace as text, a line an event: the form in which tests state what must happen.

use super::field::Speaker;
use super::{TimeUnit, Trace};
use crate::hash::fnv1a;
use std::fmt::{self, Write};

impl Trace {
    /// The whole trace, a line an event: the time in ms, then what happened. Addresses, sizes and bytes are left out.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for i in 0..self.len() {
            let written = match self.unit {
                TimeUnit::VirtualMs => write!(out, "{:>5}  ", self.time(i)),
                TimeUnit::BrowserUs => write!(out, "       "),
            };
            written.and_then(|()| self.say_event(i, &mut out)).expect("a String takes all text");
            out.push('\n');
        }
        if self.lost > 0 {
            writeln!(out, "lost {} events", self.lost).expect("a String takes all text");
        }
        out
    }

    /// What happened in event `i`, as in the whole text.
    ///
    /// # Panics
    /// If `i` is not below [`len`](Self::len).
    pub fn event_text(&self, i: usize) -> String {
        let mut out = String::new();
        self.say_event(i, &mut out).expect("a String takes all text");
        out
    }

    fn say_event(&self, i: usize, out: &mut String) -> fmt::Result {
        self.event(i).say(Speaker { trace: self, task: self.columns.task(i) }, out)
    }

    /// A number that tells traces apart by their text and that of their tracks, as it is on every target: allocations are counted differently on
    /// one of another word.
    pub fn digest(&self) -> String {
        // Two runs that differ come to the same number once in 2^64.
        let text = self.to_text() + &self.tracks_text();
        let lines = text.lines().filter(|line| !line.contains(" allocated "));
        format!("{:016x}", fnv1a(lines.flat_map(|line| line.bytes().chain([10]))))
    }
}
