//! The trace: the one interface between what runs and what looks at runs.
//!
//! A trace is append-only. Events stand in [`Columns`]; what they refer to stands in tables beside them. Which events
//! there are, one table says (`events.rs`). As bytes, a trace is a stream of chunks ([`mod@format`]).
//!
//! This room knows no recorder, no view, no executor, no scenario and no page.

mod admit;
mod codes;
mod columns;
pub mod event;
mod events;
mod field;
pub mod format;
pub mod head;
pub mod ids;
pub mod link;
mod meaning;
pub mod moment;
mod order;
mod packing;
pub mod plan;
mod said;
mod same;
mod slots;
mod table;
pub mod tables;
mod text;
pub mod tracks;
mod values;

pub use columns::Columns;
pub use event::{Event, Kind};
pub use format::Damage;
pub use head::{Area, CodeFile, Head, Mode, Region, Telling};
pub(crate) use slots::Words;
pub use tables::{
    Field, FutureKind, FutureRole, Machine, MachineWay, Nested, Place, Role, Site, Snapshot, SourceInfo, SourceKind,
    State, TaskInfo, TaskKind,
};

use codes::codes;
use ids::{BlobId, FutureKindId, MachineId, NameId, PlaceId, SiteId, SourceId, TaskId, TimerId};
use tracks::{Spent, Track};

codes! {
    /// What the numbers of the `time` column count.
    #[derive(Default)]
    pub enum TimeUnit {
        /// Virtual milliseconds: the run is deterministic.
        #[default]
        VirtualMs = 0,
        /// Microseconds of a real clock, the browser's or the machine's, since the run began: it was recorded live.
        BrowserUs = 1,
    }
}

impl TimeUnit {
    /// How many of the unit a millisecond has.
    pub const fn per_ms(self) -> u64 {
        match self {
            TimeUnit::VirtualMs => 1,
            TimeUnit::BrowserUs => 1000,
        }
    }

    /// A time in ms.
    pub fn to_ms(self, units: u64) -> f64 {
        units as f64 / self.per_ms() as f64
    }
}

/// Everything that is known of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// What it says of itself.
    pub head: Head,
    /// What times count.
    pub unit: TimeUnit,
    /// The events.
    pub columns: Columns,
    /// Texts, by [`NameId`]; the first is empty.
    pub names: Vec<String>,
    /// Places in the code, by [`SiteId`]; the first is none.
    pub sites: Vec<Site>,
    /// Bytes, by [`BlobId`]; the first is none.
    pub blobs: Vec<Snapshot>,
    /// Tasks, by [`TaskId`] less one.
    pub tasks: Vec<TaskInfo>,
    /// Machines, by [`MachineId`].
    pub machines: Vec<Machine>,
    /// What is known of the ways between their states from the source.
    pub ways: Vec<MachineWay>,
    /// Machines within machines.
    pub nested: Vec<Nested>,
    /// Slots of memory, by their number.
    pub places: Vec<Place>,
    /// Ways to spread the tasks over workers, which share the run's clock.
    pub tracks: Vec<Track>,
    /// What time that passes inside of a poll is spent on at the lines of a file; it is computing at all others.
    pub spent_in: Vec<(NameId, Spent)>,
    /// The deadlines of timers, by [`TimerId`] less one, in [`unit`](Self::unit).
    pub timers: Vec<u64>,
    /// Kinds of futures inside of tasks, by [`FutureKindId`] less one.
    pub future_kinds: Vec<FutureKind>,
    /// What tasks wait for besides timers, by [`SourceId`] less one.
    pub sources: Vec<SourceInfo>,
    /// Whose future held a sender of which channel, or the guard of which mutex, when the run was stuck: seen when the tasks
    /// were dropped after its end.
    pub holders: Vec<(SourceId, TaskId)>,
    /// Each waker that was left when the run was stuck: whose it was, and whose future kept it.
    pub keepers: Vec<(TaskId, TaskId)>,
    /// Changes that a person asked for and that found nothing to change.
    pub missed: u32,
    /// Events that found no room any more.
    pub lost: u64,
    /// The right answer to the scenario's question, read off this run.
    pub answer: Option<String>,
}

