//! What a scenario declares to the recorder before its run: machines, slots of memory, places in its code.

use super::builder::short_address;
use super::machine_def::{Held, Layout, MachineDef};
use super::recorder::ObservedField;
use super::trace_recorder::TraceRecorder;
use crate::alloc::uncounted;
use crate::trace::Role;
use crate::trace::event::NO_MACHINE;
use crate::trace::ids::{BlobId, MachineId, NameId, PlaceId, SiteId};
use crate::trace::tables::{Field, Machine, MachineWay, Nested, Place, Snapshot, State};
use crate::trace::tracks::{Spent, Track};

impl TraceRecorder {
    /// Adds a machine that tasks can be spawned under.
    pub fn machine(&self, def: &MachineDef<'_>) -> MachineId {
        if self.is_brief {
            return NO_MACHINE;
        }
        uncounted(|| {
            let inner = &mut *self.inner.borrow_mut();
            let (name, file) = (inner.name(def.name), inner.name(def.file));
            let states = def
                .states
                .iter()
                .map(|s| State {
                    name: inner.name(&s.name),
                    site: s.site.map_or(SiteId::NONE, |(line, column)| inner.site(file, line, column)),
                })
                .collect();
            self.watch.has_machines.set(true);
            inner.trace.machines.push(Machine { name, file, states });
            MachineId(inner.trace.machines.len() as u16 - 1)
        })
    }

    /// Declares ways between a machine's states that its source has, by state numbers.
    pub fn leads(&self, machine: MachineId, ways: &[(u16, u16)]) {
        if self.is_brief || machine == NO_MACHINE {
            return;
        }
        uncounted(|| {
            let inner = &mut *self.inner.borrow_mut();
            inner.trace.ways.extend(ways.iter().map(|&(from, to)| MachineWay { machine, from, to }));
        });
    }

    /// Declares that a state awaits a machine that lies within its own.
    pub fn nests(&self, nested: Nested) {
        if !self.is_brief {
            uncounted(|| self.inner.borrow_mut().trace.nested.push(nested));
        }
    }

    /// Declares where the compiler laid out what a machine holds in each of its states: its snapshots have these fields from
    /// then on, and none that were seen. For tasks that are spawned later, and are as large as that.
    pub fn laid_out(&self, machine: MachineId, layout: &Layout) {
        if self.is_brief || machine == NO_MACHINE {
            return;
        }
        uncounted(|| {
            let inner = &mut *self.inner.borrow_mut();
            let fields_of = |(i, held): (usize, &&[Held])| {
                let state = inner.trace.machines[machine.index()].states[i].name;
                let state = inner.trace.name(state).to_owned();
                let field = |held: &Held| Field {
                    name: inner.name(held.name_in(&state)),
                    offset: held.offset,
                    size: held.size,
                    role: held.role,
                };
                let mut fields: Vec<_> = held.iter().map(field).collect();
                let at = fields.partition_point(|field| field.offset < layout.tag);
                fields.insert(at, Field { name: NameId::NONE, offset: layout.tag, size: 1, role: Role::Discriminant });
                fields
            };
            let states = layout.states.iter().enumerate().map(fields_of).collect();
            inner.layouts.push((machine, layout.size, states));
        });
    }

    /// Adds a slot of memory.
    pub fn place(&self, name: &str, address: usize, size: usize) -> PlaceId {
        if self.is_brief {
            return PlaceId::default();
        }
        uncounted(|| {
            let inner = &mut *self.inner.borrow_mut();
            let name = inner.name(name);
            inner.trace.places.push(Place { name, address: short_address(address, size), size: size as u32 });
            PlaceId(inner.trace.places.len() as u16 - 1)
        })
    }

    /// The number of a place in a scenario's file.
    pub fn site_in(&self, file: &str, line: u32, column: u32) -> SiteId {
        if self.is_brief {
            return SiteId::NONE;
        }
        uncounted(|| {
            let inner = &mut *self.inner.borrow_mut();
            let file = inner.name(file);
            inner.site(file, line, column)
        })
    }

    /// Adds a track; its number is its place in the order of calls to this.
    pub fn track(&self, name: &str, track: Track) -> usize {
        if self.is_brief {
            return 0;
        }
        uncounted(|| {
            let inner = &mut *self.inner.borrow_mut();
            let name = inner.name(name);
            inner.trace.tracks.push(Track { name, ..track });
            inner.trace.tracks.len() - 1
        })
    }

    /// Declares what time inside of a poll is spent on at the lines of a file.
    pub fn spends(&self, file: &str, spent: Spent) {
        if self.is_brief {
            return;
        }
        uncounted(|| {
            let inner = &mut *self.inner.borrow_mut();
            let file = inner.name(file);
            inner.trace.spent_in.push((file, spent));
        });
    }

    /// Adds a snapshot whose bytes are known.
    pub fn snapshot(&self, address: usize, bytes: Vec<u8>, fields: &[ObservedField]) -> BlobId {
        if self.is_brief {
            return BlobId::NONE;
        }
        uncounted(|| {
            let inner = &mut *self.inner.borrow_mut();
            let fields = inner.fields(address, bytes.len(), fields);
            inner.blob(Snapshot {
                address: short_address(address, bytes.len()),
                size: bytes.len() as u32,
                bytes,
                fields,
            })
        })
    }
}
