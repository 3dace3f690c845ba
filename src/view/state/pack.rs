//! Packing: what a checkpoint holds of tasks, queue and timers, in a few bytes each.
//!
//! Of a thousand tasks a state holds some hundred kilobytes, and most of it is zeros and small numbers. Packed, with
//! seven bits of a number in a byte, a task takes about fifteen bytes. What is read here was written here: nothing is
//! checked twice.

use super::task::Task;
use super::tree::{Node, Tree};
use crate::trace::event::WakeSource;
use crate::trace::ids::{BlobId, FutureId, NameId, PromiseId, SiteId, SourceId, TaskId, TimerId};
use crate::view::life::TaskState;
use std::collections::{BTreeSet, VecDeque};

/// The parts of a state that grow with its tasks.
pub(in crate::view) struct Parts {
    pub(in crate::view) tasks: Vec<Task>,
    pub(in crate::view) ready: VecDeque<TaskId>,
    pub(in crate::view) timers: BTreeSet<(u64, TimerId, TaskId)>,
}

impl Parts {
    /// Packs them.
    pub(in crate::view) fn pack(&self) -> Box<[u8]> {
        let mut out = Packer(Vec::with_capacity(16 * self.tasks.len()));
        out.many(self.tasks.iter(), |out, task| out.task(task));
        out.many(self.ready.iter(), |out, id| out.put(id.0.into()));
        let mut before = 0;
        out.many(self.timers.iter(), |out, &(deadline, timer, task)| {
            // They stand in order of deadline.
            out.put(deadline - before);
            out.put(timer.0.into());
            out.put(task.0.into());
            before = deadline;
        });
        out.0.into()
    }

    /// Unpacks what was packed.
    pub(in crate::view) fn unpack(bytes: &[u8]) -> Parts {
        let mut from = Unpacker(bytes);
        let tasks = from.many(Unpacker::task);
        let ready = from.many(|from| TaskId(from.get32())).into();
        let mut deadline = 0;
        let timers = from.many(|from| {
            deadline += from.get();
            (deadline, TimerId(from.get32()), TaskId(from.get32()))
        });
        let timers = timers.into_iter().collect();
        Parts { tasks, ready, timers }
    }
}

struct Packer(Vec<u8>);

impl Packer {
    fn put(&mut self, mut n: u64) {
        while n >= 0x80 {
            self.0.push(n as u8 | 0x80);
            n >>= 7;
        }
        self.0.push(n as u8);
    }

    fn many<T>(&mut self, items: impl ExactSizeIterator<Item = T>, mut put: impl FnMut(&mut Self, T)) {
        self.put(items.len() as u64);
        items.for_each(|item| put(self, item));
    }

    fn source(&mut self, source: WakeSource) {
        let (tag, id) = match source {
            WakeSource::Timer(t) => (0, t.0),
            WakeSource::Task(t) => (1, t.0),
            WakeSource::Promise(p) => (2, p.0),
            WakeSource::Source(s) => (3, s.0),
            WakeSource::Outside => (4, 0),
        };
        self.put(u64::from(id) << 3 | tag);
    }

    /// All of it, by name: a part that is added to a task does not get lost here.
    fn task(&mut self, task: &Task) {
        let Task { state, polls, site, bytes, was, machine_state, holders, woken_by, wakers, tree, progressed } = task;
        self.put(*state as u64 | u64::from(*progressed) << 3 | u64::from(woken_by.is_some()) << 4);
        self.put((*polls).into());
        self.put(site.0.into());
        self.put(bytes.0.into());
        self.put(was.0.into());
        // The unknown state is the highest number, and the most frequent one.
        self.put(machine_state.wrapping_add(1).into());
        self.many(holders.iter(), |out, &by| out.source(by));
        if let Some(by) = *woken_by {
            self.source(by);
        }
        self.put((*wakers).into());
        self.many(tree.nodes.iter(), Packer::node);
        self.many(tree.open.iter(), |out, &at| out.put(at.into()));
    }

    fn node(&mut self, &Node { id, name, site, depth, polled, open }: &Node) {
        self.put(id.0.into());
        self.put(u64::from(name.0) << 2 | u64::from(polled) << 1 | u64::from(open));
        self.put(site.0.into());
        self.put(depth.into());
    }
}

struct Unpacker<'a>(&'a [u8]);

impl Unpacker<'_> {
    fn get(&mut self) -> u64 {
        let (mut n, mut shift) = (0, 0);
        while let Some((&byte, rest)) = self.0.split_first() {
            self.0 = rest;
            n |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
            shift += 7;
        }
        n
    }

    fn get32(&mut self) -> u32 {
        self.get() as u32
    }

    fn many<T>(&mut self, mut get: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.get()).map(|_| get(self)).collect()
    }

    fn source(&mut self) -> WakeSource {
        let n = self.get();
        let id = (n >> 3) as u32;
        match n & 7 {
            0 => WakeSource::Timer(TimerId(id)),
            1 => WakeSource::Task(TaskId(id)),
            2 => WakeSource::Promise(PromiseId(id)),
            3 => WakeSource::Source(SourceId(id)),
            _ => WakeSource::Outside,
        }
    }

    fn task(&mut self) -> Task {
        let flags = self.get();
        Task {
            state: TaskState::ALL[(flags & 7) as usize],
            polls: self.get32(),
            site: SiteId(self.get() as u16),
            bytes: BlobId(self.get32()),
            was: BlobId(self.get32()),
            machine_state: (self.get() as u16).wrapping_sub(1),
            holders: self.many(Unpacker::source),
            woken_by: (flags & 16 != 0).then(|| self.source()),
            wakers: self.get32(),
            tree: Tree { nodes: self.many(Unpacker::node), open: self.many(Unpacker::get32) },
            progressed: flags & 8 != 0,
        }
    }

    fn node(&mut self) -> Node {
        let (id, name) = (FutureId(self.get32()), self.get());
        let (site, depth) = (SiteId(self.get() as u16), self.get() as u16);
        Node { id, name: NameId((name >> 2) as u32), site, depth, polled: name & 2 != 0, open: name & 1 != 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unpacking_gives_what_was_packed() {
        let timer = WakeSource::Timer(TimerId(u32::MAX));
        let node = |n: u32, open: bool| Node {
            id: FutureId(n << 20),
            name: NameId(n),
            site: SiteId(300),
            depth: n as u16,
            polled: !open,
            open,
        };
        let task = |state| Task {
            state,
            polls: 300,
            site: SiteId(7),
            bytes: BlobId(1 << 20),
            was: BlobId(5),
            machine_state: u16::MAX,
            holders: vec![timer, WakeSource::Task(TaskId(9)), WakeSource::Source(SourceId(1)), WakeSource::Outside],
            woken_by: Some(WakeSource::Promise(PromiseId(2))),
            wakers: 3,
            tree: Tree { nodes: vec![node(1, true), node(2, false)], open: vec![0] },
            progressed: true,
        };
        let tasks: Vec<Task> = TaskState::ALL.into_iter().map(task).chain([Task::UNKNOWN]).collect();
        let timers = BTreeSet::from([(3, TimerId(2), TaskId(1)), (u64::from(u32::MAX) << 8, TimerId(9), TaskId::NONE)]);
        let parts = Parts { tasks: tasks.clone(), ready: [TaskId(3), TaskId(1)].into(), timers: timers.clone() };
        let back = Parts::unpack(&parts.pack());
        assert_eq!((back.tasks, back.timers), (tasks, timers));
        assert_eq!(back.ready, [TaskId(3), TaskId(1)]);
    }
}
