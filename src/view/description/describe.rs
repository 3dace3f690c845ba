//! Describing an event: finding the context that its sentence needs.

use super::{Description, Holder, Place};
use crate::trace::event::{Change, DropReason, Event, Outcome, Settled, WakeEffect};
use crate::trace::ids::{BlobId, PlaceId, SourceId, TaskId};
use crate::trace::{Role, Snapshot, TaskKind, Trace};
use crate::view::discriminant::Discriminants;
use crate::view::frame::memory::{bytes_frame, is_dangling};
use crate::view::life::TaskState;
use crate::view::padding::Padding;
use crate::view::state::State;

/// Describes event `i`. `after` is the state right after it.
pub(in crate::view) fn describe(trace: &Trace, discriminants: &Discriminants, i: usize, after: &State) -> Description {
    let name = |id| trace.name(id).to_owned();
    let ms = |units: u64| trace.unit.to_ms(units);
    match trace.event(i) {
        Event::Spawned { task } => {
            let (task_name, info) = (trace.task_name(task).to_owned(), trace.task(task));
            match info.map_or(TaskKind::Future, |info| info.kind) {
                TaskKind::Future => {
                    let size = info.map_or(0, |info| info.size);
                    let parent = info.map_or(0, |info| info.parent.0);
                    Description::Spawned { task: task.0, parent, name: task_name, size, begun: begun(trace, task) }
                }
                TaskKind::Callbacks => {
                    Description::SpawnedCallbacks { task: task.0, name: task_name, thread: trace.head.is_of_another() }
                }
            }
        }
        Event::Enqueued { task } => {
            Description::Enqueued { task: task.0, ahead: (after.ready().len() as u32).saturating_sub(1) }
        }
        Event::PollStarted { task, nth } => Description::PollStarted { task: task.0, nth, begun: begun(trace, task) },
        Event::PollEnded { task, outcome, site } => match outcome {
            Outcome::Pending => Description::PollPending {
                task: task.0,
                at: Place::of(trace, site),
                holder: Holder::all(trace, task, after.task(task)).into_iter().next(),
            },
            Outcome::Ready => Description::PollReady { task: task.0, polls: after.task(task).polls },
            Outcome::Panicked => Description::PollPanicked { task: task.0 },
        },
        Event::Entered { task, future, site, .. } => Description::Entered {
            task: task.0,
            future: trace.future_name(future).to_owned(),
            at: Place::of(trace, site),
        },
        Event::Exited { task, future, outcome } => match outcome {
            Outcome::Pending | Outcome::Panicked => {
                Description::ExitedPending { task: task.0, future: trace.future_name(future).to_owned() }
            }
            Outcome::Ready => Description::ExitedReady { task: task.0, future: trace.future_name(future).to_owned() },
        },
        Event::StateChanged { task, from, to, .. } => describe_state(trace, discriminants, after, task, from, to),
        Event::WakerCloned { task, count } => Description::WakerCloned { task: task.0, count },
        Event::WakerDropped { task, count } => Description::WakerDropped { task: task.0, count },
        Event::WakerHeld { task, by } => Description::WakerHeld { task: task.0, by: Holder::of(trace, task, by) },
        Event::WakerReleased { task, by } => {
            Description::WakerReleased { task: task.0, by: Holder::of(trace, task, by) }
        }
        Event::Signalled { bell } => Description::Signalled { by: Holder::thing(trace, bell) },
        Event::FoundEmpty { task, at } => Description::FoundEmpty { task: task.0, by: Holder::thing(trace, at) },
        Event::Locked { task, mutex } => Description::Locked { task: task.0, by: Holder::thing(trace, mutex) },
        Event::Unlocked { task, mutex } => Description::Unlocked { task: task.0, by: Holder::thing(trace, mutex) },
        Event::WakeLost { task, by } => Description::WakeLost { task: task.0, by: Holder::of(trace, task, by) },
        Event::Changed { change, task, timer } => match change {
            Change::Wake => Description::ChangedWake { task: task.0 },
            Change::Drop => Description::ChangedDrop { task: task.0 },
            Change::Fire => Description::ChangedFire { task: task.0, deadline: trace.deadline(timer) },
            Change::Next => Description::ChangedNext { task: task.0 },
            Change::Panic => Description::ChangedPanic { task: task.0 },
        },
        Event::PolledAgain { task, future } => {
            Description::PolledAgain { task: task.0, future: trace.future_name(future).to_owned() }
        }
        Event::DroppedUnpolled { task, future } => {
            Description::DroppedUnpolled { task: task.0, future: trace.future_name(future).to_owned() }
        }
        Event::Created { task, future, site, .. } => Description::Created {
            task: task.0,
            future: trace.future_name(future).to_owned(),
            at: Place::of(trace, site),
        },
        Event::Begun { task, future, site, .. } => Description::Begun {
            task: task.0,
            future: trace.future_name(future).to_owned(),
            at: Place::of(trace, site),
        },
        Event::Discarded { task, future, site, .. } => Description::Discarded {
            task: task.0,
            future: trace.future_name(future).to_owned(),
            at: Place::of(trace, site),
        },
        Event::Asked { task, site } => Description::Asked { task: task.0, at: Place::of(trace, site) },
        Event::BellSet { task, bell, after, site } => Description::BellSet {
            task: task.0,
            by: Holder::thing(trace, bell),
            after,
            deadline: ms(trace.time(i)) + f64::from(after),
            at: Place::of(trace, site),
        },
        Event::Entrusted { task, driver, after, site } => Description::Entrusted {
            task: task.0,
            by: Holder::thing(trace, driver),
            after,
            deadline: ms(trace.time(i)) + f64::from(after),
            at: Place::of(trace, site),
        },
        Event::Turned { task, driver, due } => {
            Description::Turned { task: task.0, by: Holder::thing(trace, driver), due }
        }
        Event::Registered { task, source, interest, site } => Description::Registered {
            task: task.0,
            by: Holder::thing(trace, source),
            interest: name(interest),
            at: Place::of(trace, site),
        },
        Event::Arrived { source, bytes } => Description::Arrived { by: Holder::thing(trace, source), bytes },
        Event::Reported { source } => {
            Description::Reported { by: Holder::thing(trace, source), done: is_read_by_system(trace, i, source) }
        }
        Event::Drained { task, source, bytes, site } => {
            Description::Drained { task: task.0, by: Holder::thing(trace, source), bytes, at: Place::of(trace, site) }
        }
        Event::KeptForNobody { task, by } => {
            Description::KeptForNobody { task: task.0, by: Holder::of(trace, task, by) }
        }
        Event::Wrapped { task } => Description::Wrapped { task: task.0 },
        Event::CellRead { task, cell, value, .. } => {
            Description::CellRead { task: task.0, by: Holder::thing(trace, cell), value: name(value) }
        }
        Event::CellWritten { task, cell, value, .. } => {
            Description::CellWritten { task: task.0, by: Holder::thing(trace, cell), value: name(value) }
        }
        Event::Refused { message, site } => Description::Refused { message: name(message), at: Place::of(trace, site) },
        Event::Woken { task, by, effect } => {
            let by = Holder::of(trace, task, by);
            match effect {
                WakeEffect::Queued => Description::WokenQueued { task: task.0, by },
                WakeEffect::Coalesced => Description::WokenCoalesced { task: task.0, by },
                WakeEffect::DuringPoll => Description::WokenDuringPoll { task: task.0, by },
                WakeEffect::AfterDone => Description::WokenAfterDone { task: task.0, by },
            }
        }
        Event::TimerSet { task, after, .. } => {
            Description::TimerSet { task: task.0, after, deadline: ms(trace.time(i)) + f64::from(after) }
        }
        Event::TimerFired { timer, task } => {
            Description::TimerFired { task: task.0, late: ms(trace.time(i)) - trace.deadline(timer) }
        }
        Event::TimerCancelled { task, .. } => Description::TimerCancelled { task: task.0 },
        Event::Dropped { task, reason } => match reason {
            DropReason::Completed => Description::DroppedCompleted { task: task.0 },
            DropReason::Cancelled => Description::DroppedCancelled { task: task.0 },
            DropReason::Shutdown => Description::DroppedShutdown { task: task.0 },
        },
        Event::Allocated { task, count, bytes } => Description::Allocated { task: task.0, count, bytes },
        Event::Boxed { task, count, bytes, site } => {
            Description::Boxed { task: task.0, count, bytes, at: Place::of(trace, site) }
        }
        Event::Freed { task, count, bytes } => Description::Freed { task: task.0, count, bytes },
        Event::Logged { task, text, site } => {
            Description::Logged { task: task.0, text: name(text), at: Place::of(trace, site) }
        }
        Event::ClockAdvanced { task, by, site } if task.is_some() => {
            Description::Computed { task: task.0, by: ms(by), at: Place::of(trace, site) }
        }
        Event::ClockAdvanced { by, .. } => Description::ClockAdvanced { by: ms(by), to: ms(trace.time(i)) },
        Event::Idle => Description::Idle,
        Event::Panicked { task, message } => {
            // The ordering contract: it stands right after the change that asked for it.
            let before = i.checked_sub(1).map(|before| trace.event(before));
            let asked = matches!(before, Some(Event::Changed { change: Change::Panic, .. }));
            Description::Panicked { task: task.0, message: name(message), asked }
        }
        Event::Ended { end } => Description::Ended { ending: end.into() },
        Event::CallStarted { task, nth } => {
            Description::CallStarted { task: task.0, nth, thread: trace.head.is_of_another() }
        }
        Event::CallEnded { task } => {
            let goes_on = after.task(task).state == TaskState::Pending;
            Description::CallEnded { task: task.0, goes_on, thread: trace.head.is_of_another() }
        }
        Event::PromiseCreated { promise, name: n } => Description::PromiseCreated { promise: promise.0, name: name(n) },
        Event::PromiseSettled { promise, how: Settled::Resolved, value } => {
            Description::PromiseResolved { promise: promise.0, value: name(value) }
        }
        Event::PromiseSettled { promise, how: Settled::Rejected, value } => {
            Description::PromiseRejected { promise: promise.0, value: name(value) }
        }
        Event::Reaction { promise, name: n } => Description::Reaction { promise: promise.0, name: name(n) },
        Event::Received { promise, bytes } => {
            let known = after.browser.of(promise);
            let waits = known.and_then(|known| known.awaited_by);
            Description::Received {
                promise: promise.0,
                bytes,
                all: known.map_or(0, |known| known.bytes),
                nobody: waits.is_some_and(|task| after.task(task).state.is_end()),
            }
        }
        Event::StackSuspended { promise, .. } => Description::StackSuspended { promise: promise.0 },
        Event::StackResumed { promise } => Description::StackResumed { promise: promise.0 },
        Event::Spun { task, polls, .. } => Description::Spun { task: task.0, polls },
        Event::Listened { promise } => Description::Listened { promise: promise.0 },
        Event::StreamMade { stream, mark } => Description::StreamMade { by: Holder::thing(trace, stream), mark },
        Event::Pulled { stream, queued } => {
            let nth = after.browser.streams.of(stream).pulls;
            Description::Pulled { by: Holder::thing(trace, stream), nth, queued }
        }
        Event::ChunkMade { stream, bytes } => {
            let nth = after.browser.streams.of(stream).chunks;
            Description::ChunkMade { by: Holder::thing(trace, stream), nth, bytes }
        }
        Event::StreamHolds { stream, queued } => {
            let mark = after.browser.streams.of(stream).mark;
            Description::StreamHolds { by: Holder::thing(trace, stream), queued, mark }
        }
        Event::StreamFull { stream, queued } => {
            let mark = after.browser.streams.of(stream).mark;
            Description::StreamFull { by: Holder::thing(trace, stream), queued, mark }
        }
        Event::ReaderTaken { task, stream } => {
            Description::ReaderTaken { task: task.0, by: Holder::thing(trace, stream) }
        }
        Event::ChunkRead { task, stream, bytes } => {
            Description::ChunkRead { task: task.0, by: Holder::thing(trace, stream), bytes }
        }
        Event::ReaderLeft { task, stream } => {
            Description::ReaderLeft { task: task.0, by: Holder::thing(trace, stream) }
        }
        Event::StreamCancelled { stream, queued } => {
            Description::StreamCancelled { by: Holder::thing(trace, stream), queued }
        }
        Event::StreamClosed { stream } => Description::StreamClosed { by: Holder::thing(trace, stream) },
        Event::Aborted { promise } => {
            let known = after.browser.of(promise);
            Description::Aborted {
                promise: promise.0,
                all: known.map_or(0, |known| known.bytes),
                over: known.is_some_and(|known| known.settled.is_some()),
            }
        }
        Event::MicrotaskQueued { name: n } => Description::MicrotaskQueued { name: name(n) },
        Event::MicrotaskStarted { name: n } => Description::MicrotaskStarted { name: name(n) },
        Event::MicrotaskEnded { name: n } => Description::MicrotaskEnded { name: name(n) },
        Event::MacrotaskQueued { name: n, after } => Description::MacrotaskQueued { name: name(n), after },
        Event::MacrotaskStarted { name: n } => Description::MacrotaskStarted { name: name(n) },
        Event::MacrotaskEnded { name: n } => Description::MacrotaskEnded { name: name(n) },
        Event::MessagePosted { name: n } => Description::MessagePosted { name: name(n) },
        Event::MacrotaskCleared { name: n } => Description::MacrotaskCleared { name: name(n) },
        Event::FrameQueued { name: n } => Description::FrameQueued { name: name(n) },
        Event::FrameStarted { name: n } => Description::FrameStarted { name: name(n) },
        Event::FrameEnded { name: n } => Description::FrameEnded { name: name(n) },
        Event::Line { task, site } => Description::Line { task: task.0, at: Place::of(trace, site) },
        Event::Placed { place, bytes } => describe_place(trace, after, place, bytes),
        Event::Taken { place } => {
            let p = &trace.places[place.index()];
            Description::Taken { place: name(p.name), size: p.size }
        }
        Event::Moved { from, to, bytes } => {
            let (f, t) = (&trace.places[from.index()], &trace.places[to.index()]);
            let dangling = trace.snapshot(bytes).is_some_and(|s| is_dangling(trace, after, s));
            Description::Moved { from: name(f.name), to: name(t.name), size: t.size, dangling }
        }
        Event::Pinned { by, place, .. } => {
            let (by, p) = (&trace.places[by.index()], &trace.places[place.index()]);
            Description::Pinned { by: name(by.name), size: by.size, place: name(p.name), address: p.address }
        }
    }
}

