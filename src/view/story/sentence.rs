//! What crosses to the page: a story, its moments, and the sentences of each with what they name.

use super::cast::Crowd;
use crate::trace::tracks::Phase;
use crate::view::description::Holder;
use serde::Serialize;

/// The story of a run: its moments, in order.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Story {
    /// At most 12.
    pub moments: Vec<Moment>,
    /// How many events are told where bookkeeping is not.
    pub notable: u32,
    /// How many bells there are: of one, nobody asks which.
    pub bells: u32,
    /// How many cells, likewise.
    pub cells: u32,
    /// How many drivers of other runtimes, likewise.
    pub drivers: u32,
}

/// A moment of a story.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Moment {
    /// The cursor: right after its last event that is worth a word.
    pub at: u32,
    /// The first cursor at which it has begun.
    pub from: u32,
    /// When, in ms.
    pub time: f64,
    /// Whether it decides the run.
    pub decides: bool,
    /// The finding that is known with it, by its place in the list of all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding: Option<u32>,
    /// Whose poll it is, and whose are told with it.
    pub tasks: Vec<u32>,
    /// What is said of it: one sentence, at most two.
    pub sentences: Vec<Sentence>,
}

/// A sentence of the catalogues (`story.<say>`), with what it names. What it does not name is left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Sentence {
    /// Which sentence.
    pub say: Say,
    /// Who does it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub who: Vec<Crowd>,
    /// Whether that is who did what the sentence before says.
    #[serde(skip_serializing_if = "is_false")]
    pub it: bool,
    /// To whom.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub them: Vec<Crowd>,
    /// How many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n: Option<u32>,
    /// When, in ms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<f64>,
    /// When it was due, in ms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<f64>,
    /// For how long, or how late, in ms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<f64>,
    /// Bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u32>,
    /// What was written or said: the first of it, and the last.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The last of what was written.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub last: String,
    /// A future, by its name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub future: String,
    /// From which state or place.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// To which, or at which.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// What holds a waker, was looked at, or wakes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thing: Option<Holder>,
    /// A lane, by its name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub lane: String,
    /// Each who is told of with its own time and number.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub each: Vec<Each>,
}

/// A [`Sentence`] that is being put together. It lies on the heap, and each field is set by a function of its own: a
/// sentence has seventeen fields, and as a value it would be copied field by field wherever one is set.
#[derive(Default)]
pub(super) struct Builder(pub(super) Box<Sentence>);

/// A function for each field that sets it.
macro_rules! setters {
    ($($field:ident: $of:ty),* $(,)?) => {
        $(#[inline(never)]
        pub(super) fn $field(mut self, $field: impl Into<$of>) -> Builder {
            self.0.$field = $field.into();
            self
        })*
    };
}

impl Builder {
    /// One that names nothing.
    pub(super) fn of(say: Say) -> Builder {
        Builder::default().say(say)
    }

    setters! {
        say: Say,
        who: Vec<Crowd>,
        them: Vec<Crowd>,
        n: Option<u32>,
        now: Option<f64>,
        due: Option<f64>,
        by: Option<f64>,
        size: Option<u32>,
        text: String,
        last: String,
        future: String,
        from: String,
        to: String,
        thing: Option<Holder>,
        lane: String,
        each: Vec<Each>,
    }
}

/// One of several who are told of together.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Each {
    /// A task or a lane.
    pub name: String,
    /// When it was over, in ms.
    pub now: f64,
    /// Its polls; 0 for a lane, and for one that never came to its end.
    pub polls: u32,
    /// Its boxes or its bytes, where these are told.
    pub n: u32,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_false(value: &bool) -> bool {
    !value
}

