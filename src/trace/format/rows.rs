//! The rows of a trace's tables as bytes, and what a row may refer to.

use super::wire::{Fault, Input, Wire, wire_codes, wire_ids, wire_structs};
use super::{DIVIDES, TELLS};
use crate::trace::TimeUnit;
use crate::trace::Trace;
use crate::trace::event::NO_MACHINE;
use crate::trace::head::{Area, CodeFile, Head, Mode, Region, Telling};
use crate::trace::ids::{BlobId, MachineId, NameId, SiteId, SourceId, TaskId};
use crate::trace::order::LATEST;
use crate::trace::tables::{
    Field, FutureKind, FutureRole, Machine, MachineWay, Nested, Place, Role, Site, Snapshot, SourceInfo, SourceKind,
    State, TaskInfo, TaskKind,
};
use crate::trace::tracks::{Entry, Phase, Spent, Track};

wire_ids!(NameId, SiteId, BlobId, TaskId, MachineId, SourceId);
wire_codes!(FutureRole, Role, TaskKind, SourceKind, TimeUnit, Mode, Area, Phase, Spent);
wire_structs! {
    CodeFile { name, text }
    Telling { subject, decides }
    Site { file, line, column }
    Field { name, offset, size, role }
    TaskInfo { name, kind, size, address, parent, machine, bytes }
    State { name, site }
    Machine { name, file, states }
    MachineWay { machine, from, to }
    Nested { outer, state, machine, offset, tag }
    Place { name, address, size }
    Track { name, model, threads, workers, stack, each, cut, entries }
    Entry { time, phase, task, worker }
    SourceInfo { kind, nth }
    FutureKind { name, role }
    Region { area, from }
}

/// What a trace says of itself, in the last version.
pub(super) fn put_head(head: &Head, out: &mut Vec<u8>) {
    let Head { build, scenario, title, params, order, changes, seed, mode, files, telling, regions } = head;
    for text in [build, scenario, title] {
        text.put(out);
    }
    params.put(out);
    order.put(out);
    changes.put(out);
    seed.put(out);
    mode.put(out);
    files.put(out);
    telling.put(out);
    regions.put(out);
}

/// What a trace of a version says of itself.
pub(super) fn get_head(from: &mut Input<'_>, version: u32) -> Result<Head, Fault> {
    let head = Head {
        build: Wire::get(from)?,
        scenario: Wire::get(from)?,
        title: Wire::get(from)?,
        params: Wire::get(from)?,
        order: Wire::get(from)?,
        changes: Wire::get(from)?,
        seed: Wire::get(from)?,
        mode: Wire::get(from)?,
        files: Wire::get(from)?,
        telling: if version >= TELLS { Wire::get(from)? } else { Telling::default() },
        regions: if version >= DIVIDES { Wire::get(from)? } else { Vec::new() },
    };
    ensure(head.regions.is_sorted_by_key(|region| region.from), "regions of memory are in another order")?;
    Ok(head)
}

/// The bytes of a snapshot are as they were.
impl Wire for Snapshot {
    fn put(&self, out: &mut Vec<u8>) {
        let Snapshot { address, size, bytes, fields } = self;
        address.put(out);
        size.put(out);
        (bytes.len() as u32).put(out);
        out.extend_from_slice(bytes);
        fields.put(out);
    }

    fn get(from: &mut Input<'_>) -> Result<Self, Fault> {
        let (address, size) = (u32::get(from)?, u32::get(from)?);
        let len = from.count()?;
        Ok(Snapshot { address, size, bytes: from.take(len)?.to_vec(), fields: Wire::get(from)? })
    }
}

/// A row of a table.
pub(super) trait Row: Wire {
    /// Whether it may be the next of its table.
    fn check(&self, trace: &Trace) -> Result<(), Fault>;
}

fn ensure(holds: bool, fault: Fault) -> Result<(), Fault> {
    if holds { Ok(()) } else { Err(fault) }
}

fn name(trace: &Trace, name: NameId) -> Result<(), Fault> {
    ensure(name.index() < trace.names.len(), "an unknown name")
}

fn site(trace: &Trace, site: SiteId) -> Result<(), Fault> {
    ensure(site.index() < trace.sites.len(), "an unknown place in the code")
}

/// Whether something of `size` bytes can be at an address.
fn within_memory(address: u32, size: u32) -> Result<(), Fault> {
    ensure(address.checked_add(size).is_some(), "something ends beyond the end of memory")
}

impl Row for String {
    fn check(&self, _: &Trace) -> Result<(), Fault> {
        Ok(())
    }
}

impl Row for Site {
    fn check(&self, trace: &Trace) -> Result<(), Fault> {
        name(trace, self.file)?;
        ensure(trace.sites.len() <= usize::from(u16::MAX), "there are more places in the code than numbers for them")
    }
}

impl Row for Snapshot {
    fn check(&self, trace: &Trace) -> Result<(), Fault> {
        within_memory(self.address, self.size)?;
        let whole = self.bytes.is_empty() || self.bytes.len() == self.size as usize;
        ensure(whole, "a snapshot has not as many bytes as it says")?;
        let mut end = 0;
        for field in &self.fields {
            name(trace, field.name)?;
            ensure(field.offset >= end, "the fields of a snapshot overlap")?;
            end = field.offset.checked_add(field.size).ok_or("a field is larger than memory")?;
        }
        ensure(end <= self.size, "a field ends beyond its snapshot")
    }
}

