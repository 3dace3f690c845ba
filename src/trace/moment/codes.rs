//! What moments ask of an event.

use crate::trace::event::Event;
use crate::trace::ids::TaskId;
use crate::trace::{Kind, Words};

/// An event's kind, and its task if it is of one.
pub(super) fn kind_and_task(event: Event) -> (Kind, TaskId) {
    let words = Words::of(event);
    (words.kind(), words.task())
}
