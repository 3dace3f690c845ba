//! Telling an event: finding the context that its sentence needs.

use super::bytes::{bytes_frame, is_dangling};
use super::description::{Holder, Place, Told};
use super::fold::State;
use crate::trace::event::{Change, DropReason, Event, Outcome, Settled, WakeEffect};
use crate::trace::ids::{BlobId, PlaceId, TaskId};
use crate::trace::{Role, Snapshot, TaskKind, Trace};

/// Tells event `i`, with `after` being the state of things right after it.
pub(super) fn tell(trace: &Trace, i: usize, after: &State) -> Told {
    let name = |id| trace.name(id).to_owned();
    let ms = |units: u64| trace.unit.to_ms(units);
    match trace.event(i) {
        Event::Spawned { task } => {
            let info = trace.task(task).expect("a spawned task stands in the table");
            match info.kind {
                TaskKind::Future => {
                    Told::Spawned { task: task.0, name: name(info.name), size: info.size, begun: begun(trace, task) }
                }
                TaskKind::Callbacks => Told::SpawnedCallbacks { task: task.0, name: name(info.name) },
            }
        }
        Event::Enqueued { task } => {
            Told::Enqueued { task: task.0, ahead: (after.ready().len() as u32).saturating_sub(1) }
        }
        Event::PollStarted { task, nth } => Told::PollStarted { task: task.0, nth, begun: begun(trace, task) },
        Event::PollEnded { task, outcome, site } => match outcome {
            Outcome::Pending => Told::PollPending {
                task: task.0,
                at: Place::of(trace, site),
                holder: Holder::all(trace, task, after.task(task)).into_iter().next(),
            },
            Outcome::Ready => Told::PollReady { task: task.0, polls: after.task(task).polls },
            Outcome::Panicked => Told::PollPanicked { task: task.0 },
        },
        Event::Entered { task, future, site, .. } => {
            Told::Entered { task: task.0, future: name(future), at: Place::of(trace, site) }
        }
        Event::Exited { task, future, outcome } => match outcome {
            Outcome::Pending | Outcome::Panicked => Told::ExitedPending { task: task.0, future: name(future) },
            Outcome::Ready => Told::ExitedReady { task: task.0, future: name(future) },
        },
        Event::StateChanged { task, from, to, .. } => tell_state(trace, after, task, from, to),
        Event::WakerCloned { task, count } => Told::WakerCloned { task: task.0, count },
        Event::WakerDropped { task, count } => Told::WakerDropped { task: task.0, count },
        Event::WakerHeld { task, by } => Told::WakerHeld { task: task.0, by: Holder::of(trace, task, by) },
        Event::WakerReleased { task, by } => Told::WakerReleased { task: task.0, by: Holder::of(trace, task, by) },
        Event::Rang { bell } => Told::Rang { by: Holder::thing(trace, bell) },
        Event::Looked { task, at } => Told::Looked { task: task.0, by: Holder::thing(trace, at) },
        Event::Locked { task, mutex } => Told::Locked { task: task.0, by: Holder::thing(trace, mutex) },
        Event::Unlocked { task, mutex } => Told::Unlocked { task: task.0, by: Holder::thing(trace, mutex) },
        Event::WakeLost { task, by } => Told::WakeLost { task: task.0, by: Holder::of(trace, task, by) },
        Event::Changed { change, task, timer } => match change {
            Change::Wake => Told::ChangedWake { task: task.0 },
            Change::Drop => Told::ChangedDrop { task: task.0 },
            Change::Fire => Told::ChangedFire { task: task.0, deadline: trace.deadline(timer) },
            Change::Next => Told::ChangedNext { task: task.0 },
            Change::Panic => Told::ChangedPanic { task: task.0 },
        },
        Event::PolledAgain { task, future } => Told::PolledAgain { task: task.0, future: name(future) },
        Event::DroppedUnpolled { task, future } => Told::DroppedUnpolled { task: task.0, future: name(future) },
        Event::Woken { task, by, effect } => {
            let by = Holder::of(trace, task, by);
            match effect {
                WakeEffect::Queued => Told::WokenQueued { task: task.0, by },
                WakeEffect::Coalesced => Told::WokenCoalesced { task: task.0, by },
                WakeEffect::DuringPoll => Told::WokenDuringPoll { task: task.0, by },
                WakeEffect::AfterDone => Told::WokenAfterDone { task: task.0, by },
            }
        }
        Event::TimerSet { task, after, .. } => {
            Told::TimerSet { task: task.0, after, deadline: ms(trace.time(i)) + f64::from(after) }
        }
        Event::TimerFired { timer, task } => {
            Told::TimerFired { task: task.0, late: ms(trace.time(i)) - trace.deadline(timer) }
        }
        Event::TimerCancelled { task, .. } => Told::TimerCancelled { task: task.0 },
        Event::Dropped { task, reason } => match reason {
            DropReason::Completed => Told::DroppedCompleted { task: task.0 },
            DropReason::Cancelled => Told::DroppedCancelled { task: task.0 },
            DropReason::Shutdown => Told::DroppedShutdown { task: task.0 },
        },
        Event::Allocated { task, count, bytes } => Told::Allocated { task: task.0, count, bytes },
        Event::Logged { task, text, .. } => Told::Logged { task: task.0, text: name(text) },
        Event::ClockAdvanced { task, by, .. } if task.is_some() => Told::Computed { task: task.0, by: f64::from(by) },
        Event::ClockAdvanced { by, .. } => Told::ClockAdvanced { by: f64::from(by), to: ms(trace.time(i)) },
        Event::Idle => Told::Idle,
        Event::Panicked { task, message } => Told::Panicked { task: task.0, message: name(message) },
        Event::Ended { end } => Told::Ended { ending: end.into() },
        Event::CallStarted { task, nth } => Told::CallStarted { task: task.0, nth },
        Event::CallEnded { task } => Told::CallEnded { task: task.0, goes_on: !after.task(task).holders.is_empty() },
        Event::PromiseCreated { promise, name: n } => Told::PromiseCreated { promise: promise.0, name: name(n) },
        Event::PromiseSettled { promise, how: Settled::Resolved, value } => {
            Told::PromiseResolved { promise: promise.0, value: name(value) }
        }
        Event::PromiseSettled { promise, how: Settled::Rejected, value } => {
            Told::PromiseRejected { promise: promise.0, value: name(value) }
        }
        Event::Reaction { promise, name: n } => Told::Reaction { promise: promise.0, name: name(n) },
        Event::MicrotaskQueued { name: n } => Told::MicrotaskQueued { name: name(n) },
        Event::MicrotaskStarted { name: n } => Told::MicrotaskStarted { name: name(n) },
        Event::MicrotaskEnded { name: n } => Told::MicrotaskEnded { name: name(n) },
        Event::MacrotaskQueued { name: n, after } => Told::MacrotaskQueued { name: name(n), after },
        Event::MacrotaskStarted { name: n } => Told::MacrotaskStarted { name: name(n) },
        Event::MacrotaskEnded { name: n } => Told::MacrotaskEnded { name: name(n) },
        Event::Line { task, site } => Told::Line { task: task.0, at: Place::of(trace, site) },
        Event::Placed { place, bytes } => tell_place(trace, after, place, bytes),
        Event::Taken { place } => {
            let p = &trace.places[place.index()];
            Told::Taken { place: name(p.name), size: p.size }
        }
        Event::Moved { from, to, bytes } => {
            let (f, t) = (&trace.places[from.index()], &trace.places[to.index()]);
            let dangling = trace.snapshot(bytes).is_some_and(|s| is_dangling(trace, after, s));
            Told::Moved { from: name(f.name), to: name(t.name), size: t.size, dangling }
        }
    }
}

