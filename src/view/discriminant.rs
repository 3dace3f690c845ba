//! Finding the discriminant: the byte of a future that tells its states apart.
//!
//! No offset is assumed. Each snapshot was taken in a known state; a byte that has one value in each state, and
//! another in every other, may be the discriminant. Bytes that keep the numbering that is known are preferred:
//! rustc numbers an `async fn` 0 before its start, 1 when it has returned, and 3 and up at its awaits, in their
//! order; an enum with a `repr` numbers its variants from 0. If several fit, or fewer than three states were
//! seen, nothing is claimed.

use crate::trace::event::{Event, UNKNOWN_STATE};
use crate::trace::ids::MachineId;
use crate::trace::{Snapshot, Trace};

/// Notes the discriminant of each machine, once all snapshots are there.
pub(super) fn find_all(trace: &mut Trace) {
    for m in 0..trace.machines.len() {
        trace.machines[m].discriminant = find(trace, MachineId(m as u16));
    }
}

/// The number that a state is known to have: `state` of `states`; of a coroutine the first is "not started" and
/// the last "returned".
fn known_tag(is_coroutine: bool, state: u16, states: usize) -> u8 {
    match state as usize {
        s if !is_coroutine || s == 0 => s as u8,
        s if s + 1 == states => 1,
        s => (s + 2) as u8,
    }
}

/// The discriminant's offset in the futures of `machine`, if the run's snapshots name exactly one.
fn find(trace: &Trace, machine: MachineId) -> Option<u32> {
    let def = trace.machine(machine)?;
    let of_machine = |t: crate::trace::ids::TaskId| trace.task(t).filter(|t| t.machine == machine);
    let mut seen: Vec<(u16, &Snapshot)> = Vec::new();
    for info in trace.tasks.iter().filter(|t| t.machine == machine) {
        seen.extend(trace.snapshot(info.bytes).map(|s| (0, s)));
    }
    for i in 0..trace.len() {
        if let Event::StateChanged { task, to, bytes, .. } = trace.event(i)
            && of_machine(task).is_some()
            && to != UNKNOWN_STATE
        {
            seen.extend(trace.snapshot(bytes).map(|s| (to, s)));
        }
    }
    let size = seen.iter().map(|(_, s)| s.bytes.len()).min()?;
    let tells_apart = |at: usize| {
        // (state, value): one value a state, one state a value.
        let mut tags: Vec<(u16, u8)> = Vec::new();
        let agrees = seen.iter().all(|(state, s)| {
            let tag = (*state, s.bytes[at]);
            if !tags.iter().any(|t| t.0 == tag.0 || t.1 == tag.1) {
                tags.push(tag);
            }
            tags.contains(&tag)
        });
        agrees && tags.len() >= 3
    };
    let fits: Vec<usize> = (0..size).filter(|&at| tells_apart(at)).collect();
    let is_coroutine = def.states.first().is_some_and(|s| !s.name.is_some());
    let numbered =
        |at: &&usize| seen.iter().all(|(state, s)| s.bytes[**at] == known_tag(is_coroutine, *state, def.states.len()));
    match fits.iter().filter(numbered).collect::<Vec<_>>().as_slice() {
        [at] => Some(**at as u32),
        [] if fits.len() == 1 => Some(fits[0] as u32),
        _ => None,
    }
}
