//! The story of a run: the 6 to 12 moments that tell it, and what is said of each.
//!
//! ```text
//!  events ──► beats ──► facts (as the run grows) ──► rule: cut, score, join, fold, grow, choose ──► moments ──► sentences
//! ```
//!
//! - A *beat* is a piece into which a run falls by itself: a poll, what lies between two polls, the end (`beats`).
//! - *Facts* are what the whole run says of a beat: late, the longest hold, the first of its kind (`facts`).
//! - A *part* is a beat, or a piece of one, that may become a moment (`part`); what it is worth, `score` says.
//! - The *rule* picks moments (`rule`), and *sentences* are ids of the catalogues with what they name (`say`, `poll`).
//!
//! The rule knows kinds of events, equality of names and places, and times. What it cannot know, a trace declares: whom
//! the story is about, and what decides ([`Telling`](crate::trace::Telling)). No word of a sentence stands here.

mod beats;
mod browser;
mod cast;
mod deeds;
mod draft;
mod end;
mod facts;
mod fold;
mod found;
mod lanes;
mod noted;
mod out_of_turn;
mod outcome;
mod part;
mod poll;
mod rule;
mod say;
mod score;
mod sentence;
mod sockets;
mod streams;

pub use cast::Crowd;
pub use sentence::{Each, Moment, Say, Sentence, Story};

use super::Viewer;
use super::diagnosis::Findings;
use crate::trace::event::Event;
use crate::trace::ids::TaskId;
use crate::trace::{Kind, Trace};
pub(in crate::view) use draft::Draft;
pub(in crate::view) use facts::Facts;
use rule::Rule;
use std::collections::{BTreeMap, BTreeSet};

/// The event that decides a run, and the role that its story is about.
#[derive(Debug)]
struct Decided {
    at: u32,
    subject: u32,
}

impl Decided {
    fn of(trace: &Trace, facts: &Facts, findings: &Findings) -> Decided {
        let telling = &trace.head.telling;
        let subject = if telling.subject.is_empty() { 0 } else { facts.cast.role_named(&telling.subject) };
        let first = findings.all.first().map(|finding| finding.cursor - 1);
        let last_ready = if subject == 0 { facts.last_ready } else { facts.role(subject).last_ready };
        let end = trace.len().saturating_sub(1) as u32;
        let at = declared(trace, facts, subject, &telling.decides).or(first).or(last_ready).unwrap_or(end);
        Decided { at, subject }
    }
}

/// The event that a scenario declares to decide, if it is in the run.
fn declared(trace: &Trace, facts: &Facts, subject: u32, decides: &str) -> Option<u32> {
    let (is_last, decides) = match decides.strip_prefix("last ") {
        Some(rest) => (true, rest),
        None => (false, decides),
    };
    let (code, text) = decides.split_once(' ').unwrap_or((decides, ""));
    let (of, text) = match text.strip_prefix("of ").and_then(|of| of.parse().ok()) {
        Some(of) => (TaskId(of), ""),
        None => (TaskId::NONE, text),
    };
    if code.is_empty() {
        return None;
    }
    // Of each kind once: a run may have a million events.
    let mut known: [Option<bool>; 256] = [None; 256];
    let mut is_code =
        |kind: Kind| *known[kind as usize].get_or_insert_with(|| code.split('|').any(|one| one == kind.code()));
    let is_it = |&i: &usize| {
        if !is_code(trace.columns.kind(i)) {
            return false;
        }
        let event = trace.event(i);
        let says = match event {
            Event::Logged { text, .. } => trace.name(text),
            Event::Placed { place, .. } => trace.place_name(place),
            Event::MicrotaskQueued { name } | Event::MacrotaskQueued { name, .. } => trace.name(name),
            _ => "",
        };
        let task = trace.columns.task(i);
        (!of.is_some() || of == task)
            && says.starts_with(text)
            && (subject == 0 || !task.is_some() || facts.cast.role(task) == subject)
    };
    let mut events = 0..trace.len();
    let found = if is_last { events.rev().find(is_it) } else { events.find(is_it) };
    found.map(|i| i as u32)
}

/// The findings that are evidence: the first of its kind and of the role of whom it accuses.
fn evidence(facts: &Facts, findings: &Findings) -> BTreeMap<u32, usize> {
    let (mut seen, mut evidence) = (BTreeSet::new(), BTreeMap::new());
    for (i, finding) in findings.all.iter().enumerate() {
        let task = TaskId(finding.cause.task());
        if seen.insert((finding.cause.kind(), facts.cast.role(task))) {
            evidence.entry(finding.cursor - 1).or_insert(i);
        }
    }
    evidence
}

impl Viewer {
    /// What a task is called in a story: by its name, or by its role and which of it it is.
    pub fn name_of(&self, task: TaskId) -> String {
        self.facts.cast.name(self.trace(), task)
    }
}

impl Rule<'_> {
    fn moment(&self, part: &part::Part, describe: say::Describe<'_>) -> Moment {
        let sentences = self.say(part, describe);
        let also = part.also.iter().map(|(task, _)| task.0);
        let tasks = [part.beat().task.0].into_iter().chain(also).filter(|&task| task != 0).collect();
        Moment {
            at: part.at + 1,
            from: part.beat().from,
            time: self.ms(self.trace.time(part.at as usize)),
            decides: part.decides,
            finding: part.finding.map(|finding| finding as u32),
            tasks,
            sentences,
        }
    }
}
