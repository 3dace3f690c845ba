//! The events of a trace as a structure of arrays: three columns of eight bytes, 24 bytes an event, in chunks that the
//! page can read through typed arrays without a copy.
//!
//! | column | bits   | holds                                                                    |
//! |--------|--------|--------------------------------------------------------------------------|
//! | `time` | 0..64  | when: virtual milliseconds, or microseconds of the browser's clock       |
//! | `head` | 0..8   | which [`Event`] (its [`Kind`])                                           |
//! |        | 8..16  | its small enums: an outcome, an effect and a source, a phase             |
//! |        | 16..32 | the place in the code, 0 for none                                        |
//! |        | 32..64 | the task, 0 for none; for `Moved` the place it moved from                |
//! | `args` | 0..32  | the first argument                                                       |
//! |        | 32..64 | the second argument                                                      |
//!
//! Three stores make an event: recording is the most frequent thing that is done here.

use super::event::{Change, DropReason, End, Event, Outcome, Phase, Settled, WakeEffect, WakeSource};
use super::ids::{BlobId, FutureId, NameId, PromiseId, SiteId, SourceId, TaskId, TimerId};
use nanoserde::{DeBin, DeBinErr, SerBin};

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
    WakerReleased, Rang, Looked, Locked, Unlocked, WakeLost, Changed, PolledAgain, DroppedUnpolled, Woken, TimerSet, TimerFired, TimerCancelled, Dropped, Allocated, Logged, ClockAdvanced, Idle, Panicked, Ended,
    CallStarted, CallEnded, PromiseCreated, PromiseSettled, Reaction, MicrotaskQueued, MicrotaskStarted,
    MicrotaskEnded, MacrotaskQueued, MacrotaskStarted, MacrotaskEnded, Line, Placed, Taken, Moved, Model,
}

/// One event as it lies in the columns: its head and its arguments.
#[derive(Clone, Copy)]
pub(crate) struct Words(pub(crate) u64, pub(crate) u64);

/// One event in its parts.
#[derive(Clone, Copy)]
struct Row {
    kind: Kind,
    flag: u8,
    site: u16,
    task: u32,
    a: u32,
    b: u32,
}

/// Events of a chunk.
const CHUNK: usize = 1024;

/// So many events. Chunks are never moved: a long trace grows without a copy of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Chunk {
    time: [u64; CHUNK],
    head: [u64; CHUNK],
    args: [u64; CHUNK],
}

/// The columns. All have the same length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    len: usize,
    chunks: Vec<Box<Chunk>>,
}

impl Words {
    /// An event's. Where the variant is known, which is nearly everywhere, most of this is done by the compiler, unless it
    /// builds the page's module, for size.
    #[cfg_attr(not(feature = "small"), inline(always))]
    #[cfg_attr(feature = "small", inline(never))]
    pub(crate) fn of(event: Event) -> Words {
        let Row { kind, flag, site, task, a, b } = encode(event);
        let head = kind as u64 | (flag as u64) << 8 | (site as u64) << 16 | (task as u64) << 32;
        Words(head, a as u64 | (b as u64) << 32)
    }
}

impl Columns {
    /// How many bytes one event takes.
    pub const EVENT_BYTES: usize = 24;

    /// Events of a chunk: the last one may have fewer.
    pub const CHUNK: usize = CHUNK;

    /// The number of events.
    #[inline]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no event.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The heads of chunk `i`: the lowest byte of each is a [`Kind`] as a number.
    pub fn heads(&self, i: usize) -> &[u64] {
        self.chunks.get(i).map_or(&[], |chunk| &chunk.head[..(self.len - i * CHUNK).min(CHUNK)])
    }

    /// The time of event `i`. Times never fall.
    pub fn time(&self, i: usize) -> u64 {
        self.chunks[i / CHUNK].time[i % CHUNK]
    }

    /// The time of the last event, if there is one.
    pub fn last_time(&self) -> Option<u64> {
        Some(self.time(self.len.checked_sub(1)?))
    }

