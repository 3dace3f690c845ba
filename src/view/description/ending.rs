//! How a run ended, as the page shows it, and why it was cut off, as the page says it.

use crate::trace::event::End;
use serde::{Deserialize, Serialize};

/// How a run ended, as shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Ending {
    /// Nothing is left to do.
    Completed,
    /// Tasks wait and nobody will wake them.
    Deadlock {
        /// How many.
        tasks: u32,
    },
    /// The budget of polls is used up.
    Polls {
        /// The budget.
        budget: u32,
    },
    /// The budget of events is used up.
    Events {
        /// The budget.
        budget: u32,
    },
    /// The budget of memory is used up.
    Memory {
        /// The budget in KiB.
        budget: u32,
    },
    /// The budget of virtual time is used up.
    Time {
        /// The budget in ms.
        budget: u32,
    },
    /// A task panicked.
    Panicked,
    /// A person stopped it.
    Stopped,
    /// A live run waited as long as it may.
    GaveUp {
        /// How many tasks still wait.
        tasks: u32,
    },
    /// A poll did not return.
    Hung,
    /// The stack overflowed.
    Stack,
    /// There was no memory left.
    OutOfMemory,
    /// The program trapped.
    Trapped,
}

/// Why a run was cut off, which the runner knows and its recorder could not write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum CutOff {
    /// A person stopped it.
    Stopped,
    /// A poll did not return.
    Hung,
    /// The stack overflowed.
    Stack,
    /// There was no memory left.
    OutOfMemory,
    /// The program trapped.
    Trapped,
}

impl Ending {
    /// The one that the page calls by this name, with its number.
    pub fn named(why: &str, n: u32) -> Option<Ending> {
        Some(match why {
            "completed" => Ending::Completed,
            "deadlock" => Ending::Deadlock { tasks: n },
            "polls" => Ending::Polls { budget: n },
            "events" => Ending::Events { budget: n },
            "memory" => Ending::Memory { budget: n },
            "time" => Ending::Time { budget: n },
            "panicked" => Ending::Panicked,
            "stopped" => Ending::Stopped,
            "gave_up" => Ending::GaveUp { tasks: n },
            "hung" => Ending::Hung,
            "stack" => Ending::Stack,
            "out_of_memory" => Ending::OutOfMemory,
            "trapped" => Ending::Trapped,
            _ => return None,
        })
    }
}

impl From<CutOff> for End {
    fn from(why: CutOff) -> Self {
        match why {
            CutOff::Stopped => End::Stopped,
            CutOff::Hung => End::Hung,
            CutOff::Stack => End::Stack,
            CutOff::OutOfMemory => End::OutOfMemory,
            CutOff::Trapped => End::Trapped,
        }
    }
}

impl From<End> for Ending {
    fn from(end: End) -> Self {
        match end {
            End::Completed => Ending::Completed,
            End::Deadlock(tasks) => Ending::Deadlock { tasks },
            End::Polls(budget) => Ending::Polls { budget },
            End::Events(budget) => Ending::Events { budget },
            End::Memory(budget) => Ending::Memory { budget },
            End::Time(budget) => Ending::Time { budget },
            End::Panicked => Ending::Panicked,
            End::Stopped => Ending::Stopped,
            End::GaveUp(tasks) => Ending::GaveUp { tasks },
            End::Hung => Ending::Hung,
            End::Stack => Ending::Stack,
            End::OutOfMemory => Ending::OutOfMemory,
            End::Trapped => Ending::Trapped,
        }
    }
}
