//! Padding: which bytes of a value are none of its fields, and hold nothing.

use super::discriminant::Discriminants;
use crate::trace::ids::TaskId;
use crate::trace::{Role, Snapshot, Trace};
use std::ops::Range;

/// Which of the bytes are padding that snapshots call so.
#[derive(Clone, Copy, Debug)]
pub(super) enum Padding {
    /// All.
    All,
    /// All but this one: it is the number of the state.
    But(usize),
    /// Nobody knows: the number of the state may be any of them.
    Unknown,
}

impl Padding {
    /// Of a task's future.
    pub(super) fn of_task(trace: &Trace, discriminants: &Discriminants, task: TaskId) -> Padding {
        discriminants.of_task(trace, task).map_or(Padding::Unknown, |tag| Padding::But(tag as usize))
    }

    /// What a snapshot calls padding, stretch by stretch.
    pub(super) fn called(snapshot: &Snapshot) -> impl Iterator<Item = Range<usize>> {
        let fields = snapshot.fields.iter().filter(|field| field.role == Role::Padding);
        fields.map(|field| field.offset as usize..(field.offset + field.size) as usize)
    }

    /// Whether a byte of a snapshot is padding.
    pub(super) fn has(self, snapshot: &Snapshot, at: usize) -> bool {
        let may_be = match self {
            Padding::All => true,
            Padding::But(tag) => at != tag,
            Padding::Unknown => false,
        };
        may_be && Padding::called(snapshot).any(|stretch| stretch.contains(&at))
    }

    /// How many bytes are others than before; padding is never read.
    pub(super) fn changed(self, was: &Snapshot, now: &Snapshot) -> u32 {
        let differ = was.bytes.iter().zip(&now.bytes).enumerate().filter(|(_, (was, now))| was != now);
        differ.filter(|&(at, _)| !self.has(now, at)).count() as u32
    }
}