/// Whether what a source is reported for at that event is a read that is done, and not that one may be tried.
pub(in crate::view) fn is_read_by_system(trace: &Trace, i: usize, source: SourceId) -> bool {
    let before = i.checked_sub(1).map(|i| trace.event(i));
    matches!(before, Some(Event::Drained { task: TaskId::NONE, source: of, .. }) if of == source)
}

fn describe_state(
    trace: &Trace,
    discriminants: &Discriminants,
    after: &State,
    task: TaskId,
    from: u16,
    to: u16,
) -> Description {
    let state_name = |state| trace.state_name(task, state).to_owned();
    let (was, now) = after.snapshots(trace, task);
    let padding = Padding::of_task(trace, discriminants, task);
    let changed = was.zip(now).map_or(0, |(was, now)| padding.changed(was, now));
    if from == to {
        return Description::BytesChanged { task: task.0, state: state_name(to), changed };
    }
    let at = discriminants.of_task(trace, task);
    let byte = |s: Option<&Snapshot>| s.and_then(|s| s.bytes.get(at? as usize).copied());
    Description::StateChanged {
        task: task.0,
        from: state_name(from),
        to: state_name(to),
        changed,
        byte_from: byte(was),
        byte_to: byte(now),
    }
}

/// Whether the task's future is written by hand: made by code that has run before its first poll.
fn begun(trace: &Trace, task: TaskId) -> bool {
    trace.machine_of(task).and_then(|m| m.states.first()).is_some_and(|first| first.name.is_some())
}