    /// The first event that is later than `time`.
    pub fn first_after(&self, time: u64) -> usize {
        let i = self.chunks.partition_point(|chunk| chunk.time[0] <= time).saturating_sub(1);
        let times = self.chunks.get(i).map_or(&[][..], |chunk| &chunk.time[..(self.len - i * CHUNK).min(CHUNK)]);
        i * CHUNK + times.partition_point(|&t| t <= time)
    }

    /// Appends one event.
    pub fn push(&mut self, time: u64, event: Event) {
        self.push_words(time, Words::of(event));
    }

    pub(crate) fn push_words(&mut self, time: u64, Words(head, args): Words) {
        let at = self.len % CHUNK;
        if at == 0 {
            self.chunks.push(Box::new(Chunk { time: [0; CHUNK], head: [0; CHUNK], args: [0; CHUNK] }));
        }
        // The first event of a chunk has made it.
        if let Some(chunk) = self.chunks.last_mut() {
            (chunk.time[at], chunk.head[at], chunk.args[at]) = (time, head, args);
        }
        self.len += 1;
    }

    /// Appends a chunk of events; the last chunk must have no room.
    pub(crate) fn push_chunk(&mut self, time: [u64; CHUNK], head: [u64; CHUNK], args: [u64; CHUNK]) {
        debug_assert!(self.len.is_multiple_of(CHUNK), "a chunk comes after whole ones");
        self.chunks.push(Box::new(Chunk { time, head, args }));
        self.len += CHUNK;
    }

    /// The kind of event `i`.
    pub fn kind(&self, i: usize) -> Kind {
        Kind::ALL[self.chunks[i / CHUNK].head[i % CHUNK] as u8 as usize]
    }

    /// The task of event `i`; `TaskId::NONE` if it is of none.
    pub fn task(&self, i: usize) -> TaskId {
        let row = self.row(i);
        if row.kind == Kind::Moved { TaskId::NONE } else { TaskId(row.task) }
    }

    fn row(&self, i: usize) -> Row {
        let chunk = &self.chunks[i / CHUNK];
        let (head, args) = (chunk.head[i % CHUNK], chunk.args[i % CHUNK]);
        Row {
            kind: Kind::ALL[head as u8 as usize],
            flag: (head >> 8) as u8,
            site: (head >> 16) as u16,
            task: (head >> 32) as u32,
            a: args as u32,
            b: (args >> 32) as u32,
        }
    }

    /// Whether event `i` is the same in both, number for number.
    pub(crate) fn is_same(&self, other: &Columns, i: usize) -> bool {
        let words = |columns: &Columns| {
            let chunk = &columns.chunks[i / CHUNK];
            (chunk.head[i % CHUNK], chunk.args[i % CHUNK])
        };
        words(self) == words(other)
    }

    /// Event `i`.
    ///
    /// # Panics
    /// If `i` is not below [`len`](Self::len).
    pub fn get(&self, i: usize) -> Event {
        decode(self.row(i))
    }
}

/// Row by row.
impl SerBin for Columns {
    fn ser_bin(&self, out: &mut Vec<u8>) {
        self.len.ser_bin(out);
        for i in 0..self.len {
            let (chunk, at) = (&self.chunks[i / CHUNK], i % CHUNK);
            [chunk.time[at], chunk.head[at], chunk.args[at]].iter().for_each(|word| word.ser_bin(out));
        }
    }
}

impl DeBin for Columns {
    /// Reads columns that come from anywhere: what is read may be asked for without a panic.
    fn de_bin(offset: &mut usize, bytes: &[u8]) -> Result<Self, DeBinErr> {
        let (mut columns, mut last) = (Columns::default(), 0);
        for _ in 0..usize::de_bin(offset, bytes)? {
            let mut word = || u64::de_bin(offset, bytes);
            let (time, words) = (word()?, Words(word()?, word()?));
            if time < last || usize::from(words.0 as u8) >= Kind::ALL.len() {
                return Err(DeBinErr::new(*offset, columns.len, bytes.len()));
            }
            columns.push_words(time, words);
            last = time;
        }
        Ok(columns)
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
        WakeSource::Source(s) => (4, s.0),
    }
}

