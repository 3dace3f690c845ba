//! Lists of the events before a cursor: what the run has printed, in which order things happened, and what a picture shows
//! of them.

use super::Viewer;
use super::description::Description;
use super::step::{Kinds, bit};
use crate::trace::Kind;
use serde::{Deserialize, Serialize};

/// Which events a list is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum ListingOf {
    /// The lines that tasks logged.
    Output,
    /// What runs in the browser's event loop: macrotasks, microtasks, polls, promises, reactions, bytes
    /// that come and aborts, stacks that are set aside and come back, and lines that were logged.
    Order,
    /// What a picture shows of a run beside its lanes: wakes and what was found, timers, bells, drivers and their turns, sources of data, locks, cells, the heap, time
    /// that was spent, lines that ran or were logged, values and pointers that are placed or moved, what is refused, and what
    /// a person changed. Polls, states and wakers are stretches of lanes.
    Marks,
}

impl ListingOf {
    const fn kinds(self) -> Kinds {
        match self {
            ListingOf::Output => bit(Kind::Logged),
            ListingOf::Order => {
                bit(Kind::MacrotaskStarted)
                    | bit(Kind::MicrotaskStarted)
                    | bit(Kind::FrameStarted)
                    | bit(Kind::PollStarted)
                    | bit(Kind::PromiseSettled)
                    | bit(Kind::Reaction)
                    | bit(Kind::Received)
                    | bit(Kind::Aborted)
                    | bit(Kind::Pulled)
                    | bit(Kind::ChunkMade)
                    | bit(Kind::ChunkRead)
                    | bit(Kind::ReaderLeft)
                    | bit(Kind::StreamCancelled)
                    | bit(Kind::StackSuspended)
                    | bit(Kind::StackResumed)
                    | bit(Kind::Logged)
            }
            ListingOf::Marks => {
                bit(Kind::Signalled)
                    | bit(Kind::FoundEmpty)
                    | bit(Kind::WakeLost)
                    | bit(Kind::Changed)
                    | bit(Kind::PolledAgain)
                    | bit(Kind::DroppedUnpolled)
                    | bit(Kind::Discarded)
                    | bit(Kind::Woken)
                    | bit(Kind::TimerSet)
                    | bit(Kind::TimerFired)
                    | bit(Kind::TimerCancelled)
                    | bit(Kind::Locked)
                    | bit(Kind::Unlocked)
                    | bit(Kind::CellRead)
                    | bit(Kind::CellWritten)
                    | bit(Kind::Boxed)
                    | bit(Kind::Freed)
                    | bit(Kind::Logged)
                    | bit(Kind::ClockAdvanced)
                    | bit(Kind::Panicked)
                    | bit(Kind::Ended)
                    | bit(Kind::Line)
                    | bit(Kind::CallStarted)
                    | bit(Kind::PromiseCreated)
                    | bit(Kind::PromiseSettled)
                    | bit(Kind::Reaction)
                    | bit(Kind::Received)
                    | bit(Kind::Aborted)
                    | bit(Kind::Listened)
                    | bit(Kind::StackSuspended)
                    | bit(Kind::StackResumed)
                    | bit(Kind::Spun)
                    | bit(Kind::MicrotaskStarted)
                    | bit(Kind::MacrotaskStarted)
                    | bit(Kind::FrameStarted)
                    | bit(Kind::Placed)
                    | bit(Kind::Taken)
                    | bit(Kind::Moved)
                    | bit(Kind::Pinned)
                    | bit(Kind::Refused)
                    | bit(Kind::Entrusted)
                    | bit(Kind::Turned)
                    | bit(Kind::Registered)
                    | bit(Kind::Arrived)
                    | bit(Kind::Reported)
                    | bit(Kind::Drained)
                    | bit(Kind::StreamMade)
                    | bit(Kind::Pulled)
                    | bit(Kind::ChunkMade)
                    | bit(Kind::StreamHolds)
                    | bit(Kind::StreamFull)
                    | bit(Kind::ReaderTaken)
                    | bit(Kind::ChunkRead)
                    | bit(Kind::ReaderLeft)
                    | bit(Kind::StreamCancelled)
                    | bit(Kind::StreamClosed)
            }
        }
    }
}

/// The last events of a list, in order.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Listing {
    /// Each.
    pub events: Vec<Listed>,
    /// Whether there are some before them.
    pub is_cut: bool,
}

/// An event of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Listed {
    /// The cursor right after it.
    pub at: u32,
    /// When, in ms.
    pub time: f64,
    /// What happened.
    pub event: Description,
}

impl Viewer {
    /// The last `most` events of a list before `cursor`.
    pub fn listing(&mut self, of: ListingOf, cursor: usize, most: usize) -> Listing {
        let mut found = Vec::new();
        let mut before = cursor.min(self.trace().len());
        while found.len() <= most
            && let Some(event) = self.last_of(of.kinds(), before)
        {
            found.push(event + 1);
            before = event;
        }
        let is_cut = found.len() > most;
        found.truncate(most);
        let listed = |at: usize| {
            let time = self.trace().unit.to_ms(self.trace().time(at - 1));
            Listed { at: at as u32, time, event: self.describe(at) }
        };
        Listing { events: found.into_iter().rev().map(listed).collect(), is_cut }
    }
}
