//! Bytes as they are shown: with the fields that are known, and with where their pointers point to.

use super::fold::State;
use super::frame::{BytesFrame, FieldFrame, PointerTarget};
use crate::trace::{Role, Snapshot, Trace};

pub(super) fn bytes_frame(trace: &Trace, state: &State, s: &Snapshot) -> BytesFrame {
    let fields = s.fields.iter().map(|f| {
        let pointer = (f.role == Role::Pointer).then(|| s.address_in(f)).flatten();
        FieldFrame {
            name: trace.name(f.name).to_owned(),
            offset: f.offset,
            size: f.size,
            role: f.role,
            target: pointer.map(|address| target(trace, state, address)),
        }
    });
    BytesFrame { address: s.address, size: s.size, bytes: s.bytes.clone(), fields: fields.collect() }
}

/// Where a pointer points to.
fn target(trace: &Trace, state: &State, address: u32) -> PointerTarget {
    let slot = trace.places.iter().position(|p| p.address <= address && address < p.address + p.size);
    PointerTarget {
        address,
        slot: slot.map(|i| i as u32),
        offset: slot.map_or(0, |i| address - trace.places[i].address),
        dangling: slot.is_some_and(|i| state.slots.get(i).is_none_or(|s| !s.alive)),
    }
}

/// Whether a pointer among the bytes names a slot in which nothing lives.
pub(super) fn is_dangling(trace: &Trace, state: &State, s: &Snapshot) -> bool {
    bytes_frame(trace, state, s).fields.iter().any(|f| f.target.as_ref().is_some_and(|t| t.dangling))
}
