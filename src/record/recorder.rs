//! What an executor asks of a recorder. `()` records nothing and costs nothing: every call to it is empty.

use super::budget::Budget;
use super::unpolled::{Mark, Unpolled};
use crate::trace::event::{End, Event};
use crate::trace::ids::{FutureId, FutureKindId, MachineId, NameId, SiteId, SourceId, TaskId, TimerId};
use crate::trace::{FutureRole, Role, SourceKind, TaskKind};
use std::borrow::Cow;

/// A future at the moment of its spawning.
#[derive(Clone, Copy, Debug)]
pub struct Spawning<'a> {
    /// Its name.
    pub name: &'a str,
    /// Future or callbacks.
    pub kind: TaskKind,
    /// Bytes.
    pub size: usize,
    /// Where it lives.
    pub address: usize,
    /// Who spawns it.
    pub parent: TaskId,
    /// Its machine, if it has a known one.
    pub machine: MachineId,
    /// What it says of itself, if it can.
    pub observation: Option<&'a Observation>,
}

/// What a hand-written future says of itself.
#[derive(Clone, Debug, Default)]
pub struct Observation {
    /// The number of its state.
    pub state: u16,
    /// Its fields in this state.
    pub fields: Vec<ObservedField>,
    /// Whether these are all that it holds in this state, but for the number of the state: what lies between them is padding.
    pub is_whole: bool,
    /// Its bytes, where they are not to be read from memory: of a future whose state lies elsewhere.
    pub image: Option<Vec<u8>>,
    /// Where that image lies, in a memory of its own: its size is the future's then. Fields are at addresses there, too.
    pub address: Option<usize>,
}

impl Observation {
    /// Where its image lies and how large it is, if that is a memory of its own.
    pub(super) fn place(&self) -> Option<(usize, usize)> {
        Some((self.address?, self.image.as_ref()?.len()))
    }
}

/// A field at its real place.
#[derive(Clone, Debug)]
pub struct ObservedField {
    /// Its name in the code.
    pub name: Cow<'static, str>,
    /// Its address.
    pub address: usize,
    /// Bytes.
    pub size: usize,
    /// What it is.
    pub role: Role,
}

impl ObservedField {
    /// The field as it lies in memory now.
    pub fn of<T>(name: impl Into<Cow<'static, str>>, role: Role, value: &T) -> Self {
        ObservedField { name: name.into(), address: std::ptr::from_ref(value).addr(), size: size_of::<T>(), role }
    }
}

/// Where an executor leaves its events. Times are in the clock's unit. Leaves call it from within their polls, so nothing of it
/// may drive an executor.
#[allow(unused_variables, reason = "what is not overridden does nothing")]
pub trait Recorder: 'static {
    /// Whether anything is recorded. Guards work that is done for the recorder alone.
    const ON: bool;

    /// Whether names, places, values and futures are recorded, too: if not, only what tasks do to each other, and what they log.
    fn is_detailed(&self) -> bool {
        Self::ON
    }

    /// Appends an event.
    fn record(&self, now: u64, event: Event) {}

    /// The number of a text.
    fn name(&self, text: &str) -> NameId {
        NameId::NONE
    }

    /// The number of a place in the code.
    fn site(&self, file: &str, line: u32, column: u32) -> SiteId {
        SiteId::NONE
    }

    /// Events so far: the number of the next one.
    fn events(&self) -> usize {
        0
    }

    /// Shows the events so far from number `from` on, each with its number.
    fn read(&self, from: usize, see: &mut dyn FnMut(usize, Event)) {}

    /// How far a run that is recorded may go.
    fn budget(&self) -> Budget {
        Budget::UNLIMITED
    }

    /// The number of what futures of a name are to others.
    fn future_kind(&self, name: &str, role: FutureRole) -> FutureKindId {
        FutureKindId::NONE
    }

    /// A number for something that tasks wait for: a channel or the like.
    fn source(&self, kind: SourceKind) -> SourceId {
        SourceId::NONE
    }

    /// Records that a future was made at a line, and remembers it until its first poll, if it can keep a mark until then.
    fn created(&self, now: u64, task: TaskId, kind: FutureKindId, site: SiteId, is_marked: bool) -> Mark {
        Mark::NONE
    }

    /// A future that was made here, and keeps its mark.
    fn marked(&self, mark: Mark) -> Option<Unpolled> {
        None
    }

    /// A future that was made here is polled for the first time, or dropped.
    fn take_unpolled(&self, mark: Mark) -> Option<Unpolled> {
        None
    }

    /// The number of a future inside of a task. It keeps its number from poll to poll as long as it stays at its address.
    /// Where this is known to be its `first` poll, it has the number that it got when it was made; if it got none, a new one.
    fn future(&self, task: TaskId, kind: FutureKindId, address: usize, first: Option<FutureId>) -> FutureId {
        FutureId::NONE
    }

    /// The line from which the future is polled that is being polled innermost.
    fn polled_from(&self) -> SiteId {
        SiteId::NONE
    }

    /// That future returned `Ready`: what is polled there later is another one.
    fn future_done(&self, task: TaskId, id: FutureId) {}

    /// Notes that a task's future held a sender of a channel, or the guard of a mutex: for the time after the end, when it is
    /// dropped.
    fn held(&self, source: SourceId, task: TaskId) {}

    /// Notes that a task's future kept a waker of `of`: for the time after the end, when it is dropped.
    fn kept(&self, of: TaskId, task: TaskId) {}

    /// Records that `task` was spawned.
    fn spawned(&self, now: u64, task: TaskId, spawning: Spawning<'_>) {}

    /// Records that a timer was set, and remembers its deadline.
    fn timer_set(&self, now: u64, timer: TimerId, task: TaskId, deadline: u64) {}

    /// Notes that a value or a future inside of the polled one was seen at an address.
    fn observed(&self, field: ObservedField) {}

    /// Records what a poll did that is over, and its end: what it allocated, and how the future changed; and, if it was
    /// `woken` meanwhile, that it is enqueued again. `observe` lets the future say something of itself.
    fn polled(&self, now: u64, task: TaskId, ready: bool, woken: bool, observe: &dyn Fn() -> Option<Observation>) {}

    /// Whether the run is to be asked for its end: whether [`spent`](Self::spent) has something to say.
    fn is_full(&self) -> bool {
        false
    }

    /// Records what was allocated since the last call.
    fn allocated(&self, now: u64, task: TaskId) {}

    /// Records what a task took from the heap and gave back since the last call, if that is told.
    fn heap(&self, now: u64, task: TaskId, site: SiteId) {}

    /// The budget that is used up, if one is.
    fn spent(&self) -> Option<End> {
        None
    }

    /// The budget that was not enough: something found no room.
    fn overrun(&self) -> Option<End> {
        None
    }

    /// Records a panic of `task` as the last event, closes, and sends the last chunk. `running` is the task that is polled:
    /// another one, or none, where a drop panicked. Returns whether there is a trace of it.
    fn panicked(&self, now: u64, task: TaskId, running: TaskId, message: &str) -> bool {
        false
    }

    /// Records nothing from now on.
    fn close(&self) {}
}

impl Recorder for () {
    const ON: bool = false;
}
