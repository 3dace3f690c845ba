//! Descriptions: each event with the context that its sentence needs, so that the page's catalogues can make one
//! sentence of it, in any language, without knowing anything of the run.
//!
//! A [`Description`] carries numbers, names and ids only: no word of a sentence stands in this room.

mod describe;
mod ending;
mod holder;

pub(in crate::view) use describe::{describe, is_read_by_system};
pub use ending::{CutOff, Ending};
pub use holder::{Holder, Place};

use serde::Serialize;

/// One event with the arguments of its sentence. `kind` is the key in the catalogues (`event.<kind>`).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the events' own, and their arguments are documented there")]
pub enum Description {
    Nothing,
    /// `begun`: written by hand, and made by code that has run; no poll has. `parent`: who spawned it; 0 for the driver.
    Spawned {
        task: u32,
        parent: u32,
        name: String,
        size: u32,
        begun: bool,
    },
    SpawnedCallbacks {
        task: u32,
        name: String,
        thread: bool,
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
    Signalled {
        by: Holder,
    },
    FoundEmpty {
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
    Created {
        task: u32,
        future: String,
        at: Option<Place>,
    },
    Begun {
        task: u32,
        future: String,
        at: Option<Place>,
    },
    /// `at`: where it was made.
    Discarded {
        task: u32,
        future: String,
        at: Option<Place>,
    },
    Asked {
        task: u32,
        at: Option<Place>,
    },
    BellSet {
        task: u32,
        by: Holder,
        after: u32,
        deadline: f64,
        at: Option<Place>,
    },
    Entrusted {
        task: u32,
        by: Holder,
        after: u32,
        deadline: f64,
        at: Option<Place>,
    },
    Turned {
        task: u32,
        by: Holder,
        due: u32,
    },
    Registered {
        task: u32,
        by: Holder,
        interest: String,
        at: Option<Place>,
    },
    Arrived {
        by: Holder,
        bytes: u32,
    },
    /// `done`: the system has read it; otherwise a read may be tried.
    Reported {
        by: Holder,
        done: bool,
    },
    Drained {
        task: u32,
        by: Holder,
        bytes: u32,
        at: Option<Place>,
    },
    KeptForNobody {
        task: u32,
        by: Holder,
    },
    Wrapped {
        task: u32,
    },
    CellRead {
        task: u32,
        by: Holder,
        value: String,
    },
    CellWritten {
        task: u32,
        by: Holder,
        value: String,
    },
    Refused {
        message: String,
        at: Option<Place>,
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
    Boxed {
        task: u32,
        count: u32,
        bytes: u32,
        at: Option<Place>,
    },
    Freed {
        task: u32,
        count: u32,
        bytes: u32,
    },
    Logged {
        task: u32,
        text: String,
        at: Option<Place>,
    },
    Computed {
        task: u32,
        by: f64,
        at: Option<Place>,
    },
    ClockAdvanced {
        by: f64,
        to: f64,
    },
    Idle,
    /// `asked`: a person asked for it, in place of what the program would have done.
    Panicked {
        task: u32,
        message: String,
        asked: bool,
    },
    Ended {
        ending: Ending,
    },
    /// `thread`: it is a thread of another application.
    CallStarted {
        task: u32,
        nth: u32,
        thread: bool,
    },
    /// `goes_on`: it left another callback with a timer.
    CallEnded {
        task: u32,
        goes_on: bool,
        thread: bool,
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
    /// `all`: with these, so many bytes have come. `nobody`: no task that is alive waits for the promise.
    Received {
        promise: u32,
        bytes: u32,
        all: u32,
        nobody: bool,
    },
    Listened {
        promise: u32,
    },
    StreamMade {
        by: Holder,
        mark: u32,
    },
    /// `nth`: which chunk it is asked for.
    Pulled {
        by: Holder,
        nth: u32,
        queued: u32,
    },
    ChunkMade {
        by: Holder,
        nth: u32,
        bytes: u32,
    },
    StreamHolds {
        by: Holder,
        queued: u32,
        mark: u32,
    },
    StreamFull {
        by: Holder,
        queued: u32,
        mark: u32,
    },
    ReaderTaken {
        task: u32,
        by: Holder,
    },
    ChunkRead {
        task: u32,
        by: Holder,
        bytes: u32,
    },
    ReaderLeft {
        task: u32,
        by: Holder,
    },
    StreamCancelled {
        by: Holder,
        queued: u32,
    },
    StreamClosed {
        by: Holder,
    },
    StackSuspended {
        promise: u32,
    },
    StackResumed {
        promise: u32,
    },
    /// `polls`: so many by now.
    Spun {
        task: u32,
        polls: u32,
    },
    /// `all`: the bytes that had come. `over`: the promise is settled, so that there is nothing to stop.
    Aborted {
        promise: u32,
        all: u32,
        over: bool,
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
    MessagePosted {
        name: String,
    },
    MacrotaskCleared {
        name: String,
    },
    FrameQueued {
        name: String,
    },
    FrameStarted {
        name: String,
    },
    FrameEnded {
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
    /// Bytes are in `place` that are those of `of`, and that name it: a pointer among them leads there and not into themselves.
    /// They were copied and are no value of their own.
    Copied {
        place: String,
        of: String,
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
    /// A pointer of `size` bytes, in `by`, pins the value in `place`, which is at `address`.
    Pinned {
        by: String,
        size: u32,
        place: String,
        address: u32,
    },
    /// `dangling`: an address among the bytes names a slot in which nothing lives now.
    Moved {
        from: String,
        to: String,
        size: u32,
        dangling: bool,
    },
}
