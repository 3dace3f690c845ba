//! The slots that the code moves a value among: an arena that records what happens in it.

use super::shown::Shown;
use crate::pinning::{Arena, FieldBytes, bytes_of};
use crate::record::{ObservedField, Recorder, TraceRecorder};
use crate::trace::Event;
use crate::trace::ids::{BlobId, PlaceId, TaskId};
use std::panic::Location;

/// The names of the slots.
const NAMES: [&str; 3] = ["here", "there", "elsewhere"];

/// A value, moving from slot to slot.
pub struct Slots<T> {
    arena: Arena<T>,
    recorder: TraceRecorder,
    /// The places of the slots in the trace, and of what the value owns outside of them.
    places: [PlaceId; 3],
    owned: Option<PlaceId>,
    /// Where the value is, or was before it was taken.
    at: usize,
    begun: bool,
}

impl<T: Shown> Slots<T> {
    pub fn new(recorder: &TraceRecorder) -> Self {
        let arena = Arena::new(NAMES.len());
        let place = |i| recorder.place(NAMES[i], arena.address(i), size_of::<T>());
        let places = [place(0), place(1), place(2)];
        Slots { arena, recorder: recorder.clone(), places, owned: None, at: 0, begun: false }
    }

    /// Moves a value into the next slot; the first time, into the first.
    #[track_caller]
    pub fn put(&mut self, value: T) {
        self.line(Location::caller());
        let from = self.at;
        if self.begun {
            self.at = (self.at + 1) % NAMES.len();
        }
        self.arena.put(self.at, value);
        let bytes = self.snapshot();
        let (from, to) = (self.places[from], self.places[self.at]);
        let event = if self.begun { Event::Moved { from, to, bytes } } else { Event::Placed { place: to, bytes } };
        self.recorder.record(0, event);
        self.show_owned();
        self.begun = true;
    }

    /// Moves the value out of its slot.
    #[track_caller]
    pub fn take(&mut self) -> T {
        self.line(Location::caller());
        self.recorder.record(0, Event::Taken { place: self.places[self.at] });
        self.arena.take().expect("a value was put and not taken")
    }

    /// Does something with the value where it is.
    #[track_caller]
    pub fn with(&mut self, change: impl FnOnce(&mut T)) {
        self.line(Location::caller());
        change(self.arena.value_mut().expect("a value was put and not taken"));
        let bytes = self.snapshot();
        self.recorder.record(0, Event::Placed { place: self.places[self.at], bytes });
        self.show_owned();
    }

    fn line(&self, at: &'static Location<'static>) {
        let file = at.file().rsplit(['/', '\\']).next().unwrap_or_default();
        let site = self.recorder.site(file, at.line(), at.column());
        self.recorder.record(0, Event::Line { task: TaskId::NONE, site });
    }

    fn snapshot(&self) -> BlobId {
        let (slot, value) = self.arena.value().expect("a value was put and not taken");
        let (bytes, fields) = bytes_of(value);
        record_bytes(&self.recorder, self.arena.address(slot), bytes, &fields)
    }

    fn show_owned(&mut self) {
        let Some((_, value)) = self.arena.value() else { return };
        let Some((name, address, bytes, fields)) = value.owned() else { return };
        let place = *self.owned.get_or_insert_with(|| self.recorder.place(name, address, bytes.len()));
        let bytes = record_bytes(&self.recorder, address, bytes, &fields);
        self.recorder.record(0, Event::Placed { place, bytes });
    }
}

fn record_bytes(recorder: &TraceRecorder, address: usize, bytes: Vec<u8>, fields: &[FieldBytes]) -> BlobId {
    let observed = |f: &FieldBytes| ObservedField {
        name: f.name.into(),
        address: address + f.offset,
        size: f.bytes.len(),
        role: f.role,
    };
    let fields: Vec<_> = fields.iter().map(observed).collect();
    recorder.snapshot(address, bytes, &fields)
}
