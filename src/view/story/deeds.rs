//! Deeds: kinds of events, told apart as far as a story tells them apart.

use crate::trace::event::{DropReason, Event, Outcome, WakeEffect};
use crate::trace::ids::{BlobId, PlaceId};
use crate::trace::{Kind, Trace};

/// The number of a kind of events and of what came of it: of the outcome of a poll, the effect of a wake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Deed(pub(super) u16);

impl Deed {
    /// Of an event. `sight`: of a value placed, what is new of it.
    pub(super) fn of(event: Event, sight: Sight) -> Deed {
        let which = match event {
            Event::PollEnded { outcome, .. } | Event::Exited { outcome, .. } => outcome as u16,
            Event::StateChanged { from, to, .. } => u16::from(from == to),
            Event::Woken { effect, .. } => effect as u16,
            Event::Changed { change, .. } => change as u16,
            Event::Dropped { reason, .. } => reason as u16,
            Event::PromiseSettled { how, .. } => how as u16 + 2 * u16::from(sight == Sight::Unawaited),
            Event::ClockAdvanced { task, .. } => u16::from(task.is_some()),
            Event::Placed { .. } | Event::Received { .. } => sight as u16,
            _ => 0,
        };
        Deed(event.kind() as u16 * 8 + which)
    }
}

/// What is new of a value that is looked at in its place, or of bytes that come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sight {
    /// All of it.
    #[default]
    New = 0,
    /// Some of its bytes.
    Changed = 1,
    /// Nothing.
    Same = 2,
    /// Who waited for them is gone.
    Unawaited = 3,
}

impl Sight {
    /// Of bytes, where there were others in the place before.
    pub(super) fn of(trace: &Trace, before: BlobId, now: BlobId) -> Sight {
        match (trace.snapshot(before), trace.snapshot(now)) {
            (Some(before), Some(now)) if before.bytes == now.bytes => Sight::Same,
            (Some(_), Some(_)) => Sight::Changed,
            _ => Sight::New,
        }
    }
}

/// The place and the bytes of an event that shows a value.
pub(super) fn placed(event: Event) -> Option<(PlaceId, BlobId)> {
    match event {
        Event::Placed { place, bytes } => Some((place, bytes)),
        _ => None,
    }
}

/// Whether the first event of its deed is a moment: a thing that the reader has not seen done before.
pub(super) fn is_telling(event: Event, sight: Sight) -> bool {
    match event {
        Event::PollEnded { outcome, .. } => outcome == Outcome::Ready,
        Event::Woken { effect, .. } => effect == WakeEffect::Queued,
        Event::StateChanged { from, to, .. } => from != to,
        Event::Placed { .. } => sight != Sight::Same,
        _ => matches!(
            event.kind(),
            Kind::Spawned
                | Kind::FoundEmpty
                | Kind::Logged
                | Kind::Created
                | Kind::Begun
                | Kind::KeptForNobody
                | Kind::CellRead
                | Kind::CellWritten
                | Kind::Boxed
                | Kind::Freed
                | Kind::Signalled
                | Kind::Entrusted
                | Kind::Turned
                | Kind::Registered
                | Kind::Reported
                | Kind::Drained
                | Kind::CallStarted
                | Kind::Taken
                | Kind::Moved
                | Kind::Pinned
                | Kind::Reaction
                | Kind::PromiseSettled
                | Kind::Received
                | Kind::Aborted
                | Kind::Listened
                | Kind::StreamMade
                | Kind::Pulled
                | Kind::ChunkMade
                | Kind::StreamFull
                | Kind::ReaderTaken
                | Kind::ChunkRead
                | Kind::ReaderLeft
                | Kind::StreamCancelled
                | Kind::StreamClosed
                | Kind::StackSuspended
                | Kind::StackResumed
                | Kind::Spun
                | Kind::MicrotaskStarted
                | Kind::MacrotaskStarted
                | Kind::FrameStarted
        ),
    }
}

/// Whether a wake or a poll is not of the usual round.
pub(super) fn is_odd(event: Event) -> bool {
    match event {
        Event::Woken { effect, .. } => matches!(effect, WakeEffect::Coalesced | WakeEffect::AfterDone),
        _ => event.kind() == Kind::PolledAgain,
    }
}

/// Whether it is told wherever it stands.
pub(super) fn is_grave(event: Event) -> bool {
    match event {
        Event::PollEnded { outcome, .. } => outcome == Outcome::Panicked,
        Event::Dropped { reason, .. } => reason == DropReason::Cancelled,
        _ => {
            is_change(event) || {
                matches!(event.kind(), Kind::Panicked | Kind::DroppedUnpolled | Kind::Discarded | Kind::Refused)
            }
        }
    }
}

/// Whether a person changed the run there.
pub(super) fn is_change(event: Event) -> bool {
    matches!(event.kind(), Kind::Changed | Kind::WakeLost)
}

/// Whether a poll may be cut after it, when a story is short.
pub(super) fn is_pivot(event: Event) -> bool {
    matches!(
        event.kind(),
        Kind::FoundEmpty
            | Kind::WakerHeld
            | Kind::Logged
            | Kind::ClockAdvanced
            | Kind::Spawned
            | Kind::PolledAgain
            | Kind::Signalled
            | Kind::Created
            | Kind::Begun
            | Kind::Discarded
            | Kind::DroppedUnpolled
    )
}

/// Whether it is what a poll says, asks or does: of these, two make a sentence each.
pub(super) fn is_fact(event: Event) -> bool {
    match event {
        Event::StateChanged { from, to, .. } => from != to,
        Event::Woken { effect, .. } => matches!(effect, WakeEffect::Queued | WakeEffect::Coalesced),
        _ => matches!(
            event.kind(),
            Kind::FoundEmpty
                | Kind::WakerHeld
                | Kind::Logged
                | Kind::Spawned
                | Kind::PolledAgain
                | Kind::PollEnded
                | Kind::Created
                | Kind::Begun
                | Kind::Discarded
                | Kind::KeptForNobody
                | Kind::CellRead
                | Kind::CellWritten
                | Kind::Boxed
                | Kind::Freed
                | Kind::ChunkRead
                | Kind::ReaderLeft
                | Kind::StreamCancelled
        ),
    }
}
