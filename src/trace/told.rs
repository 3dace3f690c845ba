//! Events as they are told: each with the context that its sentence needs, so that the page's catalogues
//! can make one sentence of it, in any language, without knowing anything of the run.

use super::Trace;
use super::event::{DropReason, End, Event, Outcome, Phase, Settled, WakeEffect, WakeSource};
use super::fold::State;
use super::ids::{SiteId, TaskId};
use serde::Serialize;

/// A place in the code, as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

/// Who holds a waker of a task, or who woke it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
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
}

/// How a run ended, as shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
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
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the events' own, and their arguments are documented there")]
pub enum Told {
    Nothing,
    Spawned {
        task: u32,
        name: String,
        size: u32,
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
    CallEnded {
        task: u32,
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
    Moved {
        from: String,
        to: String,
        size: u32,
    },
    Model {
        staffing: String,
        model: bool,
        phase: ModelPhase,
        call: u32,
        seat: u32,
    },
}

/// A step of a simulated call, as shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is the Phase of the same name")]
pub enum ModelPhase {
    Arrived,
    Seated,
    Dialling,
    Ringing,
    Answered,
    Talking,
    Served,
}

impl From<Phase> for ModelPhase {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::Arrived => ModelPhase::Arrived,
            Phase::Seated => ModelPhase::Seated,
            Phase::Dialling => ModelPhase::Dialling,
            Phase::Ringing => ModelPhase::Ringing,
            Phase::Answered => ModelPhase::Answered,
            Phase::Talking => ModelPhase::Talking,
            Phase::Served => ModelPhase::Served,
        }
    }
}

impl Place {
    pub(super) fn of(trace: &Trace, site: SiteId) -> Option<Place> {
        trace.site(site).map(|s| Place { file: trace.name(s.file).to_owned(), line: s.line })
    }
}

impl Holder {
    /// Names the source of a wake of `task`.
    pub(super) fn of(trace: &Trace, task: TaskId, source: WakeSource) -> Holder {
        match source {
            WakeSource::Timer(t) => Holder::Timer { deadline: trace.deadline(t) },
            WakeSource::Task(t) if t == task => Holder::Itself,
            WakeSource::Task(t) => Holder::Task { task: t.0 },
            WakeSource::Promise(p) => Holder::Promise { promise: p.0 },
            WakeSource::Outside => Holder::Outside,
        }
    }
}

/// Tells event `i`, with `after` being the state of things right after it.
pub(super) fn tell(trace: &Trace, i: usize, after: &State) -> Told {
    let name = |id| trace.name(id).to_owned();
    let ms = |units: u64| trace.unit.to_ms(units);
    match trace.event(i) {
        Event::Spawned { task } => {
            let info = trace.task(task).expect("a spawned task stands in the table");
            match info.kind {
                super::TaskKind::Future => Told::Spawned { task: task.0, name: name(info.name), size: info.size },
                super::TaskKind::Callbacks => Told::SpawnedCallbacks { task: task.0, name: name(info.name) },
            }
        }
        Event::Enqueued { task } => {
            Told::Enqueued { task: task.0, ahead: (after.ready().len() as u32).saturating_sub(1) }
        }
        Event::PollStarted { task, nth } => Told::PollStarted { task: task.0, nth },
        Event::PollEnded { task, outcome, site } => match outcome {
            Outcome::Pending => Told::PollPending {
                task: task.0,
                at: Place::of(trace, site),
                holder: after.task(task).holders.first().map(|&h| Holder::of(trace, task, h)),
            },
            Outcome::Ready => Told::PollReady { task: task.0, polls: after.task(task).polls },
            Outcome::Panicked => Told::PollPanicked { task: task.0 },
        },
        Event::Entered { task, future, site } => {
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
        Event::CallEnded { task } => Told::CallEnded { task: task.0 },
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
        Event::Placed { place, .. } => {
            let p = &trace.places[place as usize];
            Told::Placed { place: name(p.name), address: p.address, size: p.size }
        }
        Event::Moved { from, to, .. } => {
            let (f, t) = (&trace.places[from as usize], &trace.places[to as usize]);
            Told::Moved { from: name(f.name), to: name(t.name), size: t.size }
        }
        Event::Model { staffing, phase, call, seat } => {
            let of = &trace.staffings[usize::from(staffing)];
            Told::Model { staffing: name(of.name), model: of.model, phase: phase.into(), call, seat }
        }
    }
}

fn tell_state(trace: &Trace, after: &State, task: TaskId, from: u16, to: u16) -> Told {
    let state_name = |s: u16| {
        let machine = trace.task(task).and_then(|t| trace.machine(t.machine));
        machine.and_then(|m| m.states.get(s as usize)).map_or(String::new(), |s| trace.name(s.name).to_owned())
    };
    let (was, now) = after.snapshots(trace, task);
    let changed = match (was, now) {
        (Some(was), Some(now)) => was.bytes.iter().zip(&now.bytes).filter(|(a, b)| a != b).count() as u32,
        _ => 0,
    };
    if from == to {
        return Told::BytesChanged { task: task.0, state: state_name(to), changed };
    }
    let at = trace.task(task).and_then(|t| trace.machine(t.machine)).and_then(|m| m.discriminant);
    let byte = |s: Option<&super::Snapshot>| s.and_then(|s| s.bytes.get(at? as usize).copied());
    Told::StateChanged {
        task: task.0,
        from: state_name(from),
        to: state_name(to),
        changed,
        byte_from: byte(was),
        byte_to: byte(now),
    }
}
