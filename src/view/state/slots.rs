//! Slots of memory, and the values that live in them.

use crate::trace::ids::{BlobId, PlaceId};

/// A slot of memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slot {
    /// The bytes in it.
    pub bytes: BlobId,
    /// Whether a value lives there; if not, the bytes are what it left behind.
    pub alive: bool,
    /// The bytes before that, of the same value in the same slot.
    pub was: BlobId,
}

/// The slots of a run, by number. One that was never used is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slots(Vec<Slot>);

impl Slots {
    /// One of them.
    pub fn get(&self, place: PlaceId) -> Slot {
        self.0.get(place.index()).copied().unwrap_or_default()
    }

    /// A value is put into a slot, or changed where it lives.
    pub(super) fn place(&mut self, place: PlaceId, bytes: BlobId) {
        let before = self.get(place);
        let was = if before.alive { before.bytes } else { BlobId::NONE };
        *self.slot(place) = Slot { bytes, alive: true, was };
    }

    /// The value is moved out of a slot.
    pub(super) fn take(&mut self, place: PlaceId) {
        if let Some(slot) = self.0.get_mut(place.index()) {
            slot.alive = false;
        }
    }

    /// A value is copied into a slot from elsewhere.
    pub(super) fn copy_to(&mut self, place: PlaceId, bytes: BlobId) {
        *self.slot(place) = Slot { bytes, alive: true, was: BlobId::NONE };
    }

    fn slot(&mut self, place: PlaceId) -> &mut Slot {
        let i = place.index();
        if self.0.len() <= i {
            self.0.resize(i + 1, Slot::default());
        }
        &mut self.0[i]
    }

    /// The bytes of the list.
    pub(super) fn heap(&self) -> usize {
        size_of_val(&*self.0)
    }
}
