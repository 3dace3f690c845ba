//! Findings, with the arguments of their sentences in the page's catalogues.

use crate::view::description::{Holder, Place};
use serde::Serialize;

/// All that is wrong with a run, in the order in which it becomes known.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Findings {
    /// Each, at most [`MOST`](super::MOST).
    pub all: Vec<Finding>,
    /// Whether there may be more.
    pub is_cut: bool,
}

/// One thing that is wrong with a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Finding {
    /// The cursor from which on it is known: right after the last event that proves it.
    pub cursor: u32,
    /// The events that prove it, as cursors right after each, in order.
    pub events: Vec<u32>,
    /// What it is.
    pub cause: Cause,
}

/// One wait of a cycle: the task waits for a thing that another one has.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct CycleLink {
    /// Who waits.
    pub task: u32,
    /// Its name.
    pub name: String,
    /// For what.
    pub on: Holder,
    /// The line it waits at.
    pub at: Option<Place>,
    /// Who has that.
    pub holder: u32,
}

/// What is wrong. `kind` is the key in the catalogues (`finding.<kind>`).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Cause {
    /// A task is pending, and nobody holds a waker of it: its leaf left none.
    NoWaker {
        /// Who.
        task: u32,
        /// The future that returned `Pending` and left no waker; empty if it is none that records its polls.
        future: String,
        /// The line it was polled from.
        at: Option<Place>,
    },
    /// A leaf left no waker, and only what others in the same task left gets it polled: late.
    MaskedWake {
        /// The task.
        task: u32,
        /// The leaf.
        future: String,
        /// The line it was polled from.
        at: Option<Place>,
    },
    /// A task is pending at a source that still has the waker of another task.
    StaleWaker {
        /// Who waits.
        task: u32,
        /// The leaf.
        future: String,
        /// The line it was polled from.
        at: Option<Place>,
        /// Where it waits.
        on: Holder,
        /// Whose waker is there.
        kept: u32,
    },
    /// A task is pending, and its last waker was dropped, unused: what was to wake it is gone.
    WakerGone {
        /// Who.
        task: u32,
        /// The line it waits at.
        at: Option<Place>,
        /// In whose poll that was; 0 for nobody's.
        other: u32,
    },
    /// A person took a wake out of the run.
    WakeLost {
        /// Who was to be woken.
        task: u32,
        /// By whom.
        by: Holder,
    },
    /// A task's future was dropped without a poll.
    TaskNeverPolled {
        /// Who.
        task: u32,
        /// Its name.
        name: String,
    },
    /// A future inside of a task was dropped without a poll: not one line of it ran.
    NeverPolled {
        /// The task.
        task: u32,
        /// The future.
        future: String,
    },
    /// What a future waited for came, and its task was polled, but not that future, which is still there (a futurelock).
    Abandoned {
        /// The task.
        task: u32,
        /// The future.
        future: String,
        /// The line it was polled from last.
        at: Option<Place>,
        /// What came.
        by: Holder,
    },
    /// A poll kept the thread while others were to be polled.
    Blocked {
        /// Who.
        task: u32,
        /// For how long, in ms: the longest time.
        ms: f64,
        /// How many others it kept waiting then.
        others: u32,
    },
    /// A task wakes itself in each poll, and gets nowhere.
    BusyPolling {
        /// Who.
        task: u32,
        /// Polls in a row.
        polls: u32,
    },
    /// A future was polled after it had returned `Ready`.
    PolledAfterReady {
        /// The task.
        task: u32,
        /// The future.
        future: String,
    },
    /// A task was woken again and again before it was polled.
    WakeStorm {
        /// Who.
        task: u32,
        /// Wakes between two polls that came to nothing.
        coalesced: u32,
    },
    /// Tasks wait for each other in a cycle.
    Deadlock {
        /// Each waits for what the next one has, and the last for what the first has.
        links: Vec<CycleLink>,
    },
    /// The run is stuck, and all wakers of this task are kept by its own future: nobody else can use one.
    HeldByItself {
        /// Who.
        task: u32,
        /// The line it waits at.
        at: Option<Place>,
    },
    /// The run is stuck, and the task waits for something that nobody is left to do.
    NobodyComes {
        /// Who.
        task: u32,
        /// For what.
        on: Holder,
        /// The line it waits at.
        at: Option<Place>,
    },
}
