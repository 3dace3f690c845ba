//! The sink: what leaf futures report to while they are polled, whatever executor polls them.
//!
//! A *leaf* is a future that waits for something itself, or a combinator that wants to be seen. It enters and exits in its
//! poll, and says what holds its waker. Names, files and lines need not be `'static`: they may come from a program that is
//! interpreted. The sink knows which task is polled and what time it is; how tasks are scheduled it does not know.

use super::recorder::ObservedField;
use super::unpolled::{Mark, Unpolled};
use crate::trace::event::{Event, WakeSource};
use crate::trace::ids::{FutureId, FutureKindId, NameId, SiteId, SourceId, TaskId};
use crate::trace::{FutureRole, SourceKind};

/// What leaf futures report to.
pub trait Sink {
    /// Whether anything is recorded. Guards work that is done for the recorder alone.
    fn is_recording(&self) -> bool;

    /// Whether names, places, values and futures are recorded, too: if not, only what tasks do to each other, and what they log.
    fn is_detailed(&self) -> bool {
        self.is_recording()
    }

    /// The number of this sink, which no other one of its process has: numbers of tasks and sources are its own.
    fn number(&self) -> u64;

    /// The task that is polled; none outside of polls.
    fn task(&self) -> TaskId;

    /// Appends an event, now.
    fn record(&self, event: Event);

    /// The number of a text.
    fn name(&self, text: &str) -> NameId;

    /// The number of a place in the code.
    fn site(&self, file: &str, line: u32, column: u32) -> SiteId;

    /// The number of what futures of a name are to others.
    fn future_kind(&self, name: &str, role: FutureRole) -> FutureKindId;

    /// A future was made at a line; it is remembered until its first poll, if it can keep a mark until then.
    fn created(&self, _kind: FutureKindId, _site: SiteId, _is_marked: bool) -> Mark {
        Mark::NONE
    }

    /// A future that was made here, and keeps its mark.
    fn marked(&self, _mark: Mark) -> Option<Unpolled> {
        None
    }

    /// A future that was made here is polled for the first time, or dropped.
    fn take_unpolled(&self, _mark: Mark) -> Option<Unpolled> {
        None
    }

    /// The number of a future inside of the polled task, by what it is and where. Where this is known to be its `first` poll,
    /// it has the number that it got when it was made; if it got none, a new one.
    fn future(&self, kind: FutureKindId, address: usize, first: Option<FutureId>) -> FutureId;

    /// The line from which the future is polled that is being polled innermost.
    fn polled_from(&self) -> SiteId {
        SiteId::NONE
    }

    /// That future returned `Ready`: what is polled at its address later is another one.
    fn future_done(&self, id: FutureId);

    /// A value or a future inside of the polled one was seen.
    fn observed(&self, field: ObservedField);

    /// The polled task looked at something that wakes tasks, or changed it, where no event says so.
    fn used(&self, _by: WakeSource) {}

    /// Says what the polled task took from the heap and gave back since that was told last, at this line.
    fn heap(&self, _site: SiteId) {}

    /// A number for something that tasks wait for.
    fn source(&self, kind: SourceKind) -> SourceId;

    /// The polled task's future held a sender of a channel, or the guard of a mutex, and is being dropped.
    fn held(&self, source: SourceId);

    /// Sets what wakes tasks from now on, and returns what did before.
    fn set_source(&self, source: WakeSource) -> WakeSource;

    /// Records a panic as the last event, and sends the end of the trace. Returns whether there is one.
    fn panicked(&self, message: &str) -> bool;
}