/// Which sentence: the key in the catalogues (`story.<say>`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the catalogues say what each says")]
pub enum Say {
    BellsSet,
    SpawnedOne,
    SpawnedFirst,
    SpawnedMany,
    SpawnedCallbacks,
    Spawns,
    FirstPoll,
    #[default]
    GoesOn,
    Late,
    LooksForRing,
    LooksForValue,
    LooksForLock,
    LooksForTurn,
    Entrusts,
    TurnRings,
    TurnFinds,
    TurnNothing,
    LooksAtSocket,
    DrainsAll,
    DrainsSome,
    RegistersSockets,
    Arrives,
    ReadyWakes,
    ReadyNobody,
    ReadDoneWakes,
    ReadDoneNobody,
    LeavesWaker,
    ReadsCell,
    WritesCell,
    TakesHeap,
    FreesHeap,
    Pending,
    PendingUnheld,
    Yields,
    Done,
    LastDone,
    Cancelled,
    WakesByIt,
    Asleep,
    Holds,
    Writes,
    WritesTwo,
    StateFirst,
    StateNext,
    StateLast,
    Panics,
    Calls,
    Begins,
    Unpolled,
    Refused,
    RefusedIn,
    LeavesForNobody,
    PolledAgain,
    Also,
    Repeats,
    RepeatsOfMany,
    CallGoesOn,
    CallLast,
    RingWakes,
    RingNobody,
    RingDone,
    TimerWakes,
    TimerLate,
    Jump,
    Wakes,
    WakesTwice,
    WakesDone,
    Runs,
    Placed,
    Copied,
    PointsToItself,
    PlaceChanged,
    PlaceSame,
    Taken,
    Moved,
    MovedDangling,
    MovedPointer,
    PlacedPointer,
    Pinned,
    PinnedThere,
    LaneArrived,
    LaneSwitching,
    LaneComputing,
    LaneLooking,
    LaneBlocked,
    LaneWaiting,
    LaneReady,
    LanePreempted,
    LaneFinished,
    LaneQueue,
    LaneEnd,
    PromiseCreated,
    PromiseResolved,
    PromiseRejected,
    PromiseResolvedUnheard,
    PromiseRejectedUnheard,
    Reacts,
    ReactsForNobody,
    Receives,
    ReceivesForNobody,
    Aborts,
    Listens,
    StreamMade,
    StreamPulled,
    StreamChunk,
    StreamHolds,
    StreamFull,
    StreamReader,
    StreamRead,
    StreamLeft,
    StreamCancelled,
    StreamClosed,
    PageWrites,
    StackSuspends,
    StackResumes,
    Spins,
    Microtask,
    Macrotask,
    FrameCallback,
    Queues,
    PutsInLine,
    ChangedWake,
    ChangedDrop,
    ChangedFire,
    ChangedNext,
    ChangedOrder,
    ChangedPanic,
    WakeLost,
    FoundNoWaker,
    FoundMasked,
    FoundStale,
    FoundBlocked,
    FoundBusy,
    FoundSpinning,
    FoundAbandoned,
    FoundGone,
    FoundStorm,
    FoundCycle,
    EndDone,
    EndEach,
    EndLanes,
    EndStuck,
    EndUndriven,
    EndUndrivenSocket,
    EndMissed,
    EndUnread,
    EndPanic,
    EndBudget,
    EndGaveUp,
    EndStopped,
    EndCutOff,
    EndProgram,
    EndOverwritten,
    EndBoxes,
    EndSizes,
    EndCell,
    EndGivenUp,
    EndLeftBehind,
    EndRefused,
    EndInPlace,
    EndNothingRan,
    EndLatest,
    EndNobodyLate,
}

impl Say {
    /// Of the step of a lane.
    pub(super) fn of_step(phase: Phase) -> Say {
        match phase {
            Phase::Arrived => Say::LaneArrived,
            Phase::Switching => Say::LaneSwitching,
            Phase::Computing => Say::LaneComputing,
            Phase::Looking => Say::LaneLooking,
            Phase::Blocked => Say::LaneBlocked,
            Phase::Waiting => Say::LaneWaiting,
            Phase::Ready => Say::LaneReady,
            Phase::Preempted => Say::LanePreempted,
            Phase::Finished => Say::LaneFinished,
        }
    }
}
