//! Finding the discriminant: the byte of a future that tells its states apart.
//!
//! Where the compiler's layout is known, a field says where it is. Otherwise no offset is assumed. Each snapshot was taken in a known state; a byte that has one value in each state, and another in
//! every other, may be the discriminant. Bytes that keep the numbering that is known are preferred: rustc numbers an
//! `async fn` 0 before its start, 1 when it has returned, and 3 and up at its awaits, in their order; an enum with a `repr`
//! numbers its variants from 0. If several fit, or fewer than three states were seen, nothing is claimed.
//!
//! It is found out of all that is known of a run, not out of what stands before a cursor; each snapshot is looked at once.

use crate::trace::event::{Event, UNKNOWN_STATE};
use crate::trace::ids::{BlobId, MachineId, TaskId};
use crate::trace::tables::Field;
use crate::trace::{Machine, Role, Trace};

/// What the snapshots of each machine leave open, by [`MachineId`].
#[derive(Clone, Debug, Default)]
pub(super) struct Discriminants(Vec<Candidates>);

/// The bytes that may be the discriminant of one machine.
#[derive(Clone, Debug, Default)]
struct Candidates {
    /// Of each state the first snapshot that was seen. What tells states apart has the same value in all later ones.
    states: Vec<(u16, BlobId)>,
    /// The offsets that fit all snapshots so far.
    offsets: Vec<u32>,
}

impl Discriminants {
    /// Takes note of the bytes that an event carries.
    pub(super) fn follow(&mut self, trace: &Trace, event: Event) {
        if let Event::Spawned { task } = event {
            let bytes = trace.task(task).map_or(BlobId::NONE, |info| info.bytes);
            self.see(trace, task, 0, bytes);
        } else if let Event::StateChanged { task, to, bytes, .. } = event
            && to != UNKNOWN_STATE
        {
            self.see(trace, task, to, bytes);
        }
    }

    fn see(&mut self, trace: &Trace, task: TaskId, state: u16, bytes: BlobId) {
        let Some(machine) = trace.task(task).map(|info| info.machine) else { return };
        let (true, Some(snapshot)) = (trace.machine(machine).is_some(), trace.snapshot(bytes)) else { return };
        if self.0.len() < trace.machines.len() {
            self.0.resize_with(trace.machines.len(), Candidates::default);
        }
        let Candidates { states, offsets } = &mut self.0[machine.0 as usize];
        if states.is_empty() {
            *offsets = (0..snapshot.bytes.len() as u32).collect();
        }
        let value = |bytes: BlobId, at: u32| trace.snapshot(bytes)?.bytes.get(at as usize).copied();
        // The same value in the same state, and another one in every other state.
        let fits = |&at: &u32| match value(bytes, at) {
            Some(own) => states.iter().all(|&(other, first)| (value(first, at) == Some(own)) == (other == state)),
            None => false,
        };
        offsets.retain(fits);
        if states.iter().all(|&(other, _)| other != state) {
            states.push((state, bytes));
        }
    }

    /// The discriminant's offset in the futures of a machine, if the layout is known or the snapshots name exactly one.
    pub(super) fn of(&self, trace: &Trace, machine: MachineId) -> Option<u32> {
        let Candidates { states, offsets } = self.0.get(machine.0 as usize)?;
        let laid_out = |field: &&Field| field.role == Role::Discriminant;
        let (_, first) = states.first()?;
        if let Some(field) = trace.snapshot(*first).and_then(|snapshot| snapshot.fields.iter().find(laid_out)) {
            return Some(field.offset);
        }
        if states.len() < 3 {
            return None;
        }
        let def = trace.machine(machine)?;
        let keeps_numbering = |&&at: &&u32| {
            let tag = |bytes| trace.snapshot(bytes)?.bytes.get(at as usize).copied();
            states.iter().all(|&(state, bytes)| tag(bytes) == Some(known_tag(def, state)))
        };
        let mut numbered = offsets.iter().filter(keeps_numbering);
        match (numbered.next(), numbered.next(), &offsets[..]) {
            (Some(&at), None, _) | (None, None, &[at]) => Some(at),
            _ => None,
        }
    }

    /// The same, for the machine of a task.
    pub(super) fn of_task(&self, trace: &Trace, task: TaskId) -> Option<u32> {
        self.of(trace, trace.task(task)?.machine)
    }
}

/// The number that a state is known to have. A coroutine's first state is "not started", and its last "returned".
fn known_tag(machine: &Machine, state: u16) -> u8 {
    let is_coroutine = machine.states.first().is_some_and(|s| !s.name.is_some());
    match usize::from(state) {
        s if !is_coroutine || s == 0 => s as u8,
        s if s + 1 == machine.states.len() => 1,
        s => (s + 2) as u8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::ids::NameId;
    use crate::trace::{Snapshot, State, TaskInfo, TaskKind, TimeUnit};

    /// The offset that is found in the futures of one machine of four states, the first of them without a name.
    fn found(snapshots: &[(u16, &[u8])]) -> Option<u32> {
        let mut trace = Trace::new(TimeUnit::VirtualMs);
        trace.names.push("waits".into());
        let state = |name| State { name: NameId(name), site: Default::default() };
        let states = [0, 1, 1, 0].map(state).into();
        trace.machines.push(Machine { name: NameId(1), file: NameId(1), states });
        let (kind, machine, bytes) = (TaskKind::Future, MachineId(0), BlobId::NONE);
        let (parent, task) = (TaskId::NONE, TaskId(1));
        trace.tasks.push(TaskInfo { name: NameId(1), kind, size: 3, address: 0, parent, machine, bytes });
        let mut discriminants = Discriminants::default();
        for (i, &(to, bytes)) in snapshots.iter().enumerate() {
            trace.blobs.push(Snapshot { size: 3, bytes: bytes.into(), ..Snapshot::default() });
            let bytes = BlobId(i as u32 + 1);
            discriminants.follow(&trace, Event::StateChanged { task, from: 0, to, bytes });
        }
        discriminants.of(&trace, MachineId(0))
    }

    #[test]
    fn discriminant_is_the_byte_with_one_value_in_each_state() {
        assert_eq!(found(&[(0, &[7, 0, 1]), (1, &[7, 3, 2]), (2, &[7, 4, 3]), (1, &[8, 3, 4])]), Some(1));
        assert_eq!(found(&[(0, &[7, 9, 1]), (1, &[7, 5, 2]), (2, &[7, 8, 3]), (1, &[7, 5, 9])]), Some(1));
    }

    #[test]
    fn discriminant_that_keeps_the_numbering_is_preferred() {
        assert_eq!(found(&[(0, &[7, 0, 0]), (1, &[8, 3, 1]), (3, &[9, 1, 2])]), Some(1));
    }

    #[test]
    fn discriminant_is_not_claimed_out_of_two_states_or_where_several_fit() {
        assert_eq!(found(&[(0, &[0, 0, 0]), (1, &[0, 3, 0])]), None);
        assert_eq!(found(&[(0, &[7, 1, 0]), (1, &[8, 2, 0]), (2, &[9, 3, 0])]), None);
        assert_eq!(found(&[(0, &[]), (1, &[3]), (2, &[4])]), None);
    }
}
