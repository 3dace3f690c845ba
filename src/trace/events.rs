//! The table of events: every kind, once.
//!
//! An entry says what an event is, what it carries and how it reads as text. The [`Event`] enum, its [`Kind`], the
//! columns in memory, the byte format, the checks of what is received, the comparison of runs, the text form, and the
//! names on the page are all generated from it (see `table.rs` for the grammar). A new kind is one entry at the end of
//! this table, its words in the page's catalogues, and the views that want it.

use super::Trace;
use super::codes::UnknownCode;
use super::field::{Field, Speaker};
use super::ids::{BlobId, FutureId, FutureKindId, NameId, PlaceId, PromiseId, SiteId, SourceId, TaskId, TimerId};
use super::meaning::{AnyTimer, Anyone, Both, Known, Meaning, Measured, Newborn, Wrong};
use super::order::Order;
use super::said::Said;
use super::slots::{FieldSlots, Packer, Unpacker, fit};
use super::table::{events, meaning, same_all};
use super::values::{Change, DropReason, End, Outcome, Settled, WakeEffect, WakeSource};
use std::fmt::{self, Write};

events! {
    /// A future was handed to the executor. Its name, size and address stand in the trace's task table.
    Spawned "spawn" 1 { task: TaskId as Newborn } order(spawned: task)
        says("{task} spawned by {}: {}", task.parent(), task.name());
    /// The task stands at the back of the ready queue.
    Enqueued "queue" 1 { task: TaskId } order(enqueued: task) says("{task} enqueued");
    /// The task was taken from the ready queue (its front, unless the schedule says otherwise), and its `nth` poll (from
    /// 1) began.
    PollStarted "poll" 1 { task: TaskId, nth: u32 } order(poll_started: task, nth) says("{task} poll {nth}");
    /// The poll returned. `site` is the `.await` (or the call of `poll`) that it stopped at, if it is pending there.
    PollEnded "polled" 1 { task: TaskId, outcome: Outcome, site: SiteId } order(poll_ended: task, outcome)
        says("{task} {outcome}{site}");
    /// A future inside of the task was polled, from the line `site`.
    Entered "enter" 1 { task: TaskId as Anyone, future: FutureKindId, site: SiteId, id: FutureId } order(entered: task)
        says("{task}   > {future}{site}");
    /// That future returned.
    Exited "exit" 1 { task: TaskId as Anyone, future: FutureKindId, outcome: Outcome } order(exited: task)
        says("{task}   < {future} {outcome}");
    /// The machine moved between two of its states, or stayed (`from == to`) and only its bytes changed.
    StateChanged "state" 1 { task: TaskId, from: u16, to: u16, bytes: BlobId } order(state_changed: task, from, to)
        says("{task} state {from} -> {to}");
    /// The task's waker was cloned; `count` clones are alive now.
    WakerCloned "clone" 1 { task: TaskId, count: u32 } says("{task} waker cloned: {count}");
    /// A clone of the task's waker was dropped or used up; `count` are alive now.
    WakerDropped "unclone" 1 { task: TaskId, count: u32 } says("{task} waker dropped: {count}");
    /// A waker of the task is held by something that is not a timer.
    WakerHeld "held" 1 { task: TaskId, by: WakeSource } says("{task} waker held by {by}");
    /// It lets go of that waker without using it.
    WakerReleased "released" 1 { task: TaskId, by: WakeSource } says("{task} waker let go by {by}");
    /// A bell was signalled: the task that left a waker there is woken next.
    Signalled "signal" 1 { bell: SourceId } says("{bell} signalled");
    /// The task asked a source in its poll and it was empty; whether it left a waker there is another event.
    FoundEmpty "empty" 1 { task: TaskId as Anyone, at: SourceId } says("{task} found {at} empty");
    /// The task has the mutex from now on.
    Locked "lock" 1 { task: TaskId as Anyone, mutex: SourceId } says("{task} locked {mutex}");
    /// It gave the mutex back.
    Unlocked "unlock" 1 { task: TaskId as Anyone, mutex: SourceId } says("{task} unlocked {mutex}");
    /// A wake of the task was lost: a person took it out of the run.
    WakeLost "lost" 1 { task: TaskId, by: WakeSource } says("{task} wake by {by} lost");
    /// A person changed the run here. `timer` is the one that fires.
    Changed "changed" 1 { change: Change, task: TaskId as Anyone, timer: TimerId as AnyTimer }
        says("changed: {change} {}", timer.or(task));
    /// A future inside of the task was polled though it had returned `Ready` before.
    PolledAgain "again" 1 { task: TaskId as Anyone, future: FutureKindId } says("{task} polled {future} after Ready");
    /// A future was dropped, by the task, that had never been polled.
    DroppedUnpolled "unpolled" 1 { task: TaskId as Anyone, future: FutureKindId } says("{task} dropped {future} unpolled");
    /// The task was woken.
    Woken "wake" 1 { task: TaskId, by: WakeSource, effect: WakeEffect } says("{task} woken by {by}{effect}");
    /// The timer was set, `after` ms from now, and holds the waker of `task`.
    TimerSet "set" 1 { timer: TimerId, task: TaskId as Anyone, after: u32 } order(timer_set: timer)
        says("{timer} set for {task} in {after}");
    /// The timer fired.
    TimerFired "fired" 1 { timer: TimerId, task: TaskId as Anyone } order(timer_over: timer) says("{timer} fired");
    /// The timer was dropped before it fired.
    TimerCancelled "cancelled" 1 { timer: TimerId, task: TaskId as Anyone } order(timer_over: timer)
        says("{timer} cancelled");
    /// The task's future was dropped.
    Dropped "drop" 1 { task: TaskId, reason: DropReason } order(dropped: task) says("{task} dropped: {reason}");
    /// The task (or, for task 0, the driver) allocated since the last such event.
    Allocated "alloc" 1 { task: TaskId as Anyone, count: u32 as Measured, bytes: u32 as Measured }
        order(allocated: count, bytes) says("{task} allocated {count}");
    /// The task logged a line.
    Logged "log" 1 { task: TaskId as Anyone, text: NameId, site: SiteId } says("{task} log: {text}");
    /// The clock moved on by `by`: inside a poll that computed, or (task 0) because nothing was ready.
    ClockAdvanced "clock" 1 { task: TaskId as Anyone, by: u64, site: SiteId }
        says("{}{by}", task.either(" computed ", "clock +"));
    /// Nothing is ready; the executor gives the thread back to the browser.
    Idle "idle" 1 says("idle");
    /// The task panicked with this message.
    Panicked "panic" 1 { task: TaskId as Anyone, message: NameId } says("{task} panic: {message}");
    /// The run is over.
    Ended "over" 1 { end: End } order(ended) says("end{end}");

    /// A callback was called on the lane of `task`.
    CallStarted "call" 1 { task: TaskId, nth: u32 } order(call_started: task, nth) says("{task} call {nth}");
    /// It returned.
    CallEnded "returned" 1 { task: TaskId } order(call_ended: task) says("{task} called");

    /// A promise was created.
    PromiseCreated "promise" 1 { promise: PromiseId, name: NameId } says("{promise} created: {name}");
    /// The scenario settled a promise of its own.
    PromiseSettled "settled" 1 { promise: PromiseId, how: Settled, value: NameId } says("{promise} {how}: {value}");
    /// A reaction to the promise runs.
    Reaction "reaction" 1 { promise: PromiseId, name: NameId } says("{promise} reaction: {name}");
    /// `queueMicrotask` was called.
    MicrotaskQueued "microqueue" 1 { name: NameId } says("microtask queued: {name}");
    /// That microtask runs.
    MicrotaskStarted "micro" 1 { name: NameId } says("microtask > {name}");
    /// It returned.
    MicrotaskEnded "microend" 1 { name: NameId } says("microtask < {name}");
    /// `setTimeout` was called, for `after` ms.
    MacrotaskQueued "macroqueue" 1 { name: NameId, after: u32 } says("macrotask queued in {after}: {name}");
    /// That callback runs.
    MacrotaskStarted "macro" 1 { name: NameId } says("macrotask > {name}");
    /// It returned.
    MacrotaskEnded "macroend" 1 { name: NameId } says("macrotask < {name}");

    /// The line `site` ran: of a callback on the lane of `task`, or (task 0) of a plain program.
    Line "line" 1 { task: TaskId as Anyone, site: SiteId } says("{}{site}", task.either(" line", "line"));
    /// A value lives in a slot of memory, with these bytes.
    Placed "place" 1 { place: PlaceId, bytes: BlobId } says("placed in {place}");
    /// The value was moved out of its slot, into a variable; its bytes stay behind.
    Taken "take" 1 { place: PlaceId } says("taken out of {place}");
    /// The value's bytes were copied to another slot: it moved.
    Moved "move" 1 { from: PlaceId, to: PlaceId, bytes: BlobId } order(moved: to) says("moved from {from} to {to}");

    /// A future was made, at the line `site`. Not one line of it runs before its first poll. `id` is its number if that poll
    /// will have it, too.
    Created "create" 2 { task: TaskId as Anyone, future: FutureKindId, site: SiteId, id: FutureId }
        says("{task} created {future}{site}");
    /// The first poll of a future begins whose polls are not recorded; `site` is where it is polled from.
    Begun "begin" 2 { task: TaskId as Anyone, future: FutureKindId, site: SiteId, id: FutureId }
        says("{task} began {future}{site}");
    /// A future was dropped, by the task, that had never been polled: it was made at the line `site`.
    Discarded "discard" 2 { task: TaskId as Anyone, future: FutureKindId, site: SiteId, id: FutureId }
        says("{task} discarded {future}, created{site}");
    /// The line `site` asked for what the next event says.
    Asked "ask" 2 { task: TaskId as Anyone, site: SiteId } says("{task} asked{site}");
    /// A bell was made, that rings `after` ms from now.
    BellSet "bell" 2 { task: TaskId as Anyone, bell: SourceId, after: u32, site: SiteId }
        says("{task} set {bell} to ring in {after}{site}");
    /// A waker was left there that wakes no task.
    KeptForNobody "nobody" 2 { task: TaskId as Anyone, by: WakeSource } says("{task} left {by} a waker of no task");
    /// The compiler refuses the program, at the line `site`: nothing of it runs.
    Refused "refuse" 2 { message: NameId, site: SiteId } says("refused{site}: {message}");
    /// The future that is polled is given a waker of another make than its task's: a collection's, or one of nobody.
    Wrapped "wrapped" 2 { task: TaskId as Anyone } says("{task} polls with a waker of another make");
    /// The line `site` read `value` from a cell that tasks share.
    CellRead "read" 2 { task: TaskId as Anyone, cell: SourceId, value: NameId, site: SiteId }
        says("{task} read {value} from {cell}{site}");
    /// The line `site` wrote `value` to a cell that tasks share.
    CellWritten "write" 2 { task: TaskId as Anyone, cell: SourceId, value: NameId, site: SiteId }
        says("{task} wrote {value} to {cell}{site}");
    /// The task took memory from the heap, since that was told last; it is told at the line `site`, or at the end of a poll.
    Boxed "heap" 3 { task: TaskId as Anyone, count: u32 as Measured, bytes: u32 as Measured, site: SiteId }
        says("{task} boxed {count}{site}");
    /// The task gave memory back to the heap, since that was told last.
    Freed "free" 3 { task: TaskId as Anyone, count: u32 as Measured, bytes: u32 as Measured } says("{task} freed {count}");
    /// The value in `place` is pinned: a pinned pointer to it lives in the slot `by`, with these bytes.
    Pinned "pin" 3 { by: PlaceId, place: PlaceId, bytes: BlobId } says("{by} pins {place}");
    /// `postMessage` was called on a port of a channel: its callback is a macrotask.
    MessagePosted "post" 3 { name: NameId } says("message posted: {name}");
    /// `clearTimeout` was called, for what was queued last under that name.
    MacrotaskCleared "macroclear" 3 { name: NameId } says("macrotask cleared: {name}");
    /// `requestAnimationFrame` was called.
    FrameQueued "framequeue" 3 { name: NameId } says("frame queued: {name}");
    /// That callback runs, before the page is painted.
    FrameStarted "frame" 3 { name: NameId } says("frame > {name}");
    /// It returned.
    FrameEnded "frameend" 3 { name: NameId } says("frame < {name}");
    /// The page's script has read so many bytes of what the promise stands for.
    Received "bytes" 3 { promise: PromiseId, bytes: u32 } says("{promise} received {bytes}");
    /// `abort` was called on the controller of what the promise stands for.
    Aborted "abort" 3 { promise: PromiseId } says("{promise} aborted");
    /// A timer that is due `after` ms from now was given to the driver of another runtime, which rings it when its loop is turned.
    Entrusted "entrust" 3 { task: TaskId as Anyone, driver: SourceId, after: u32, site: SiteId }
        says("{task} gave {driver} a timer, due in {after}{site}");
    /// The loop of that driver was turned once, by the task or (task 0) from outside, and found so many timers due or sources ready.
    Turned "turn" 3 { task: TaskId as Anyone, driver: SourceId, due: u32 } says("{task} turned {driver}: {due} due");
    /// The page's script awaits the promise from now on: a reaction stands with it.
    Listened "listen" 3 { promise: PromiseId } says("{promise} listened to");
    /// The line `site` registered a source of data with a reactor, and said what it wants to be told of it, and how.
    Registered "register" 3 { task: TaskId as Anyone, source: SourceId, interest: NameId, site: SiteId }
        says("{task} registered {source} for {interest}{site}");
    /// So many bytes came to a source: the system has them until they are read.
    Arrived "arrive" 3 { source: SourceId, bytes: u32 } says("{source} got {bytes}");
    /// The reactor was told that the source is ready.
    Reported "report" 3 { source: SourceId } says("{source} is ready");
    /// The line `site` (or, for task 0, the system) took so many bytes from a source.
    Drained "drain" 3 { task: TaskId as Anyone, source: SourceId, bytes: u32, site: SiteId }
        says("{task} read {bytes} from {source}{site}");
    /// A stream was made. Its source is asked for more as long as less than `mark` bytes are in its queue, or somebody waits for them.
    StreamMade "stream" 3 { stream: SourceId, mark: u32 } says("{stream} made, holds {mark}");
    /// The stream's source is asked for a chunk, while so many bytes are in the queue.
    Pulled "pull" 3 { stream: SourceId, queued: u32 } says("{stream} asked for a chunk, {queued} queued");
    /// The stream's source has made a chunk of so many bytes.
    ChunkMade "chunk" 3 { stream: SourceId, bytes: u32 } says("{stream} chunk made: {bytes}");
    /// So many bytes are in the stream's queue now, by its own account.
    StreamHolds "holds" 3 { stream: SourceId, queued: u32 } says("{stream} holds {queued}");
    /// The stream's queue is at its mark: the source is not asked for more until somebody reads.
    StreamFull "full" 3 { stream: SourceId, queued: u32 } says("{stream} full: {queued} queued");
    /// A reader of the task's has the stream from now on, and nobody else may read it.
    ReaderTaken "reader" 3 { task: TaskId as Anyone, stream: SourceId } says("{task} reads {stream}");
    /// The task has read so many bytes of the stream.
    ChunkRead "chunkread" 3 { task: TaskId as Anyone, stream: SourceId, bytes: u32 } says("{task} read {bytes} of {stream}");
    /// The task's reader was dropped, and the stream is free.
    ReaderLeft "readerleft" 3 { task: TaskId as Anyone, stream: SourceId } says("{task} reads {stream} no more");
    /// The stream's source is told that nobody wants more; so many bytes of its queue are thrown away.
    StreamCancelled "streamcancel" 3 { stream: SourceId, queued: u32 } says("{stream} cancelled, {queued} thrown away");
    /// The stream's source has no more chunks.
    StreamClosed "streamclose" 3 { stream: SourceId } says("{stream} closed");
    /// The stack of a plain function, which stands at the line `site`, is set aside until the promise is settled: the thread is free.
    StackSuspended "suspend" 3 { promise: PromiseId, site: SiteId } says("stack suspended until {promise}{site}");
    /// That stack is back on the thread: the function goes on where it stood.
    StackResumed "resume" 3 { promise: PromiseId } says("stack resumed after {promise}");
    /// Inside of one poll of the task, a loop at the line `site` has asked a future so many times by now; it was pending each time.
    Spun "spin" 3 { task: TaskId as Anyone, polls: u32 as Measured, site: SiteId } says("{task} spun {polls}{site}");
}

#[cfg(test)]
mod tests {
    use super::Kind;

    /// Links and files name kinds by their codes, and count them by their numbers: of version 1, these, for ever.
    const FIRST: &str = "spawn queue poll polled enter exit state clone unclone held released signal empty lock unlock lost \
        changed again unpolled wake set fired cancelled drop alloc log clock idle panic over call returned promise \
        settled reaction microqueue micro microend macroqueue macro macroend line place take move";

    #[test]
    fn codes_of_version_1_never_change() {
        let of_version_1 = Kind::ALL.iter().filter(|kind| kind.since() == 1).map(|kind| kind.code());
        assert!(of_version_1.eq(FIRST.split_whitespace()));
    }

    #[test]
    fn codes_are_words_of_their_own_that_a_number_can_follow() {
        for (i, kind) in Kind::ALL.iter().enumerate() {
            let code = kind.code();
            assert!(code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{code}");
            assert!(Kind::ALL[..i].iter().all(|other| other.code() != code), "{code} is another kind's");
        }
    }
}