impl Row for Machine {
    fn check(&self, trace: &Trace) -> Result<(), Fault> {
        name(trace, self.name)?;
        name(trace, self.file)?;
        ensure(self.states.len() < usize::from(u16::MAX), "a machine has more states than numbers for them")?;
        ensure(trace.machines.len() < NO_MACHINE.index(), "there are more machines than numbers for them")?;
        self.states.iter().try_for_each(|state| name(trace, state.name).and_then(|()| site(trace, state.site)))
    }
}

/// Whether a machine has a state.
fn state_of(trace: &Trace, machine: MachineId, state: u16) -> Result<(), Fault> {
    let known = trace.machine(machine).is_some_and(|machine| usize::from(state) < machine.states.len());
    ensure(known, "a state that its machine does not have")
}

impl Row for MachineWay {
    fn check(&self, trace: &Trace) -> Result<(), Fault> {
        state_of(trace, self.machine, self.from)?;
        state_of(trace, self.machine, self.to)
    }
}

impl Row for Nested {
    fn check(&self, trace: &Trace) -> Result<(), Fault> {
        state_of(trace, self.outer, self.state)?;
        ensure(trace.machine(self.machine).is_some(), "an unknown machine")?;
        within_memory(self.offset, self.tag)
    }
}

impl Row for TaskInfo {
    fn check(&self, trace: &Trace) -> Result<(), Fault> {
        name(trace, self.name)?;
        within_memory(self.address, self.size)?;
        ensure(self.parent.index() <= trace.tasks.len(), "a task is spawned by a later one")?;
        let machine = self.machine == NO_MACHINE || self.machine.index() < trace.machines.len();
        ensure(machine, "an unknown machine")?;
        ensure(self.bytes.index() < trace.blobs.len(), "an unknown snapshot")
    }
}

impl Row for Place {
    fn check(&self, trace: &Trace) -> Result<(), Fault> {
        name(trace, self.name)?;
        within_memory(self.address, self.size)?;
        ensure(trace.places.len() <= usize::from(u16::MAX), "there are more slots than numbers for them")
    }
}

/// Tasks begin in order, so that a track has no fewer entries than tasks.
impl Row for Track {
    fn check(&self, trace: &Trace) -> Result<(), Fault> {
        name(trace, self.name)?;
        ensure(self.cut.is_none_or(|cut| cut <= LATEST), "a track is cut off at a time out of range")?;
        ensure(self.entries.is_sorted_by_key(|entry| entry.time), "the time of a track goes back")?;
        ensure(self.entries.last().is_none_or(|entry| entry.time <= LATEST), "the time of a track is out of range")?;
        let tasks = self.entries.len();
        ensure(self.entries.iter().all(|entry| (entry.task as usize) < tasks), "a track has too few entries")?;
        ensure(self.entries.iter().all(|entry| entry.worker < self.workers), "a track has too few workers")
    }
}

/// What time is spent on in a file.
impl Row for (NameId, Spent) {
    fn check(&self, trace: &Trace) -> Result<(), Fault> {
        name(trace, self.0)
    }
}

/// A timer's deadline.
impl Row for u64 {
    fn check(&self, _: &Trace) -> Result<(), Fault> {
        ensure(*self <= LATEST, "a deadline is out of range")
    }
}

impl Row for SourceInfo {
    fn check(&self, _: &Trace) -> Result<(), Fault> {
        Ok(())
    }
}

impl Row for FutureKind {
    fn check(&self, trace: &Trace) -> Result<(), Fault> {
        name(trace, self.name)
    }
}

/// Whose future held a sender of which channel.
impl Row for (SourceId, TaskId) {
    fn check(&self, trace: &Trace) -> Result<(), Fault> {
        ensure(trace.source(self.0).is_some(), "an unknown source")?;
        ensure(self.1.index() <= trace.tasks.len(), "an unknown task")
    }
}

/// Whose waker was kept by whose future.
impl Row for (TaskId, TaskId) {
    fn check(&self, trace: &Trace) -> Result<(), Fault> {
        ensure(self.0.index() <= trace.tasks.len() && self.1.index() <= trace.tasks.len(), "an unknown task")
    }
}

/// The tables that grow while a run goes on, in an order in which each refers to those before it alone.
macro_rules! tables {
    ($($table:ident: $given:literal since $version:expr),* $(,)?) => {
        /// How many rows of each table were written.
        #[derive(Clone, Debug)]
        pub(super) struct Written { $($table: usize),* }

        impl Default for Written {
            /// The rows that each trace begins with are not written.
            fn default() -> Self {
                Written { $($table: $given),* }
            }
        }

        impl Written {
            /// Whether there are rows that were not.
            pub(super) fn is_behind(&self, trace: &Trace) -> bool {
                $(self.$table < trace.$table.len())||*
            }

            /// Writes those.
            pub(super) fn put_new(&mut self, trace: &Trace, out: &mut Vec<u8>) {
                $(
                    super::wire::put_all(&trace.$table[self.$table..], out);
                    self.$table = trace.$table.len();
                )*
            }
        }

        /// Reads the rows of a version and adds them.
        pub(super) fn get_new(trace: &mut Trace, from: &mut Input<'_>, version: u32) -> Result<(), Fault> {
            $(
                let rows = if version >= $version { from.count()? } else { 0 };
                for _ in 0..rows {
                    let row = Wire::get(from)?;
                    Row::check(&row, trace)?;
                    trace.$table.push(row);
                }
            )*
            Ok(())
        }
    };
}

tables!(
    names: 1 since 1, sites: 1 since 1, blobs: 1 since 1, machines: 0 since 1, tasks: 0 since 1, places: 0 since 1,
    timers: 0 since 1, sources: 0 since 1, future_kinds: 0 since 1, ways: 0 since DIVIDES, nested: 0 since DIVIDES,
);