/// The slot whose bytes were copied to `place`, if a pointer among them says so: it leads into the value that has the same.
fn copied_from(trace: &Trace, after: &State, place: PlaceId, now: &Snapshot) -> Option<PlaceId> {
    let shown = bytes_frame(trace, after, now);
    let slots = shown.fields.iter().filter_map(|field| field.target.as_ref()?.slot);
    let mut others = slots.map(|slot| PlaceId(slot as u16)).filter(|&slot| slot != place);
    others.find(|&slot| {
        let other = after.slots.get(slot);
        other.alive && trace.snapshot(other.bytes).is_some_and(|other| other.bytes == now.bytes)
    })
}

fn describe_place(trace: &Trace, after: &State, place: PlaceId, bytes: BlobId) -> Description {
    let p = &trace.places[place.index()];
    let name = trace.name(p.name).to_owned();
    let was = trace.snapshot(after.slots.get(place).was);
    let (Some(was), Some(now)) = (was, trace.snapshot(bytes)) else {
        if let Some(of) = trace.snapshot(bytes).and_then(|now| copied_from(trace, after, place, now)) {
            return Description::Copied { place: name, of: trace.place_name(of).to_owned(), size: p.size };
        }
        return Description::Placed { place: name, address: p.address, size: p.size };
    };
    if was.bytes == now.bytes {
        return Description::PlaceUnchanged { place: name };
    }
    let shown = bytes_frame(trace, after, now);
    let differs = |from: u32, size: u32| {
        let range = from as usize..from as usize + size as usize;
        was.bytes.get(range.clone()) != now.bytes.get(range)
    };
    let field = shown.fields.iter().find(|f| f.role != Role::Padding && differs(f.offset, f.size));
    let inside = |a: u32| a >= now.address && a - now.address < now.size;
    let address = field.and_then(|f| f.target.as_ref()).map_or(0, |t| t.address);
    let field = field.map_or(String::new(), |f| f.name.clone());
    Description::PlaceChanged { place: name, field, address, itself: inside(address) }
}