fn tell_state(trace: &Trace, after: &State, task: TaskId, from: u16, to: u16) -> Told {
    let state_name = |state| trace.state_name(task, state).to_owned();
    let (was, now) = after.snapshots(trace, task);
    let changed = match (was, now) {
        (Some(was), Some(now)) => was.bytes.iter().zip(&now.bytes).filter(|(a, b)| a != b).count() as u32,
        _ => 0,
    };
    if from == to {
        return Told::BytesChanged { task: task.0, state: state_name(to), changed };
    }
    let at = trace.machine_of(task).and_then(|m| m.discriminant);
    let byte = |s: Option<&Snapshot>| s.and_then(|s| s.bytes.get(at? as usize).copied());
    Told::StateChanged {
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

fn tell_place(trace: &Trace, after: &State, place: PlaceId, bytes: BlobId) -> Told {
    let p = &trace.places[place.index()];
    let name = trace.name(p.name).to_owned();
    let was = after.slots.get(place.index()).and_then(|s| trace.snapshot(s.was));
    let (Some(was), Some(now)) = (was, trace.snapshot(bytes)) else {
        return Told::Placed { place: name, address: p.address, size: p.size };
    };
    if was.bytes == now.bytes {
        return Told::PlaceUnchanged { place: name };
    }
    let shown = bytes_frame(trace, after, now);
    let differs = |from: u32, size: u32| {
        let range = from as usize..(from + size) as usize;
        was.bytes.get(range.clone()) != now.bytes.get(range)
    };
    let field = shown.fields.iter().find(|f| f.role != Role::Padding && differs(f.offset, f.size));
    let inside = |a: u32| (now.address..now.address + now.size).contains(&a);
    let address = field.and_then(|f| f.target.as_ref()).map_or(0, |t| t.address);
    let field = field.map_or(String::new(), |f| f.name.clone());
    Told::PlaceChanged { place: name, field, address, itself: inside(address) }
}
