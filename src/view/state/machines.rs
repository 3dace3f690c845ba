//! The machines of a run: how often each state was entered and each edge taken.

use crate::trace::ids::{BlobId, MachineId, TaskId};

/// What is known of all machines. Each list has a handful of entries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Machines {
    /// How often each state of a machine was entered.
    visits: Vec<((MachineId, u16), u32)>,
    /// How often each edge was taken.
    pub edges: Vec<((MachineId, u16, u16), u32)>,
    /// The edge taken last, and by whom.
    pub last_edge: Option<(MachineId, u16, u16, TaskId)>,
    /// The last snapshot of each state of a machine.
    seen: Vec<((MachineId, u16), BlobId)>,
}

impl Machines {
    /// How often a state was entered.
    pub fn visits(&self, machine: MachineId, state: u16) -> u32 {
        find(&self.visits, (machine, state)).unwrap_or(0)
    }

    /// The last snapshot of a state.
    pub fn seen(&self, machine: MachineId, state: u16) -> Option<BlobId> {
        find(&self.seen, (machine, state))
    }

    /// A task is spawned under a machine, with these bytes.
    pub(super) fn begin(&mut self, machine: MachineId, bytes: BlobId) {
        self.enter(machine, 0);
        *entry(&mut self.seen, (machine, 0)) = bytes;
    }

    /// A task's state changes, or only its bytes.
    pub(super) fn change(&mut self, machine: MachineId, task: TaskId, from: u16, to: u16, bytes: BlobId) {
        *entry(&mut self.seen, (machine, to)) = bytes;
        if from != to {
            self.enter(machine, to);
            let taken = entry(&mut self.edges, (machine, from, to));
            *taken = taken.saturating_add(1);
            self.last_edge = Some((machine, from, to, task));
        }
    }

    fn enter(&mut self, machine: MachineId, state: u16) {
        let visits = entry(&mut self.visits, (machine, state));
        *visits = visits.saturating_add(1);
    }

    /// The bytes of its lists.
    pub(super) fn heap(&self) -> usize {
        size_of_val(&*self.visits) + size_of_val(&*self.edges) + size_of_val(&*self.seen)
    }
}

/// The value of `key` in a list that has a handful of them.
fn entry<K: PartialEq, V: Default>(list: &mut Vec<(K, V)>, key: K) -> &mut V {
    let at = list.iter().position(|(k, _)| *k == key).unwrap_or_else(|| {
        list.push((key, V::default()));
        list.len() - 1
    });
    &mut list[at].1
}

/// What a list holds for `key`.
fn find<K: PartialEq, V: Copy>(list: &[(K, V)], key: K) -> Option<V> {
    list.iter().find(|(k, _)| *k == key).map(|&(_, v)| v)
}
