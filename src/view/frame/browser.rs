//! The browser's queues as they are drawn, as far as the page's own calls show them.

use super::ROWS;
use crate::trace::Trace;
use crate::trace::event::Settled;
use crate::view::state::{Promise, State, Thread};
use serde::Serialize;

/// The browser's queues, as far as the page's own calls show them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct BrowserFrame {
    /// Who has the thread.
    pub turn: Turn,
    /// What runs now, outermost first.
    pub stack: Vec<String>,
    /// Microtasks that our own calls queued.
    pub microtasks: Vec<Microtask>,
    /// Timeouts that our own calls set.
    pub macrotasks: Vec<Timeout>,
    /// Messages that our own calls posted, and that have not come.
    pub messages: Vec<String>,
    /// Callbacks of ours that wait for an animation frame.
    pub frames: Vec<String>,
    /// Promises.
    pub promises: Vec<PromiseFrame>,
}

/// A microtask that waits.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Microtask {
    /// What it is for.
    pub name: String,
    /// The cursor after it was queued.
    pub since: u32,
}

/// A timeout that is set.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Timeout {
    /// What it is for.
    pub name: String,
    /// When it is due, in ms.
    pub due: f64,
}

/// A promise.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct PromiseFrame {
    /// Its number.
    pub promise: u32,
    /// Its name.
    pub name: String,
    /// What is known of it.
    pub state: PromiseState,
    /// Whether its reaction is due: it is settled, and the reaction has not run. That the engine has a
    /// microtask for it is inferred, not seen.
    pub reaction_due: bool,
    /// The cursor after it was settled.
    pub since: u32,
}

/// What is known of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum PromiseState {
    /// Not settled by the scenario yet.
    Pending,
    /// Settled with a value.
    Resolved,
    /// Settled with a reason.
    Rejected,
}

/// Where the event loop is: who has the page's one thread.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Turn {
    /// The phase; none where nothing has run yet, or nothing is left to run.
    pub phase: Option<Phase>,
    /// Whether that phase comes next, and nothing runs now.
    pub is_next: bool,
    /// The engine's microtask that runs, if one does: it is inferred, not seen.
    pub inferred: Option<InferredMicrotask>,
}

/// A phase of the event loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// One macrotask runs.
    Macrotask,
    /// All microtasks run.
    Microtasks,
    /// A callback of an animation frame runs.
    Frame,
}

/// A microtask that only the engine sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct InferredMicrotask {
    /// The promise that it settles, or reacts to.
    pub promise: u32,
    /// The reaction's name; none where it settles the promise.
    pub reaction: Option<String>,
}

pub(super) fn browser(trace: &Trace, state: &State) -> BrowserFrame {
    let b = &state.browser;
    let name = |id| trace.name(id).to_owned();
    BrowserFrame {
        turn: turn(trace, state),
        stack: b.stack.iter().map(|&n| name(n)).collect(),
        microtasks: b
            .microtasks
            .iter()
            .take(ROWS)
            .map(|&(n, since)| Microtask { name: name(n), since: since as u32 })
            .collect(),
        macrotasks: b
            .macrotasks
            .iter()
            .take(ROWS)
            .map(|&(n, due)| Timeout { name: name(n), due: trace.unit.to_ms(due) })
            .collect(),
        messages: b.messages.iter().take(ROWS).map(|&n| name(n)).collect(),
        frames: b.frames.iter().take(ROWS).map(|&n| name(n)).collect(),
        promises: b
            .promises
            .iter()
            .take(ROWS)
            .map(|p| PromiseFrame {
                promise: p.id.0,
                name: name(p.name),
                state: match p.settled {
                    None => PromiseState::Pending,
                    Some(Settled::Resolved) => PromiseState::Resolved,
                    Some(Settled::Rejected) => PromiseState::Rejected,
                },
                reaction_due: p.reaction_due(),
                since: p.since as u32,
            })
            .collect(),
    }
}

fn turn(trace: &Trace, state: &State) -> Turn {
    if state.end.is_some() {
        return Turn::default();
    }
    let b = &state.browser;
    let runs = |phase| Turn { phase: Some(phase), ..Turn::default() };
    match b.thread {
        Thread::Unused => Turn::default(),
        Thread::Macrotask => runs(Phase::Macrotask),
        Thread::Microtask => runs(Phase::Microtasks),
        Thread::Frame => runs(Phase::Frame),
        Thread::Inferred(promise, reaction) => {
            let reaction = reaction.map(|name| trace.name(name).to_owned());
            Turn { inferred: Some(InferredMicrotask { promise: promise.0, reaction }), ..runs(Phase::Microtasks) }
        }
        Thread::Between => {
            let is_due = !b.microtasks.is_empty() || b.promises.iter().any(Promise::reaction_due);
            Turn { phase: is_due.then_some(Phase::Microtasks), is_next: true, inferred: None }
        }
    }
}
