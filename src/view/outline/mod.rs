//! The outline of a run: its events as a tree of a few levels, for readers who go through it item by item.
//!
//! ```text
//!  by task    run ─► task ─► poll, and what follows until the next ─► event
//!  by waker   run ─► who wakes ─► wake ─► what the woken task does, to the end of the poll that the wake led to
//! ```
//!
//! A *path* names an item by its place among its siblings, level by level. Only siblings that are asked for are described: a
//! run of a million events costs what is open of it. What was not seen yet is no part of it.

mod index;

pub use index::Index;

use super::Viewer;
use super::description::{Description, Holder};
use super::life::TaskState;
use crate::trace::event::Outcome;
use index::{Place, Waker};
use serde::{Deserialize, Serialize};

/// How events are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum OutlineBy {
    /// By the task that they are of.
    Task,
    /// By who woke it.
    Waker,
}

/// Siblings of an outline.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Outline {
    /// How many there are.
    pub size: u32,
    /// Those that were asked for.
    pub items: Vec<OutlineItem>,
}

/// An item of an outline.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct OutlineItem {
    /// The cursor right after its first event.
    pub at: u32,
    /// The time of that event, in ms.
    pub time: f64,
    /// How many items it has.
    pub children: u32,
    /// What it is.
    pub what: OutlineWhat,
}

/// What an item of an outline is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OutlineWhat {
    /// A task.
    Task {
        /// Its id.
        task: u32,
        /// What it is called.
        name: String,
        /// What it does after what was seen.
        state: TaskState,
    },
    /// What is of no task: the clock, timers, and what happens outside.
    Nobody,
    /// What happens to a task before its first poll.
    Before {
        /// The task.
        task: u32,
    },
    /// A poll, or a call, and what follows until the next.
    Poll {
        /// The task.
        task: u32,
        /// Which, from 1.
        nth: u32,
        /// Whether a callback was called.
        is_call: bool,
        /// How it ended; none while it goes on.
        outcome: Option<PollOutcome>,
    },
    /// Who wakes: none for timers and for promises, which are one each.
    Waker {
        /// Whether it is the run's timers.
        timers: bool,
        /// Who it is, where it is one.
        by: Option<Holder>,
    },
    /// An event.
    Event {
        /// What happened.
        event: Description,
    },
}

/// How a poll ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum PollOutcome {
    /// `Poll::Pending`.
    Pending,
    /// `Poll::Ready`.
    Ready,
    /// It panicked.
    Panicked,
    /// A callback returned.
    Returned,
}

impl From<Outcome> for PollOutcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Pending => PollOutcome::Pending,
            Outcome::Ready => PollOutcome::Ready,
            Outcome::Panicked => PollOutcome::Panicked,
        }
    }
}

/// Which of many siblings are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// The first, from 0.
    pub from: usize,
    /// How many at most.
    pub most: usize,
}

impl Viewer {
    /// Items below the one that a path names, of the first `seen` events of the run; `index` has its events.
    pub fn outline(&mut self, index: &Index, by: OutlineBy, path: &[u32], part: Part, seen: usize) -> Outline {
        let Some(above) = index.at(self.trace(), by, path, seen) else { return Outline::default() };
        let size = index.size(self.trace(), above, seen);
        let last = size.min(part.from.saturating_add(part.most));
        let places =
            (part.from..last).filter_map(|nth| index.child(self.trace(), above, nth, seen)).collect::<Vec<_>>();
        let items = places.into_iter().filter_map(|place| self.outline_item(index, place, seen)).collect();
        Outline { size: size as u32, items }
    }

    /// The path to the event before `cursor`; a shorter one where no item of the last level has it.
    pub fn outline_path(&self, index: &Index, by: OutlineBy, cursor: usize, seen: usize) -> Vec<u32> {
        let event = cursor.min(seen).checked_sub(1).filter(|&event| event < self.trace().len());
        event.map_or(Vec::new(), |event| index.path(self.trace(), by, event, seen))
    }

    fn outline_item(&mut self, index: &Index, place: Place, seen: usize) -> Option<OutlineItem> {
        let first = index.first(self.trace(), place)?;
        let what = match place {
            Place::Run(_) => return None,
            Place::Task(task) if !task.is_some() => OutlineWhat::Nobody,
            Place::Task(task) => {
                let state = self.look(seen).get(task).map(|task| task.state).unwrap_or_default();
                OutlineWhat::Task { task: task.0, name: self.name_of(task), state }
            }
            Place::Poll(task, _) => match index.poll(self.trace(), place, seen) {
                Some((nth, is_call, outcome)) => OutlineWhat::Poll { task: task.0, nth, is_call, outcome },
                None => OutlineWhat::Before { task: task.0 },
            },
            Place::Waker(waker) => {
                let by = match waker {
                    Waker::Timers | Waker::Promises => None,
                    Waker::Task(task) => Some(Holder::Task { task: task.0 }),
                    Waker::Source(source) => Some(Holder::thing(self.trace(), source)),
                    Waker::Outside => Some(Holder::Outside),
                };
                OutlineWhat::Waker { timers: waker == Waker::Timers, by }
            }
            Place::Wake(_) | Place::Event(_) => OutlineWhat::Event { event: self.describe(first + 1) },
        };
        let children = index.size(self.trace(), place, seen) as u32;
        Some(OutlineItem { at: first as u32 + 1, time: self.time(first + 1), children, what })
    }
}
