//! The slots that the code moves a value among: an arena that records what happens in it.

use super::super::looked::{line, snapshot};
use super::fields::{Looks, Seen, block};
use super::{BLOCK, COPY};
use crate::pinning::Arena;
use crate::record::{Recorder, TraceRecorder};
use crate::trace::Event;
use crate::trace::ids::{BlobId, PlaceId};
use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// The names of the slots.
const NAMES: [&str; 3] = ["here", "there", "elsewhere"];

/// Bytes that were copied. They are kept, so that their address is no other's.
type Copied = Box<[u8]>;

/// A value, moving from slot to slot.
pub struct Slots<T> {
    arena: Arena<T>,
    looks: Looks<T>,
    recorder: TraceRecorder,
    /// The places of the slots in the trace, and of what the value owns outside of them.
    places: [PlaceId; 3],
    owned: Option<PlaceId>,
    /// Where the value is, or was before it was taken.
    at: usize,
    begun: bool,
    copied: Option<Copied>,
}

impl<T> Slots<T> {
    pub fn new(recorder: &TraceRecorder, looks: Looks<T>) -> Self {
        let arena = Arena::new(NAMES.len());
        let place = |i| recorder.place(NAMES[i], arena.address(i), size_of::<T>());
        let places = [place(0), place(1), place(2)];
        Slots { arena, looks, recorder: recorder.clone(), places, owned: None, at: 0, begun: false, copied: None }
    }

    /// Moves a value into the next slot; the first time, into the first.
    #[track_caller]
    pub fn put(&mut self, value: T) {
        line(&self.recorder, Location::caller());
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
        line(&self.recorder, Location::caller());
        self.recorder.record(0, Event::Taken { place: self.places[self.at] });
        self.arena.take().expect("a value was put and not taken")
    }

    /// Does something with the value where it is.
    #[track_caller]
    pub fn with<R>(&mut self, change: impl FnOnce(&mut T) -> R) -> R {
        line(&self.recorder, Location::caller());
        let done = change(self.arena.value_mut().expect("a value was put and not taken"));
        let bytes = self.snapshot();
        self.recorder.record(0, Event::Placed { place: self.places[self.at], bytes });
        self.show_owned();
        done
    }

    fn snapshot(&self) -> BlobId {
        let (_, value) = self.arena.value().expect("a value was put and not taken");
        record(&self.recorder, &(self.looks.at)(value))
    }

    fn show_owned(&mut self) {
        let Some((_, value)) = self.arena.value() else { return };
        let Some((name, seen)) = (self.looks.owned)(value) else { return };
        let place = *self.owned.get_or_insert_with(|| self.recorder.place(name, seen.address, seen.bytes.len()));
        let bytes = record(&self.recorder, &seen);
        self.recorder.record(0, Event::Placed { place, bytes });
    }
}

impl<F: Future> Slots<F> {
    /// Holds a block in its box: there it stays from now on. It was taken out of its slot.
    #[track_caller]
    pub fn hold(&mut self, block: Pin<Box<F>>) -> Held<F> {
        line(&self.recorder, Location::caller());
        let held = Held::new(&self.recorder, block);
        let (from, bytes) = (self.places[self.at], held.snapshot());
        self.recorder.record(0, Event::Moved { from, to: held.place, bytes });
        held
    }
}

impl<F: Future> Slots<Pin<Box<F>>> {
    /// Copies the bytes of the block that the box owns.
    #[track_caller]
    pub fn copy(&mut self) {
        line(&self.recorder, Location::caller());
        let (_, value) = self.arena.value().expect("a value was put and not taken");
        self.copied = Some(copy(&self.recorder, block(&**value)));
    }
}

/// A block in a box, that never leaves it.
pub struct Held<F> {
    pub block: Pin<Box<F>>,
    place: PlaceId,
    recorder: TraceRecorder,
    copied: Option<Copied>,
}

impl<F: Future> Held<F> {
    pub fn new(recorder: &TraceRecorder, boxed: Pin<Box<F>>) -> Self {
        let address = std::ptr::from_ref::<F>(&boxed).addr();
        let place = recorder.place(BLOCK, address, size_of::<F>());
        Held { block: boxed, place, recorder: recorder.clone(), copied: None }
    }

    /// Polls it once, where it is.
    #[track_caller]
    pub fn poll(&mut self) -> Poll<F::Output> {
        line(&self.recorder, Location::caller());
        let polled = poll_once(self.block.as_mut());
        self.look();
        polled
    }

    /// Copies its bytes.
    #[track_caller]
    pub fn copy(&mut self) {
        line(&self.recorder, Location::caller());
        self.copied = Some(copy(&self.recorder, block(&*self.block)));
    }

    /// Records its bytes as they are.
    pub fn look(&self) {
        let bytes = self.snapshot();
        self.recorder.record(0, Event::Placed { place: self.place, bytes });
    }

    fn snapshot(&self) -> BlobId {
        record(&self.recorder, &block(&*self.block))
    }
}

/// Polls a block that needs no waker to come to its end.
pub fn poll_once<F: Future>(block: Pin<&mut F>) -> Poll<F::Output> {
    block.poll(&mut Context::from_waker(Waker::noop()))
}

/// Copies bytes to another place, as a move would, where they are no value: they are read, and never taken for one.
fn copy(recorder: &TraceRecorder, seen: Seen) -> Copied {
    let copied: Copied = seen.bytes.into();
    let address = copied.as_ptr().addr();
    let place = recorder.place(COPY, address, copied.len());
    let bytes = record(recorder, &Seen { address, bytes: copied.to_vec(), fields: seen.fields });
    recorder.record(0, Event::Placed { place, bytes });
    copied
}

fn record(recorder: &TraceRecorder, Seen { address, bytes, fields }: &Seen) -> BlobId {
    snapshot(recorder, *address, bytes.clone(), fields)
}
