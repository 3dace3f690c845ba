//! The events of a trace as a structure of arrays: 24 bytes an event, seven columns that the page can
//! read through typed arrays without a copy.
//!
//! | column | bytes | holds                                                                    |
//! |--------|-------|--------------------------------------------------------------------------|
//! | `kind` | 1     | which [`Event`] (its [`Kind`])                                           |
//! | `flag` | 1     | its small enums: an outcome, an effect and a source, a phase             |
//! | `site` | 2     | the place in the code, 0 for none                                        |
//! | `task` | 4     | the task, 0 for none; for `Moved` the place it moved from                |
//! | `a`    | 4     | the first argument                                                       |
//! | `b`    | 4     | the second argument                                                      |
//! | `time` | 8     | when: virtual milliseconds, or microseconds of the browser's clock       |

use super::event::{DropReason, End, Event, Outcome, Phase, Settled, WakeEffect, WakeSource};
use super::ids::{BlobId, NameId, PromiseId, SiteId, TaskId, TimerId};
use nanoserde::{DeBin, SerBin};

macro_rules! kinds {
    ($($name:ident),* $(,)?) => {
        /// The `kind` column's values: one a variant of [`Event`], in its order.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        #[allow(missing_docs, reason = "each is the Event of the same name")]
        pub enum Kind { $($name),* }

        impl Kind {
            /// Every kind, in the order of their numbers.
            pub const ALL: &[Kind] = &[$(Kind::$name),*];
        }
    };
}

kinds! {
    Spawned, Enqueued, PollStarted, PollEnded, Entered, Exited, StateChanged, WakerCloned, WakerDropped, WakerHeld,
    WakerReleased, Woken, TimerSet, TimerFired, TimerCancelled, Dropped, Allocated, Logged, ClockAdvanced, Idle, Panicked, Ended,
    CallStarted, CallEnded, PromiseCreated, PromiseSettled, Reaction, MicrotaskQueued, MicrotaskStarted,
    MicrotaskEnded, MacrotaskQueued, MacrotaskStarted, MacrotaskEnded, Line, Placed, Taken, Moved, Model,
}

/// One event as it lies in the columns.
#[derive(Clone, Copy)]
struct Row {
    kind: Kind,
    flag: u8,
    site: u16,
    task: u32,
    a: u32,
    b: u32,
}

/// The columns. All have the same length.
#[derive(Clone, Debug, Default, PartialEq, Eq, SerBin, DeBin)]
pub struct Columns {
    pub(super) kind: Vec<u8>,
    pub(super) flag: Vec<u8>,
    pub(super) site: Vec<u16>,
    pub(super) task: Vec<u32>,
    pub(super) a: Vec<u32>,
    pub(super) b: Vec<u32>,
    pub(super) time: Vec<u64>,
}

impl Columns {
    /// How many bytes one event takes.
    pub const EVENT_BYTES: usize = 24;

    /// The number of events.
    pub fn len(&self) -> usize {
        self.kind.len()
    }

    /// Whether there is no event.
    pub fn is_empty(&self) -> bool {
        self.kind.is_empty()
    }

    /// The kinds of all events; each is a [`Kind`] as a number.
    pub fn kinds(&self) -> &[u8] {
        &self.kind
    }

    /// The times of all events, never falling.
    pub fn times(&self) -> &[u64] {
        &self.time
    }

    /// Appends one event.
    pub fn push(&mut self, time: u64, event: Event) {
        let row = encode(event);
        self.kind.push(row.kind as u8);
        self.flag.push(row.flag);
        self.site.push(row.site);
        self.task.push(row.task);
        self.a.push(row.a);
        self.b.push(row.b);
        self.time.push(time);
    }

    /// The kind of event `i`.
    pub fn kind(&self, i: usize) -> Kind {
        Kind::ALL[self.kind[i] as usize]
    }

