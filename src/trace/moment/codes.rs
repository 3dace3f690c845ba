//! What moments ask of the table of events.

use crate::trace::event::Event;
use crate::trace::ids::TaskId;
use crate::trace::{Kind, Words};

/// An event's kind, and its task if it is of one.
pub(super) fn kind_and_task(event: Event) -> (Kind, TaskId) {
    let Words(head, _) = Words::of(event);
    let kind = Kind::ALL[head as u8 as usize];
    (kind, if kind == Kind::Moved { TaskId::NONE } else { TaskId((head >> 32) as u32) })
}

/// The version of links in which there was this kind for the first time.
pub(super) fn since(_: Kind) -> u32 {
    1
}

/// What a kind is called in moments: letters, two at least.
pub(super) fn code(kind: Kind) -> &'static str {
    match kind {
        Kind::Spawned => "spawn",
        Kind::Enqueued => "queue",
        Kind::PollStarted => "poll",
        Kind::PollEnded => "polled",
        Kind::Entered => "enter",
        Kind::Exited => "exit",
        Kind::StateChanged => "state",
        Kind::WakerCloned => "clone",
        Kind::WakerDropped => "unclone",
        Kind::WakerHeld => "hold",
        Kind::WakerReleased => "release",
        Kind::Rang => "ring",
        Kind::Looked => "look",
        Kind::Locked => "lock",
        Kind::Unlocked => "unlock",
        Kind::WakeLost => "lost",
        Kind::Changed => "change",
        Kind::PolledAgain => "again",
        Kind::DroppedUnpolled => "unpolled",
        Kind::Woken => "wake",
        Kind::TimerSet => "set",
        Kind::TimerFired => "fired",
        Kind::TimerCancelled => "cancelled",
        Kind::Dropped => "drop",
        Kind::Allocated => "alloc",
        Kind::Logged => "log",
        Kind::ClockAdvanced => "clock",
        Kind::Idle => "idle",
        Kind::Panicked => "panic",
        Kind::Ended => "end",
        Kind::CallStarted => "call",
        Kind::CallEnded => "called",
        Kind::PromiseCreated => "promise",
        Kind::PromiseSettled => "settle",
        Kind::Reaction => "react",
        Kind::MicrotaskQueued => "microqueue",
        Kind::MicrotaskStarted => "micro",
        Kind::MicrotaskEnded => "microend",
        Kind::MacrotaskQueued => "macroqueue",
        Kind::MacrotaskStarted => "macro",
        Kind::MacrotaskEnded => "macroend",
        Kind::Line => "line",
        Kind::Placed => "place",
        Kind::Taken => "take",
        Kind::Moved => "move",
        Kind::Model => "model",
    }
}
