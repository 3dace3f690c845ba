//! What looks on while the ways are run: where values and pointers lie, and what moves where.
//!
//! Every way is a function, and its last look runs the next one: all frames and values are there until the end, and no
//! address is used for two things. A place is named by its way and by what it is: `box_pin::heap`.

use super::super::looked::{address, line, look, look_at_pointer};
use super::refusal::Refusal;
use crate::alloc::uncounted;
use crate::pinning::Fields;
use crate::record::{Recorder, TraceRecorder};
use crate::trace::Event;
use crate::trace::ids::{BlobId, PlaceId, TaskId};
use std::cell::Cell;
use std::marker::PhantomData;
use std::ops::Deref;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Waker};

/// The move that is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Try {
    /// The value is moved out of its `Pin`.
    Value,
    /// The pointer is moved.
    Pointer,
    /// The value is moved when its `Pin` is gone.
    After,
    /// Another value is set in its place.
    Set,
    /// The value is moved through a `&mut`.
    GetMut,
    /// The value is moved through what the `Pin` is made of.
    IntoInner,
}

/// A future that is made of a number, and can be looked at.
pub trait Value: Future + Fields {
    fn new(local_var: u16) -> Self;
}

/// Where a value lies: its address, and the place in the trace.
#[derive(Clone, Copy)]
struct At(usize, PlaceId);

/// Who looks on.
pub struct See<'a, F> {
    recorder: &'a TraceRecorder,
    tried: Try,
    /// The way that runs, and what runs the one that comes after it.
    way: Cell<&'static str>,
    go_on: &'a dyn Fn(&See<'_, F>),
    /// Where its value lies, and its pointer.
    value: Cell<Option<At>>,
    pointer: Cell<Option<At>>,
    /// That it was placed, where this is told with its pinning: a story has room for twelve moments, and not for two more a way.
    placed: Cell<Option<Event>>,
    is_brief: bool,
    of: PhantomData<F>,
}

impl<'a, F: Value> See<'a, F> {
    pub fn new(recorder: &'a TraceRecorder, tried: Try, is_brief: bool, go_on: &'a dyn Fn(&See<'_, F>)) -> Self {
        See {
            recorder,
            tried,
            way: Cell::new(""),
            go_on,
            value: Cell::default(),
            pointer: Cell::default(),
            placed: Cell::default(),
            is_brief,
            of: PhantomData,
        }
    }

    /// A way begins.
    pub fn begin(&self, way: &'static str) {
        self.way.set(way);
    }

    /// The move that is tried.
    pub fn tried(&self) -> Try {
        self.tried
    }

    /// What a future is polled with whose wakes nobody needs.
    pub fn cx(&self) -> Context<'static> {
        Context::from_waker(Waker::noop())
    }

    /// Goes on to the next way, while all that this one has is still there.
    fn next(&self) {
        self.value.take();
        self.pointer.take();
        (self.go_on)(self);
    }

    /// A value was made.
    #[track_caller]
    pub fn placed(&self, value: &F) {
        uncounted(|| {
            let at = self.place("fut", value);
            self.value.set(Some(at));
            self.placed.set(Some(Event::Placed { place: at.1, bytes: self.bytes(value) }));
        });
        if !self.is_brief || self.way.get() == "not_pinned" {
            self.at_line(Location::caller(), || {});
        }
    }

    /// It was pinned. If it lies elsewhere now, it was moved there first.
    #[track_caller]
    pub fn pinned<P: Deref<Target = F>>(&self, pointer: &Pin<P>) {
        self.at_line(Location::caller(), || {
            let value = self.value();
            if address(&**pointer) != value.0 {
                let is_boxed = self.way.get() == "box_pin";
                self.go_to(value, if is_boxed { "heap" } else { "hidden" }, &**pointer);
            }
            let at = self.place("pinned", pointer);
            let bytes = self.pointer_bytes(pointer);
            let event = Event::Pinned { by: at.1, place: self.value().1, bytes };
            self.recorder.record(0, event);
            self.pointer.set(Some(at));
        });
    }