impl Trace {
    /// An empty trace.
    pub fn new(unit: TimeUnit) -> Self {
        Trace {
            unit,
            names: vec![String::new()],
            sites: vec![Site::default()],
            blobs: vec![Snapshot::default()],
            ..Trace::default()
        }
    }

    /// The number of events.
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// Whether nothing has happened.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// Event `i`, from 0.
    pub fn event(&self, i: usize) -> Event {
        self.columns.get(i)
    }

    /// The time of event `i`, in [`unit`](Self::unit).
    pub fn time(&self, i: usize) -> u64 {
        self.columns.time(i)
    }

    /// The time of the last event; 0 if there is none.
    pub fn end_time(&self) -> u64 {
        self.columns.last_time().unwrap_or(0)
    }

    /// The text of a name.
    pub fn name(&self, id: NameId) -> &str {
        &self.names[id.0 as usize]
    }

    /// The place of a site; none for [`SiteId::NONE`].
    pub fn site(&self, id: SiteId) -> Option<Site> {
        id.is_some().then(|| self.sites[id.0 as usize])
    }

    /// The bytes of a snapshot; none for [`BlobId::NONE`].
    pub fn snapshot(&self, id: BlobId) -> Option<&Snapshot> {
        id.is_some().then(|| &self.blobs[id.0 as usize])
    }

    /// What is known of a task; none for [`TaskId::NONE`].
    pub fn task(&self, id: TaskId) -> Option<&TaskInfo> {
        self.tasks.get((id.0 as usize).checked_sub(1)?)
    }

    /// A task's name; empty for [`TaskId::NONE`].
    pub fn task_name(&self, id: TaskId) -> &str {
        self.task(id).map_or("", |t| self.name(t.name))
    }

    /// A machine, if the task has one.
    pub fn machine(&self, id: MachineId) -> Option<&Machine> {
        self.machines.get(id.0 as usize)
    }

    /// The machine under which a task is recorded, if it is under one.
    pub fn machine_of(&self, task: TaskId) -> Option<&Machine> {
        self.machine(self.task(task)?.machine)
    }

    /// The name of one of its states; empty where the code gives none.
    pub fn state_name(&self, task: TaskId, state: u16) -> &str {
        let state = self.machine_of(task).and_then(|m| m.states.get(usize::from(state)));
        state.map_or("", |s| self.name(s.name))
    }

    /// What is known of a kind of futures; none for [`FutureKindId::NONE`].
    pub fn future_kind(&self, id: FutureKindId) -> Option<&FutureKind> {
        self.future_kinds.get((id.0 as usize).checked_sub(1)?)
    }

    /// The name of a kind of futures; empty for [`FutureKindId::NONE`].
    pub fn future_name(&self, id: FutureKindId) -> &str {
        self.future_kind(id).map_or("", |kind| self.name(kind.name))
    }

    /// What is known of a source; none for [`SourceId::NONE`].
    pub fn source(&self, id: SourceId) -> Option<&SourceInfo> {
        self.sources.get((id.0 as usize).checked_sub(1)?)
    }

    /// The name of a slot of memory; empty if there is none.
    pub fn place_name(&self, id: PlaceId) -> &str {
        self.places.get(usize::from(id.0)).map_or("", |place| self.name(place.name))
    }

    /// When a timer is due, in [`unit`](Self::unit); 0 where nothing is known of it.
    pub fn due(&self, timer: TimerId) -> u64 {
        self.timers.get((timer.0 as usize).wrapping_sub(1)).copied().unwrap_or(0)
    }

    /// When a timer is due, in ms.
    pub fn deadline(&self, timer: TimerId) -> f64 {
        self.unit.to_ms(self.due(timer))
    }

    /// The bytes that this trace takes, about: its columns, blobs and texts.
    pub fn memory(&self) -> usize {
        self.columns.len() * Columns::EVENT_BYTES
            + self.blobs.iter().map(Snapshot::memory).sum::<usize>()
            + self.names.iter().map(|n| size_of::<String>() + n.len()).sum::<usize>()
            + self.tasks.len() * size_of::<TaskInfo>()
    }
}
