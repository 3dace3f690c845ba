//! What looks on while a field is projected to: where the fields and the pointers to them lie, and what moves.
//!
//! The code that is shown is generic and hands nothing through; who looks on is set for the thread while it runs.

use super::super::looked::{address, line, look, look_at_pointer};
use crate::pinning::Fields;
use crate::record::{Recorder, TraceRecorder};
use crate::trace::Event;
use crate::trace::ids::PlaceId;
use std::cell::RefCell;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Waker};

/// A future that is made of a number, and can be looked at.
pub trait Value: Future + Fields {
    fn new(local_var: u16) -> Self;
    /// Uses the addresses that were kept of such futures. What is recorded keeps none.
    fn ring() {}
}

/// Who looks on.
struct Seen {
    recorder: TraceRecorder,
    /// Names of places, their addresses, and the places.
    places: Vec<(String, usize, PlaceId)>,
    /// The field that was pinned last.
    pinned: Option<PlaceId>,
}

thread_local! {
    static SEEN: RefCell<Option<Seen>> = const { RefCell::new(None) };
}

/// Looks on while `run` runs.
pub(super) fn while_seen(recorder: &TraceRecorder, run: impl FnOnce()) {
    /// Also where `run` unwinds.
    struct Blind;
    impl Drop for Blind {
        fn drop(&mut self) {
            SEEN.take();
        }
    }
    SEEN.set(Some(Seen { recorder: recorder.clone(), places: Vec::new(), pinned: None }));
    let _blind = Blind;
    run();
}

/// What a future is polled with whose wakes nobody needs.
pub fn cx() -> Context<'static> {
    Context::from_waker(Waker::noop())
}

/// A value lives in the field of that name.
#[track_caller]
pub fn placed<T: Fields>(name: &str, value: &T) {
    see(Location::caller(), |seen| {
        let place = seen.place(name, value);
        seen.look(place, value);
    });
}

/// A field was projected to as pinned.
#[track_caller]
pub fn pinned<F>(name: &str, pointer: &Pin<&mut F>) {
    see(Location::caller(), |seen| {
        let place = seen.place(name, &**pointer);
        let by = seen.place(&format!("this.{name}"), pointer);
        let bytes = look_at_pointer(&seen.recorder, "pointer", address(pointer), address(&**pointer));
        seen.recorder.record(0, Event::Pinned { by, place, bytes });
        seen.pinned = Some(place);
    });
}

/// A field was projected to as it is, and changed.
#[track_caller]
pub fn plain<T: Fields>(name: &str, pointer: &&mut T) {
    see(Location::caller(), |seen| {
        let field = seen.place(name, &**pointer);
        seen.look(field, &**pointer);
        let place = seen.place(&format!("this.{name}"), pointer);
        let bytes = look_at_pointer(&seen.recorder, "pointer", address(pointer), address(&**pointer));
        seen.recorder.record(0, Event::Placed { place, bytes });
    });
}

/// A future was polled: one of which it is known where it lies.
#[track_caller]
pub fn polled<F: Value>(value: &F) {
    let is_here = |seen: &Seen| seen.places.iter().any(|&(_, at, _)| at == address(value));
    if SEEN.with_borrow(|seen| seen.as_ref().is_some_and(is_here)) {
        see(Location::caller(), |seen| seen.look_again(value));
    }
}

/// The field was written over.
#[track_caller]
pub fn overwritten<F: Value>(value: &F) {
    see(Location::caller(), |seen| seen.look_again(value));
}

/// The value has moved out of the field that was pinned last. Nobody looks on from here: what runs on may lie anywhere.
#[track_caller]
pub fn moved<F: Value>(value: &F) {
    see(Location::caller(), |seen| {
        let Some(from) = seen.pinned else { return };
        seen.recorder.record(0, Event::Taken { place: from });
        let to = seen.place("moved", value);
        let bytes = look(&seen.recorder, value);
        seen.recorder.record(0, Event::Moved { from, to, bytes });
    });
    SEEN.take();
}

/// Who kept an address uses it.
pub fn ring<F: Value>() {
    F::ring();
}

/// Records a line, and what `what` records.
fn see(at: &'static Location<'static>, what: impl FnOnce(&mut Seen)) {
    SEEN.with_borrow_mut(|seen| {
        let Some(seen) = seen else { return };
        line(&seen.recorder, at);
        what(seen);
    });
}

impl Seen {
    /// Where a value lies that has that name.
    fn place<T>(&mut self, name: &str, value: &T) -> PlaceId {
        let at = address(value);
        if let Some(&(.., place)) = self.places.iter().find(|(known, there, _)| known == name && *there == at) {
            return place;
        }
        let place = self.recorder.place(name, at, size_of::<T>());
        self.places.push((name.to_owned(), at, place));
        place
    }

    /// Looks at a value again, in the place where it was seen last.
    fn look_again<F: Value>(&mut self, value: &F) {
        let known = self.places.iter().rfind(|&&(_, at, _)| at == address(value));
        if let Some(&(.., place)) = known {
            self.look(place, value);
        }
    }

    fn look<T: Fields>(&mut self, place: PlaceId, value: &T) {
        let bytes = look(&self.recorder, value);
        self.recorder.record(0, Event::Placed { place, bytes });
    }
}