    /// The task of event `i`; `TaskId::NONE` if it is of none.
    pub fn task(&self, i: usize) -> TaskId {
        match self.kind(i) {
            Kind::Moved => TaskId::NONE,
            _ => TaskId(self.task[i]),
        }
    }

    /// Event `i`.
    ///
    /// # Panics
    /// If `i` is not below [`len`](Self::len).
    pub fn get(&self, i: usize) -> Event {
        decode(Row {
            kind: self.kind(i),
            flag: self.flag[i],
            site: self.site[i],
            task: self.task[i],
            a: self.a[i],
            b: self.b[i],
        })
    }

    /// Whether every number stands for something, so that [`get`](Self::get) cannot panic: the answer for
    /// columns that come from outside.
    pub(super) fn is_sound(&self) -> bool {
        let n = self.len();
        let lengths = [self.flag.len(), self.site.len(), self.task.len(), self.a.len(), self.b.len(), self.time.len()];
        lengths == [n; 6]
            && self.kind.iter().all(|&k| (k as usize) < Kind::ALL.len())
            && self.time.windows(2).all(|w| w[0] <= w[1])
    }
}

const fn row(kind: Kind, task: TaskId) -> Row {
    Row { kind, flag: 0, site: 0, task: task.0, a: 0, b: 0 }
}

const fn encode_source(source: WakeSource) -> (u8, u32) {
    match source {
        WakeSource::Timer(t) => (0, t.0),
        WakeSource::Task(t) => (1, t.0),
        WakeSource::Promise(p) => (2, p.0),
        WakeSource::Outside => (3, 0),
    }
}

const fn decode_source(source: u8, a: u32) -> WakeSource {
    match source {
        0 => WakeSource::Timer(TimerId(a)),
        1 => WakeSource::Task(TaskId(a)),
        2 => WakeSource::Promise(PromiseId(a)),
        _ => WakeSource::Outside,
    }
}

