//! Events as they are told: each with the context that its sentence needs, so that the page's catalogues
//! can make one sentence of it, in any language, without knowing anything of the run.

use super::fold::Task;
use crate::trace::event::{End, WakeSource};
use crate::trace::ids::{SiteId, SourceId, TaskId};
use crate::trace::{SourceInfo, SourceKind, Trace};
use serde::Serialize;

/// A place in the code, as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

/// Who holds a waker of a task, or who woke it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Holder {
    /// A timer with this deadline, in ms.
    Timer {
        /// When it fires, in ms.
        deadline: f64,
    },
    /// Another task.
    Task {
        /// Its id.
        task: u32,
    },
    /// The task itself.
    Itself,
    /// A promise.
    Promise {
        /// Its number.
        promise: u32,
    },
    /// Code outside of the executor.
    Outside,
    /// A channel: it has the receiver's waker.
    Channel {
        /// Which, from 1.
        nth: u32,
    },
    /// A mutex: who waits in its line leaves a waker there.
    Mutex {
        /// Which, from 1.
        nth: u32,
    },
    /// Something outside of the program that calls when it is ready.
    Bell {
        /// Which, from 1.
        nth: u32,
    },
}

/// How a run ended, as shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Ending {
    /// Nothing is left to do.
    Completed,
    /// Tasks wait and nobody will wake them.
    Deadlock {
        /// How many.
        tasks: u32,
    },
    /// The budget of polls is used up.
    Polls {
        /// The budget.
        budget: u32,
    },
    /// The budget of events is used up.
    Events {
        /// The budget.
        budget: u32,
    },
    /// The budget of memory is used up.
    Memory {
        /// The budget in KiB.
        budget: u32,
    },
    /// The budget of virtual time is used up.
    Time {
        /// The budget in ms.
        budget: u32,
    },
    /// A task panicked.
    Panicked,
    /// A person stopped it.
    Stopped,
    /// A live run waited as long as it may.
    GaveUp {
        /// How many tasks still wait.
        tasks: u32,
    },
}

impl From<End> for Ending {
    fn from(end: End) -> Self {
        match end {
            End::Completed => Ending::Completed,
            End::Deadlock(tasks) => Ending::Deadlock { tasks },
            End::Polls(budget) => Ending::Polls { budget },
            End::Events(budget) => Ending::Events { budget },
            End::Memory(budget) => Ending::Memory { budget },
            End::Time(budget) => Ending::Time { budget },
            End::Panicked => Ending::Panicked,
            End::Stopped => Ending::Stopped,
            End::GaveUp(tasks) => Ending::GaveUp { tasks },
        }
    }
}

