//! The report: what a trace says of itself, what is wrong with the run, and its tasks.

use crate::waits::{self, TaskReport};
use pollscope::trace::moment::moment_of;
use pollscope::trace::{Damage, Event, Mode, Trace};
use pollscope::view::{Cause, Ending, Finding, Place};
use serde::Serialize;

/// All that is said of a run. Times are in ms; events are counted from 1.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The title for people; empty if it has none.
    pub title: String,
    /// The scenario's id; empty if it is of none.
    pub scenario: String,
    /// The build of the library that recorded it.
    pub build: String,
    /// Whether it was recorded as it happened.
    pub is_live: bool,
    /// Events.
    pub events: usize,
    /// How long the run took.
    pub ms: f64,
    /// How it ended; none of one that was cut off.
    pub ending: Option<Ending>,
    /// What is wrong with the file, if it is not whole. What came before is good.
    pub damage: Option<String>,
    /// What is wrong with the run, in the order in which it becomes known.
    pub findings: Vec<Explained>,
    /// Whether there may be more.
    pub is_cut: bool,
    /// All tasks, in the order in which they were spawned.
    pub tasks: Vec<TaskReport>,
}

/// A finding, with what proves it.
#[derive(Clone, Debug, Serialize)]
pub struct Explained {
    /// What it is, in a few words.
    pub what: String,
    /// The line that is to blame.
    pub at: Option<Line>,
    /// The line at which it shows.
    pub awaited: Option<Line>,
    /// The events that prove it, in their order: the whole chain.
    pub evidence: Vec<Evidence>,
    /// Its kind and what that carries.
    pub cause: Cause,
}

/// A line of the code.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// The file, as the trace names it.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// Its text, if the trace came with it.
    pub code: Option<String>,
}

/// An event that proves a finding.
#[derive(Clone, Debug, Serialize)]
pub struct Evidence {
    /// Which event, from 1.
    pub event: u32,
    /// Its name in links, which another run of the same program has, too.
    pub moment: Option<String>,
    /// When.
    pub ms: f64,
    /// What happened.
    pub what: String,
}

impl Report {
    /// Of a trace, and of what was wrong with its bytes.
    pub fn of(trace: &Trace, damage: Option<Damage>) -> Report {
        let findings = trace.findings();
        Report {
            title: trace.head.title.clone(),
            scenario: trace.head.scenario.clone(),
            build: trace.head.build.clone(),
            is_live: trace.head.mode == Mode::Live,
            events: trace.len(),
            ms: trace.unit.to_ms(trace.end_time()),
            ending: trace.len().checked_sub(1).and_then(|last| ending(trace.event(last))),
            damage: damage.map(|damage| damage.to_string()),
            findings: findings.all.iter().map(|finding| explained(trace, finding)).collect(),
            is_cut: findings.is_cut,
            tasks: waits::of(trace),
        }
    }
}

/// How a run ended, if this is its last event.
fn ending(event: Event) -> Option<Ending> {
    let Event::Ended { end } = event else { return None };
    Some(end.into())
}

fn explained(trace: &Trace, finding: &Finding) -> Explained {
    let evidence = |&cursor: &u32| {
        let i = cursor as usize - 1;
        let moment = moment_of(trace, cursor as usize).map(|moment| moment.to_string());
        Evidence { event: cursor, moment, ms: trace.unit.to_ms(trace.time(i)), what: trace.event_text(i) }
    };
    Explained {
        what: finding.cause.to_string(),
        at: finding.at.as_ref().map(|place| line(trace, place)),
        awaited: finding.awaited.as_ref().map(|place| line(trace, place)),
        evidence: finding.events.iter().map(evidence).collect(),
        cause: finding.cause.clone(),
    }
}

/// A place with the text of its line.
pub(crate) fn line(trace: &Trace, Place { file, line }: &Place) -> Line {
    let text = |nth: usize| trace.head.file(file)?.text.lines().nth(nth);
    let code = (*line as usize).checked_sub(1).and_then(text).map(|code| code.trim().to_owned());
    Line { file: file.clone(), line: *line, code }
}