fn encode(event: Event) -> Row {
    use Event as E;
    const NONE: TaskId = TaskId::NONE;
    match event {
        E::Spawned { task } => row(Kind::Spawned, task),
        E::Enqueued { task } => row(Kind::Enqueued, task),
        E::PollStarted { task, nth } => Row { a: nth, ..row(Kind::PollStarted, task) },
        E::PollEnded { task, outcome, site } => Row { flag: outcome as u8, site: site.0, ..row(Kind::PollEnded, task) },
        E::Entered { task, future, site } => Row { a: future.0, site: site.0, ..row(Kind::Entered, task) },
        E::Exited { task, future, outcome } => Row { a: future.0, flag: outcome as u8, ..row(Kind::Exited, task) },
        E::StateChanged { task, from, to, bytes } => {
            Row { a: (from as u32) << 16 | to as u32, b: bytes.0, ..row(Kind::StateChanged, task) }
        }
        E::WakerCloned { task, count } => Row { a: count, ..row(Kind::WakerCloned, task) },
        E::WakerDropped { task, count } => Row { a: count, ..row(Kind::WakerDropped, task) },
        E::WakerHeld { task, by } => {
            let (source, a) = encode_source(by);
            Row { flag: source << 4, a, ..row(Kind::WakerHeld, task) }
        }
        E::WakerReleased { task, by } => {
            let (source, a) = encode_source(by);
            Row { flag: source << 4, a, ..row(Kind::WakerReleased, task) }
        }
        E::Woken { task, by, effect } => {
            let (source, a) = encode_source(by);
            Row { flag: source << 4 | effect as u8, a, ..row(Kind::Woken, task) }
        }
        E::TimerSet { timer, task, after } => Row { a: timer.0, b: after, ..row(Kind::TimerSet, task) },
        E::TimerFired { timer, task } => Row { a: timer.0, ..row(Kind::TimerFired, task) },
        E::TimerCancelled { timer, task } => Row { a: timer.0, ..row(Kind::TimerCancelled, task) },
        E::Dropped { task, reason } => Row { flag: reason as u8, ..row(Kind::Dropped, task) },
        E::Allocated { task, count, bytes } => Row { a: count, b: bytes, ..row(Kind::Allocated, task) },
        E::Logged { task, text, site } => Row { a: text.0, site: site.0, ..row(Kind::Logged, task) },
        E::ClockAdvanced { task, by, site } => Row { a: by, site: site.0, ..row(Kind::ClockAdvanced, task) },
        E::Idle => row(Kind::Idle, NONE),
        E::Panicked { task, message } => Row { a: message.0, ..row(Kind::Panicked, task) },
        E::Ended { end } => {
            let (flag, a) = match end {
                End::Completed => (0, 0),
                End::Deadlock(n) => (1, n),
                End::Polls(n) => (2, n),
                End::Events(n) => (3, n),
                End::Memory(n) => (4, n),
                End::Time(n) => (5, n),
                End::Panicked => (6, 0),
                End::Stopped => (7, 0),
                End::GaveUp(n) => (8, n),
            };
            Row { flag, a, ..row(Kind::Ended, NONE) }
        }
        E::CallStarted { task, nth } => Row { a: nth, ..row(Kind::CallStarted, task) },
        E::CallEnded { task } => row(Kind::CallEnded, task),
        E::PromiseCreated { promise, name } => Row { a: promise.0, b: name.0, ..row(Kind::PromiseCreated, NONE) },
        E::PromiseSettled { promise, how, value } => {
            Row { a: promise.0, b: value.0, flag: how as u8, ..row(Kind::PromiseSettled, NONE) }
        }
        E::Reaction { promise, name } => Row { a: promise.0, b: name.0, ..row(Kind::Reaction, NONE) },
        E::MicrotaskQueued { name } => Row { a: name.0, ..row(Kind::MicrotaskQueued, NONE) },
        E::MicrotaskStarted { name } => Row { a: name.0, ..row(Kind::MicrotaskStarted, NONE) },
        E::MicrotaskEnded { name } => Row { a: name.0, ..row(Kind::MicrotaskEnded, NONE) },
        E::MacrotaskQueued { name, after } => Row { a: name.0, b: after, ..row(Kind::MacrotaskQueued, NONE) },
        E::MacrotaskStarted { name } => Row { a: name.0, ..row(Kind::MacrotaskStarted, NONE) },
        E::MacrotaskEnded { name } => Row { a: name.0, ..row(Kind::MacrotaskEnded, NONE) },
        E::Line { task, site } => Row { site: site.0, ..row(Kind::Line, task) },
        E::Placed { place, bytes } => Row { a: place, b: bytes.0, ..row(Kind::Placed, NONE) },
        E::Taken { place } => Row { a: place, ..row(Kind::Taken, NONE) },
        E::Moved { from, to, bytes } => Row { task: from, a: to, b: bytes.0, ..row(Kind::Moved, NONE) },
        E::Model { staffing, phase, call, seat } => {
            Row { flag: staffing << 4 | phase as u8, a: call, b: seat, ..row(Kind::Model, NONE) }
        }
    }
}

