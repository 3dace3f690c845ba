//! Who holds a waker or has woken somebody, and where in the code something stands, as the page shows them.

use crate::trace::event::WakeSource;
use crate::trace::ids::{SiteId, SourceId, TaskId};
use crate::trace::{SourceInfo, SourceKind, Trace};
use crate::view::state::Task;
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
    /// A value that tasks share.
    Cell {
        /// Which, from 1.
        nth: u32,
    },
    /// The driver of another runtime.
    Driver {
        /// Which, from 1.
        nth: u32,
    },
    /// A source of data.
    Socket {
        /// Which, from 1.
        nth: u32,
    },
    /// A stream.
    Stream {
        /// Which, from 1.
        nth: u32,
    },
}

impl Place {
    /// Of a site; none of none.
    pub fn of(trace: &Trace, site: SiteId) -> Option<Place> {
        trace.site(site).map(|s| Place { file: trace.name(s.file).to_owned(), line: s.line })
    }
}

impl Holder {
    /// A channel, a mutex, a bell, a cell, a driver, a socket or a stream.
    pub(in crate::view) fn thing(trace: &Trace, id: SourceId) -> Self {
        match trace.source(id) {
            Some(&SourceInfo { kind: SourceKind::Channel, nth }) => Holder::Channel { nth },
            Some(&SourceInfo { kind: SourceKind::Mutex, nth }) => Holder::Mutex { nth },
            Some(&SourceInfo { kind: SourceKind::Bell, nth }) => Holder::Bell { nth },
            Some(&SourceInfo { kind: SourceKind::Cell, nth }) => Holder::Cell { nth },
            Some(&SourceInfo { kind: SourceKind::Driver, nth }) => Holder::Driver { nth },
            Some(&SourceInfo { kind: SourceKind::Socket, nth }) => Holder::Socket { nth },
            Some(&SourceInfo { kind: SourceKind::Stream, nth }) => Holder::Stream { nth },
            None => Holder::Outside,
        }
    }

    /// Who holds wakers of a task. Where there are some and nobody says so, it is code that says nothing of it.
    pub(in crate::view) fn all(trace: &Trace, id: TaskId, task: &Task) -> Vec<Holder> {
        let unnamed = task.holders.is_empty() && task.wakers > 0;
        let named = task.holders.iter().map(|&by| Holder::of(trace, id, by));
        named.chain(unnamed.then_some(Holder::Outside)).collect()
    }

    /// Names the source of a wake of `task`.
    pub(in crate::view) fn of(trace: &Trace, task: TaskId, source: WakeSource) -> Holder {
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