const fn decode_source(source: u8, a: u32) -> WakeSource {
    match source {
        0 => WakeSource::Timer(TimerId(a)),
        1 => WakeSource::Task(TaskId(a)),
        2 => WakeSource::Promise(PromiseId(a)),
        4 => WakeSource::Source(SourceId(a)),
        _ => WakeSource::Outside,
    }
}

#[inline(always)]
fn encode(event: Event) -> Row {
    use Event as E;
    const NONE: TaskId = TaskId::NONE;
    match event {
        E::Spawned { task } => row(Kind::Spawned, task),
        E::Enqueued { task } => row(Kind::Enqueued, task),
        E::PollStarted { task, nth } => Row { a: nth, ..row(Kind::PollStarted, task) },
        E::PollEnded { task, outcome, site } => Row { flag: outcome as u8, site: site.0, ..row(Kind::PollEnded, task) },
        E::Entered { task, future, site, id } => Row { a: future.0, b: id.0, site: site.0, ..row(Kind::Entered, task) },
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
        E::Rang { bell } => Row { a: bell.0, ..row(Kind::Rang, NONE) },
        E::Looked { task, at } => Row { a: at.0, ..row(Kind::Looked, task) },
        E::Locked { task, mutex } => Row { a: mutex.0, ..row(Kind::Locked, task) },
        E::Unlocked { task, mutex } => Row { a: mutex.0, ..row(Kind::Unlocked, task) },
        E::WakeLost { task, by } => {
            let (source, a) = encode_source(by);
            Row { flag: source << 4, a, ..row(Kind::WakeLost, task) }
        }
        E::Changed { change, task, timer } => Row { flag: change as u8, a: timer.0, ..row(Kind::Changed, task) },
        E::PolledAgain { task, future } => Row { a: future.0, ..row(Kind::PolledAgain, task) },
        E::DroppedUnpolled { task, future } => Row { a: future.0, ..row(Kind::DroppedUnpolled, task) },
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
        Kind::Entered => E::Entered { task, future: NameId(r.a), site, id: FutureId(r.b) },
        Kind::Exited => E::Exited { task, future: NameId(r.a), outcome },
        Kind::StateChanged => E::StateChanged { task, from: (r.a >> 16) as u16, to: r.a as u16, bytes: BlobId(r.b) },
        Kind::WakerCloned => E::WakerCloned { task, count: r.a },
        Kind::WakerDropped => E::WakerDropped { task, count: r.a },
        Kind::WakerHeld => E::WakerHeld { task, by: decode_source(r.flag >> 4, r.a) },
        Kind::WakerReleased => E::WakerReleased { task, by: decode_source(r.flag >> 4, r.a) },
        Kind::Rang => E::Rang { bell: SourceId(r.a) },
        Kind::Looked => E::Looked { task, at: SourceId(r.a) },
        Kind::Locked => E::Locked { task, mutex: SourceId(r.a) },
        Kind::Unlocked => E::Unlocked { task, mutex: SourceId(r.a) },
        Kind::WakeLost => E::WakeLost { task, by: decode_source(r.flag >> 4, r.a) },
        Kind::Changed => E::Changed {
            change: match r.flag {
                0 => Change::Wake,
                1 => Change::Drop,
                2 => Change::Fire,
                3 => Change::Next,
                _ => Change::Panic,
            },
            task,
            timer: TimerId(r.a),
        },
        Kind::PolledAgain => E::PolledAgain { task, future: NameId(r.a) },
        Kind::DroppedUnpolled => E::DroppedUnpolled { task, future: NameId(r.a) },
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
                6 => Phase::Served,
                7 => Phase::Switching,
                8 => Phase::Computing,
                9 => Phase::Looking,
                10 => Phase::Blocked,
                11 => Phase::Waiting,
                12 => Phase::Ready,
                13 => Phase::Preempted,
                _ => Phase::Finished,
            },
            call: r.a,
            seat: r.b,
        },
    }
}
