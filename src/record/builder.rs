//! A trace that is being written: its tables, and what is known while it is.

use crate::record::recorder::ObservedField;
use crate::trace::ids::{BlobId, FutureId, NameId, SiteId, SourceId, TaskId};
use crate::trace::tables::{Field, Site, Snapshot};
use crate::trace::{SourceInfo, SourceKind, Trace};

/// Where a task lives, how large it is, its state and its last snapshot.
pub(super) type Alive = (usize, usize, u16, BlobId);

/// A trace that is being written.
pub(super) struct Builder {
    pub(super) trace: Trace,
    /// All names, by their text.
    pub(super) names: Vec<NameId>,
    /// By task, less one: where it lives, how large it is, its state and its last snapshot, if its machine is known.
    pub(super) alive: Vec<Option<Alive>>,
    /// What was seen in the current poll.
    pub(super) observed: Vec<ObservedField>,
    /// The innermost awaits of the current poll that are open.
    pub(super) entered: Vec<SiteId>,
    /// Bytes of the tables beside the events.
    pub(super) memory: usize,
    /// By task, less one: the futures inside of it that are alive, by type and place.
    pub(super) futures: Vec<Vec<(NameId, usize, FutureId)>>,
    /// The last number of a future.
    pub(super) last_future: FutureId,
    /// Mutexes, by where they are.
    pub(super) mutexes: Vec<(usize, SourceId)>,
}

impl Builder {
    pub(super) fn name(&mut self, text: &str) -> NameId {
        let at = match self.names.binary_search_by(|&id| self.trace.name(id).cmp(text)) {
            Ok(at) => return self.names[at],
            Err(at) => at,
        };
        let id = NameId(self.trace.names.len() as u32);
        self.memory += size_of::<String>() + text.len() + size_of::<NameId>();
        self.trace.names.push(text.to_owned());
        self.names.insert(at, id);
        id
    }

    pub(super) fn site(&mut self, file: NameId, line: u32, column: u32) -> SiteId {
        // A scenario's code has a few dozen at most.
        let site = Site { file, line, column };
        if let Some(i) = self.trace.sites.iter().position(|s| *s == site) {
            return SiteId(i as u16);
        }
        let Ok(next) = u16::try_from(self.trace.sites.len()) else { return SiteId::NONE };
        self.trace.sites.push(site);
        SiteId(next)
    }

    /// The number of what tasks wait for. A mutex has no room for a number of its own: it is known by its place.
    pub(super) fn source(&mut self, kind: SourceKind, address: usize) -> SourceId {
        let known = self.mutexes.iter().find(|(at, _)| kind == SourceKind::Mutex && *at == address);
        if let Some(&(_, id)) = known {
            return id;
        }
        let nth = self.trace.sources.iter().rev().find(|s| s.kind == kind).map_or(0, |s| s.nth) + 1;
        self.trace.sources.push(SourceInfo { kind, nth });
        self.memory += size_of::<SourceInfo>();
        let id = SourceId(self.trace.sources.len() as u32);
        if kind == SourceKind::Mutex {
            self.mutexes.push((address, id));
        }
        id
    }

    /// The number of a future inside of a task: the same as long as one of its type is polled at that place.
    pub(super) fn future(&mut self, task: TaskId, name: NameId, address: usize) -> FutureId {
        let at = (task.0 as usize).saturating_sub(1);
        if self.futures.len() <= at {
            self.futures.resize_with(at + 1, Vec::new);
        }
        let known = self.futures[at].iter().find(|(n, a, _)| (*n, *a) == (name, address));
        if let Some(&(_, _, id)) = known {
            return id;
        }
        self.last_future.0 += 1;
        self.futures[at].push((name, address, self.last_future));
        self.last_future
    }

    pub(super) fn future_done(&mut self, task: TaskId, id: FutureId) {
        if let Some(futures) = self.futures.get_mut((task.0 as usize).saturating_sub(1)) {
            futures.retain(|&(_, _, f)| f != id);
        }
    }

    pub(super) fn blob(&mut self, snapshot: Snapshot) -> BlobId {
        self.memory += snapshot.memory();
        self.trace.blobs.push(snapshot);
        BlobId(self.trace.blobs.len() as u32 - 1)
    }

    /// Takes the last snapshot back.
    pub(super) fn unblob(&mut self) {
        if let Some(snapshot) = self.trace.blobs.pop() {
            self.memory -= snapshot.memory();
        }
    }

    /// Those of `seen` that lie within the value, once each, by offset.
    pub(super) fn fields(&mut self, address: usize, size: usize, seen: &[ObservedField]) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        for f in seen.iter().filter(|f| f.size > 0 && f.address >= address && f.address + f.size <= address + size) {
            let field = Field {
                name: self.name(f.name),
                offset: (f.address - address) as u32,
                size: f.size as u32,
                role: f.role,
            };
            // What was seen last at a place is what is there.
            fields.retain(|o| o.offset + o.size <= field.offset || field.offset + field.size <= o.offset);
            fields.insert(fields.partition_point(|f| f.offset < field.offset), field);
        }
        fields
    }
}