    /// It was polled, and is looked at again.
    #[track_caller]
    pub fn polled<P: Deref<Target = F>>(&self, pointer: &Pin<P>) {
        self.at_line(Location::caller(), || self.look(&**pointer));
    }

    /// Another value was written in its place.
    #[track_caller]
    pub fn set<P: Deref<Target = F>>(&self, pointer: &Pin<P>) {
        self.at_line(Location::caller(), || self.look(&**pointer));
        self.next();
    }

    /// The pointer was moved.
    #[track_caller]
    pub fn pointer_moved<P: Deref<Target = F>>(&self, pointer: &Pin<P>) {
        self.at_line(Location::caller(), || {
            let Some(At(_, from)) = self.pointer.take() else { return };
            self.recorder.record(0, Event::Taken { place: from });
            let at = self.place("moved", pointer);
            let bytes = self.pointer_bytes(pointer);
            self.recorder.record(0, Event::Moved { from, to: at.1, bytes });
            self.pointer.set(Some(at));
        });
        self.next();
    }

    /// The value was moved into a variable; its pointer, if there was one, is gone.
    #[track_caller]
    pub fn moved(&self, value: &F) {
        self.at_line(Location::caller(), || {
            self.pointer_gone();
            self.go_to(self.value(), "moved", value);
        });
        self.next();
    }

    /// The value was moved into a variable, and another one is in its place.
    #[track_caller]
    pub fn replaced(&self, place: &F, value: &F) {
        self.at_line(Location::caller(), || {
            self.pointer_gone();
            let from = self.value();
            self.recorder.record(0, Event::Taken { place: from.1 });
            let bytes = self.bytes(place);
            self.recorder.record(0, Event::Placed { place: from.1, bytes });
            self.arrive(from, "moved", value);
        });
        self.next();
    }

    /// The compiler refuses the program that makes this move.
    pub fn refused(&self, by: &Refusal) {
        self.recorder.allocated(0, TaskId::NONE);
        uncounted(|| by.record(self.recorder));
        self.next();
    }

    fn pointer_gone(&self) {
        if let Some(At(_, place)) = self.pointer.take() {
            self.recorder.record(0, Event::Taken { place });
        }
    }

    /// The value lies elsewhere now, and not where it was.
    fn go_to(&self, from: At, name: &str, value: &F) {
        self.recorder.record(0, Event::Taken { place: from.1 });
        self.arrive(from, name, value);
    }

    fn arrive(&self, from: At, name: &str, value: &F) {
        let to = self.place(name, value);
        let bytes = self.bytes(value);
        self.recorder.record(0, Event::Moved { from: from.1, to: to.1, bytes });
        self.value.set(Some(to));
    }

    fn look(&self, value: &F) {
        let bytes = self.bytes(value);
        self.recorder.record(0, Event::Placed { place: self.value().1, bytes });
    }

    fn value(&self) -> At {
        self.value.get().expect("a value was placed")
    }

    /// Records a line, what was allocated up to it, and what `see` records; that allocates, and is not counted.
    fn at_line(&self, at: &'static Location<'static>, see: impl FnOnce()) {
        uncounted(|| {
            line(self.recorder, at);
            if let Some(placed) = self.placed.take() {
                self.recorder.record(0, placed);
            }
            self.recorder.allocated(0, TaskId::NONE);
            see();
        });
    }

    fn place<T>(&self, name: &str, at: &T) -> At {
        let name = format!("{}::{name}", self.way.get());
        At(address(at), self.recorder.place(&name, address(at), size_of::<T>()))
    }

    fn bytes(&self, value: &F) -> BlobId {
        look(self.recorder, value)
    }

    fn pointer_bytes<P: Deref<Target = F>>(&self, pointer: &Pin<P>) -> BlobId {
        look_at_pointer(self.recorder, "pin", address(pointer), address(&**pointer))
    }
}