/// One event with the arguments of its sentence. `kind` is the key in the catalogues (`told.<kind>`).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the events' own, and their arguments are documented there")]
pub enum Told {
    Nothing,
    /// `begun`: written by hand, and made by code that has run; no poll has.
    Spawned {
        task: u32,
        name: String,
        size: u32,
        begun: bool,
    },
    SpawnedCallbacks {
        task: u32,
        name: String,
    },
    Enqueued {
        task: u32,
        ahead: u32,
    },
    PollStarted {
        task: u32,
        nth: u32,
        begun: bool,
    },
    PollPending {
        task: u32,
        at: Option<Place>,
        holder: Option<Holder>,
    },
    PollReady {
        task: u32,
        polls: u32,
    },
    PollPanicked {
        task: u32,
    },
    Entered {
        task: u32,
        future: String,
        at: Option<Place>,
    },
    ExitedPending {
        task: u32,
        future: String,
    },
    ExitedReady {
        task: u32,
        future: String,
    },
    /// `byte_from` and `byte_to` are the discriminant's values where it was found in the bytes.
    StateChanged {
        task: u32,
        from: String,
        to: String,
        changed: u32,
        byte_from: Option<u8>,
        byte_to: Option<u8>,
    },
    BytesChanged {
        task: u32,
        state: String,
        changed: u32,
    },
    WakerCloned {
        task: u32,
        count: u32,
    },
    WakerDropped {
        task: u32,
        count: u32,
    },
    WakerHeld {
        task: u32,
        by: Holder,
    },
    WakerReleased {
        task: u32,
        by: Holder,
    },
    Rang {
        by: Holder,
    },
    Looked {
        task: u32,
        by: Holder,
    },
    Locked {
        task: u32,
        by: Holder,
    },
    Unlocked {
        task: u32,
        by: Holder,
    },
    WakeLost {
        task: u32,
        by: Holder,
    },
    ChangedWake {
        task: u32,
    },
    ChangedDrop {
        task: u32,
    },
    ChangedFire {
        task: u32,
        deadline: f64,
    },
    ChangedNext {
        task: u32,
    },
    ChangedPanic {
        task: u32,
    },
    PolledAgain {
        task: u32,
        future: String,
    },
    DroppedUnpolled {
        task: u32,
        future: String,
    },
    WokenQueued {
        task: u32,
        by: Holder,
    },
    WokenCoalesced {
        task: u32,
        by: Holder,
    },
    WokenDuringPoll {
        task: u32,
        by: Holder,
    },
    WokenAfterDone {
        task: u32,
        by: Holder,
    },
    TimerSet {
        task: u32,
        after: u32,
        deadline: f64,
    },
    TimerFired {
        task: u32,
        late: f64,
    },
    TimerCancelled {
        task: u32,
    },
    DroppedCompleted {
        task: u32,
    },
    DroppedCancelled {
        task: u32,
    },
    DroppedShutdown {
        task: u32,
    },
    Allocated {
        task: u32,
        count: u32,
        bytes: u32,
    },
    Logged {
        task: u32,
        text: String,
    },
    Computed {
        task: u32,
        by: f64,
    },
    ClockAdvanced {
        by: f64,
        to: f64,
    },
    Idle,
    Panicked {
        task: u32,
        message: String,
    },
    Ended {
        ending: Ending,
    },
    CallStarted {
        task: u32,
        nth: u32,
    },
    /// `goes_on`: it left another callback with a timer.
    CallEnded {
        task: u32,
        goes_on: bool,
    },
    PromiseCreated {
        promise: u32,
        name: String,
    },
    PromiseResolved {
        promise: u32,
        value: String,
    },
    PromiseRejected {
        promise: u32,
        value: String,
    },
    Reaction {
        promise: u32,
        name: String,
    },
    MicrotaskQueued {
        name: String,
    },
    MicrotaskStarted {
        name: String,
    },
    MicrotaskEnded {
        name: String,
    },
    MacrotaskQueued {
        name: String,
        after: u32,
    },
    MacrotaskStarted {
        name: String,
    },
    MacrotaskEnded {
        name: String,
    },
    /// `task` is 0 in a plain program.
    Line {
        task: u32,
        at: Option<Place>,
    },
    Placed {
        place: String,
        address: u32,
        size: u32,
    },
    /// The value in `place` changed where it is: its `field` (if known) holds other bytes. `itself`: they are an
    /// address within the value, `address`.
    PlaceChanged {
        place: String,
        field: String,
        address: u32,
        itself: bool,
    },
    /// It was looked at again, and no byte had changed.
    PlaceUnchanged {
        place: String,
    },
    Taken {
        place: String,
        size: u32,
    },
    /// `dangling`: an address among the bytes names a slot in which nothing lives now.
    Moved {
        from: String,
        to: String,
        size: u32,
        dangling: bool,
    },
}

impl Place {
    pub(super) fn of(trace: &Trace, site: SiteId) -> Option<Place> {
        trace.site(site).map(|s| Place { file: trace.name(s.file).to_owned(), line: s.line })
    }
}

impl Holder {
    /// A channel, a mutex or a bell.
    pub(super) fn thing(trace: &Trace, id: SourceId) -> Self {
        match trace.source(id) {
            Some(&SourceInfo { kind: SourceKind::Channel, nth }) => Holder::Channel { nth },
            Some(&SourceInfo { kind: SourceKind::Mutex, nth }) => Holder::Mutex { nth },
            Some(&SourceInfo { kind: SourceKind::Bell, nth }) => Holder::Bell { nth },
            None => Holder::Outside,
        }
    }

    /// Who holds wakers of a task. Where there are some and nobody says so, it is code that says nothing of it.
    pub(super) fn all(trace: &Trace, id: TaskId, task: &Task) -> Vec<Holder> {
        let unnamed = task.holders.is_empty() && task.wakers > 0;
        let named = task.holders.iter().map(|&by| Holder::of(trace, id, by));
        named.chain(unnamed.then_some(Holder::Outside)).collect()
    }

    /// Names the source of a wake of `task`.
    pub(super) fn of(trace: &Trace, task: TaskId, source: WakeSource) -> Holder {
        match source {
            WakeSource::Timer(t) => Holder::Timer { deadline: trace.deadline(t) },
            WakeSource::Task(t) if t == task => Holder::Itself,
            WakeSource::Task(t) => Holder::Task { task: t.0 },
            WakeSource::Promise(p) => Holder::Promise { promise: p.0 },
            WakeSource::Outside => Holder::Outside,
            WakeSource::Source(s) => Holder::thing(trace, s),
        }
    }
}
