//! The machines of a run: how often each state was entered and each edge taken.
//!
//! A *spot* is where a machine stands: that of a task's own future, or one that a state of another spot awaits. What lies within
//! is read off the bytes of the future around it, where the trace says that it is there.

use crate::trace::Trace;
use crate::trace::event::UNKNOWN_STATE;
use crate::trace::ids::{BlobId, MachineId, TaskId};
use crate::trace::tables::Nested;

/// How deep machines are looked into.
const DEEPEST: usize = 4;

/// A machine of a task's own future: its number. Others: `INNER` and their place in the list of those.
pub type Spot = u32;
const INNER: Spot = 1 << 16;

/// What is known of all machines. Each list has a handful of entries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Machines {
    /// How often each state was entered.
    visits: Vec<((Spot, u16), u32)>,
    /// How often each edge was taken.
    pub edges: Vec<((Spot, u16, u16), u32)>,
    /// The edge that a task's machine took last, and by whom.
    pub last_edge: Option<(MachineId, u16, u16, TaskId)>,
    /// The edges that machines within took since.
    last_within: Vec<(Spot, u16, u16)>,
    /// The last snapshot of each state of a machine.
    seen: Vec<((MachineId, u16), BlobId)>,
    /// The spots within others: around each, and which of the trace's nested machines it is.
    within: Vec<(Spot, u32)>,
    /// Who is at which of them, in which state.
    inside: Vec<((TaskId, Spot), u16)>,
}

impl Machines {
    /// How often a state was entered.
    pub fn visits(&self, spot: Spot, state: u16) -> u32 {
        find(&self.visits, (spot, state)).unwrap_or(0)
    }

    /// The last snapshot of a state.
    pub fn seen(&self, machine: MachineId, state: u16) -> Option<BlobId> {
        find(&self.seen, (machine, state))
    }

    /// Whether an edge is the last one that was taken there.
    pub fn is_last(&self, spot: Spot, from: u16, to: u16) -> bool {
        let own = self.last_edge.is_some_and(|(m, f, t, _)| (Spot::from(m.0), f, t) == (spot, from, to));
        own || self.last_within.contains(&(spot, from, to))
    }

    /// The spot within another one that a row of the trace's nested machines says, if somebody was there.
    pub fn spot_within(&self, spot: Spot, row: usize) -> Option<Spot> {
        Some(INNER + self.within.iter().position(|&at| at == (spot, row as u32))? as Spot)
    }

    /// Who is at a spot within another one, and in which state.
    pub fn inside(&self, spot: Spot) -> impl Iterator<Item = (TaskId, u16)> {
        self.inside.iter().filter(move |((_, at), _)| *at == spot).map(|&((task, _), state)| (task, state))
    }

    /// A task is spawned under a machine, with these bytes.
    pub(super) fn begin(&mut self, machine: MachineId, bytes: BlobId) {
        self.enter(machine.0.into(), 0);
        *entry(&mut self.seen, (machine, 0)) = bytes;
    }

    /// A task's state changes, or only its bytes.
    pub(super) fn change(
        &mut self,
        trace: &Trace,
        machine: MachineId,
        task: TaskId,
        (from, to): (u16, u16),
        bytes: BlobId,
    ) {
        *entry(&mut self.seen, (machine, to)) = bytes;
        if from != to {
            self.take(machine.0.into(), from, to);
            self.last_edge = Some((machine, from, to, task));
        }
        if !trace.nested.is_empty() {
            self.look_within(trace, machine, task, (from, to), bytes);
        }
    }