fn decode(r: Row) -> Event {
    use Event as E;
    let (task, site) = (TaskId(r.task), SiteId(r.site));
    let outcome = match r.flag {
        0 => Outcome::Pending,
        1 => Outcome::Ready,
        _ => Outcome::Panicked,
    };
    match r.kind {
        Kind::Spawned => E::Spawned { task },
        Kind::Enqueued => E::Enqueued { task },
        Kind::PollStarted => E::PollStarted { task, nth: r.a },
        Kind::PollEnded => E::PollEnded { task, outcome, site },
        Kind::Entered => E::Entered { task, future: NameId(r.a), site },
        Kind::Exited => E::Exited { task, future: NameId(r.a), outcome },
        Kind::StateChanged => E::StateChanged { task, from: (r.a >> 16) as u16, to: r.a as u16, bytes: BlobId(r.b) },
        Kind::WakerCloned => E::WakerCloned { task, count: r.a },
        Kind::WakerDropped => E::WakerDropped { task, count: r.a },
        Kind::WakerHeld => E::WakerHeld { task, by: decode_source(r.flag >> 4, r.a) },
        Kind::WakerReleased => E::WakerReleased { task, by: decode_source(r.flag >> 4, r.a) },
        Kind::Woken => E::Woken {
            task,
            by: decode_source(r.flag >> 4, r.a),
            effect: match r.flag & 15 {
                0 => WakeEffect::Queued,
                1 => WakeEffect::Coalesced,
                2 => WakeEffect::DuringPoll,
                _ => WakeEffect::AfterDone,
            },
        },
        Kind::TimerSet => E::TimerSet { timer: TimerId(r.a), task, after: r.b },
        Kind::TimerFired => E::TimerFired { timer: TimerId(r.a), task },
        Kind::TimerCancelled => E::TimerCancelled { timer: TimerId(r.a), task },
        Kind::Dropped => E::Dropped {
            task,
            reason: match r.flag {
                0 => DropReason::Completed,
                1 => DropReason::Cancelled,
                _ => DropReason::Shutdown,
            },
        },
        Kind::Allocated => E::Allocated { task, count: r.a, bytes: r.b },
        Kind::Logged => E::Logged { task, text: NameId(r.a), site },
        Kind::ClockAdvanced => E::ClockAdvanced { task, by: r.a, site },
        Kind::Idle => E::Idle,
        Kind::Panicked => E::Panicked { task, message: NameId(r.a) },
        Kind::Ended => E::Ended {
            end: match r.flag {
                0 => End::Completed,
                1 => End::Deadlock(r.a),
                2 => End::Polls(r.a),
                3 => End::Events(r.a),
                4 => End::Memory(r.a),
                5 => End::Time(r.a),
                6 => End::Panicked,
                7 => End::Stopped,
                _ => End::GaveUp(r.a),
            },
        },
        Kind::CallStarted => E::CallStarted { task, nth: r.a },
        Kind::CallEnded => E::CallEnded { task },
        Kind::PromiseCreated => E::PromiseCreated { promise: PromiseId(r.a), name: NameId(r.b) },
        Kind::PromiseSettled => E::PromiseSettled {
            promise: PromiseId(r.a),
            how: if r.flag == 0 { Settled::Resolved } else { Settled::Rejected },
            value: NameId(r.b),
        },
        Kind::Reaction => E::Reaction { promise: PromiseId(r.a), name: NameId(r.b) },
        Kind::MicrotaskQueued => E::MicrotaskQueued { name: NameId(r.a) },
        Kind::MicrotaskStarted => E::MicrotaskStarted { name: NameId(r.a) },
        Kind::MicrotaskEnded => E::MicrotaskEnded { name: NameId(r.a) },
        Kind::MacrotaskQueued => E::MacrotaskQueued { name: NameId(r.a), after: r.b },
        Kind::MacrotaskStarted => E::MacrotaskStarted { name: NameId(r.a) },
        Kind::MacrotaskEnded => E::MacrotaskEnded { name: NameId(r.a) },
        Kind::Line => E::Line { task, site },
        Kind::Placed => E::Placed { place: r.a, bytes: BlobId(r.b) },
        Kind::Taken => E::Taken { place: r.a },
        Kind::Moved => E::Moved { from: r.task, to: r.a, bytes: BlobId(r.b) },
        Kind::Model => E::Model {
            staffing: r.flag >> 4,
            phase: match r.flag & 15 {
                0 => Phase::Arrived,
                1 => Phase::Seated,
                2 => Phase::Dialling,
                3 => Phase::Ringing,
                4 => Phase::Answered,
                5 => Phase::Talking,
                _ => Phase::Served,
            },
            call: r.a,
            seat: r.b,
        },
    }
}