    /// Reads off a future's bytes where the machines within it are.
    fn look_within(&mut self, trace: &Trace, machine: MachineId, task: TaskId, (from, to): (u16, u16), bytes: BlobId) {
        self.last_within.clear();
        let bytes: &[u8] = trace.snapshot(bytes).map_or(&[], |snapshot| &snapshot.bytes);
        let (mut here, mut spot, mut state, mut start) = (machine, Spot::from(machine.0), to, 0);
        // Whether the future that is awaited there is another one than before.
        let mut is_new = from != to;
        let mut met = Vec::new();
        while met.len() < DEEPEST {
            let Some((row, nested)) = nested_in(trace, here, state) else { break };
            let tag = start + nested.offset as usize + nested.tag as usize;
            let Some(now) = bytes.get(tag).and_then(|&tag| state_of_tag(trace, nested.machine, tag)) else { break };
            spot = self.spot_for(spot, row);
            let was = find(&self.inside, (task, spot));
            let leads = |from| trace.ways.iter().any(|w| (w.machine, w.from, w.to) == (nested.machine, from, now));
            match was {
                None => self.arrive(spot, now),
                Some(was) if was == now && !is_new => {}
                Some(was) if is_new || (!leads(was) && leads(0)) => {
                    self.leave(trace, nested.machine, spot, was);
                    self.arrive(spot, now);
                }
                Some(was) if leads(was) && !leads(0) => self.take_within(spot, was, now),
                // Nobody knows how it came there.
                Some(_) => self.enter(spot, now),
            }
            is_new = is_new || was != Some(now);
            *entry(&mut self.inside, (task, spot)) = now;
            met.push(spot);
            (here, state, start) = (nested.machine, now, start + nested.offset as usize);
        }
        // An await that was left was left because its future is ready.
        let left: Vec<(Spot, u16)> = self
            .inside
            .iter()
            .filter(|((t, at), _)| *t == task && !met.contains(at))
            .map(|&((_, at), s)| (at, s))
            .collect();
        for (spot, was) in left {
            self.inside.retain(|(key, _)| *key != (task, spot));
            if let (true, Some(nested)) = (to != UNKNOWN_STATE, self.nested_at(trace, spot)) {
                self.leave(trace, nested.machine, spot, was);
            }
        }
    }

    fn nested_at(&self, trace: &Trace, spot: Spot) -> Option<Nested> {
        let (_, row) = self.within.get(spot.checked_sub(INNER)? as usize)?;
        trace.nested.get(*row as usize).copied()
    }

    /// A future is polled for the first time there, and stops in this state.
    fn arrive(&mut self, spot: Spot, now: u16) {
        self.enter(spot, 0);
        if now != 0 {
            self.take_within(spot, 0, now);
        }
    }

    /// The future there returned.
    fn leave(&mut self, trace: &Trace, machine: MachineId, spot: Spot, was: u16) {
        let last = trace.machine(machine).map_or(0, |machine| machine.states.len().saturating_sub(1)) as u16;
        if was != last {
            self.take_within(spot, was, last);
        }
    }

    fn spot_for(&mut self, around: Spot, row: usize) -> Spot {
        self.spot_within(around, row).unwrap_or_else(|| {
            self.within.push((around, row as u32));
            INNER + self.within.len() as Spot - 1
        })
    }

    fn take_within(&mut self, spot: Spot, from: u16, to: u16) {
        self.take(spot, from, to);
        self.last_within.push((spot, from, to));
    }

    fn take(&mut self, spot: Spot, from: u16, to: u16) {
        self.enter(spot, to);
        let taken = entry(&mut self.edges, (spot, from, to));
        *taken = taken.saturating_add(1);
    }

    fn enter(&mut self, spot: Spot, state: u16) {
        let visits = entry(&mut self.visits, (spot, state));
        *visits = visits.saturating_add(1);
    }

    /// The bytes of its lists.
    pub(super) fn heap(&self) -> usize {
        let own = size_of_val(&*self.visits) + size_of_val(&*self.edges) + size_of_val(&*self.seen);
        own + size_of_val(&*self.last_within) + size_of_val(&*self.within) + size_of_val(&*self.inside)
    }
}

/// What a state awaits, if that is a machine within.
pub fn nested_in(trace: &Trace, outer: MachineId, state: u16) -> Option<(usize, Nested)> {
    trace.nested.iter().copied().enumerate().find(|(_, nested)| (nested.outer, nested.state) == (outer, state))
}

/// The state of a compiler-made machine whose tag has a value; none for one that panicked.
fn state_of_tag(trace: &Trace, machine: MachineId, tag: u8) -> Option<u16> {
    let states = trace.machine(machine)?.states.len() as u16;
    match tag {
        0 => Some(0),
        1 => states.checked_sub(1),
        _ => Some(u16::from(tag).checked_sub(2)?).filter(|&state| state > 0 && state + 1 < states),
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
