//! Memory as it is drawn: bytes with the fields that are known, and with where their pointers point to.

use crate::trace::ids::{PlaceId, TaskId};
use crate::trace::{Area, Role, Snapshot, Trace};
use crate::view::discriminant::Discriminants;
use crate::view::life::TaskState;
use crate::view::padding::Padding;
use crate::view::state::State;
use serde::Serialize;

/// The bytes of one task's future.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct MemoryFrame {
    /// The task.
    pub task: u32,
    /// Its name.
    pub name: String,
    /// Whether the future has been dropped: the bytes are the last ones it had.
    pub dropped: bool,
    /// The bytes.
    pub now: BytesFrame,
    /// The bytes before the last change, if there was one.
    pub was: Option<Vec<u8>>,
    /// How many of them that change changed; padding is none of them.
    pub changed: u32,
}

/// Bytes at an address, with what is known of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct BytesFrame {
    /// Of the first byte.
    pub address: u32,
    /// Bytes of the whole.
    pub size: u32,
    /// What the memory there is used for, if that is known.
    pub area: Option<Area>,
    /// The bytes; empty where they cannot be read.
    pub bytes: Vec<u8>,
    /// Named stretches, by offset.
    pub fields: Vec<FieldFrame>,
}

/// A named stretch of bytes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct FieldFrame {
    /// The name in the code.
    pub name: String,
    /// Bytes from the start.
    pub offset: u32,
    /// Bytes.
    pub size: u32,
    /// What it is.
    pub role: Role,
    /// Where it points to, if it is a pointer whose bytes could be read.
    pub target: Option<PointerTarget>,
}

/// Where a pointer points to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct PointerTarget {
    /// The address it holds.
    pub address: u32,
    /// The slot that contains the address, if one does.
    pub slot: Option<u32>,
    /// The offset in that slot.
    pub offset: u32,
    /// What the memory there is used for, if that is known.
    pub area: Option<Area>,
    /// Whether the value that it was made to point to does not live there any more.
    pub dangling: bool,
}

/// A slot of memory.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct SlotFrame {
    /// The variable's name.
    pub name: String,
    /// Its first byte.
    pub address: u32,
    /// Bytes.
    pub size: u32,
    /// What the memory there is used for, if that is known.
    pub area: Option<Area>,
    /// Whether a value lives in it.
    pub alive: bool,
    /// The bytes in it: the value's, or what it left behind; none if nothing was ever there.
    pub bytes: Option<BytesFrame>,
    /// The bytes of the same value there before they changed last.
    pub was: Option<Vec<u8>>,
}

/// The bytes of a task's future, if it was spawned and its bytes are known.
pub(in crate::view) fn memory(
    trace: &Trace,
    state: &State,
    discriminants: &Discriminants,
    task: TaskId,
) -> Option<MemoryFrame> {
    let t = state.get(task)?;
    let now = trace.snapshot(t.bytes)?;
    let mut bytes = bytes_frame(trace, state, now);
    if let Some(offset) = discriminants.of_task(trace, task) {
        show_discriminant(&mut bytes.fields, offset);
    } else {
        // It lies among what would be called padding.
        bytes.fields.retain(|field| field.role != Role::Padding);
    }
    let was = trace.snapshot(t.was);
    Some(MemoryFrame {
        task: task.0,
        name: trace.task_name(task).to_owned(),
        dropped: matches!(t.state, TaskState::Done | TaskState::Cancelled),
        changed: was.map_or(0, |was| Padding::of_task(trace, discriminants, task).changed(was, now)),
        now: bytes,
        was: was.map(|was| was.bytes.clone()),
    })
}

pub(super) fn slots(trace: &Trace, state: &State) -> Vec<SlotFrame> {
    let slot = |(i, p): (usize, &crate::trace::Place)| {
        let slot = state.slots.get(PlaceId(i as u16));
        SlotFrame {
            name: trace.name(p.name).to_owned(),
            address: p.address,
            size: p.size,
            area: trace.head.area(p.address),
            alive: slot.alive,
            bytes: trace.snapshot(slot.bytes).map(|s| bytes_frame(trace, state, s)),
            was: trace.snapshot(slot.was).map(|s| s.bytes.clone()),
        }
    };
    trace.places.iter().enumerate().map(slot).collect()
}

pub(in crate::view) fn bytes_frame(trace: &Trace, state: &State, s: &Snapshot) -> BytesFrame {
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
    BytesFrame {
        address: s.address,
        size: s.size,
        area: trace.head.area(s.address),
        bytes: s.bytes.clone(),
        fields: fields.collect(),
    }
}

/// Names the byte of the discriminant, where no field has it. What was padding before it and behind it still is.
fn show_discriminant(fields: &mut Vec<FieldFrame>, offset: u32) {
    let tag = FieldFrame { name: String::new(), offset, size: 1, role: Role::Discriminant, target: None };
    let after = fields.partition_point(|f| f.offset <= offset);
    let Some(i) = after.checked_sub(1).filter(|&i| offset - fields[i].offset < fields[i].size) else {
        fields.insert(after, tag);
        return;
    };
    if fields[i].role == Role::Padding {
        let padding = fields.remove(i);
        let part = |from: u32, to: u32| FieldFrame { offset: from, size: to - from, ..padding.clone() };
        let parts = [part(padding.offset, offset), tag, part(offset + 1, padding.offset + padding.size)];
        fields.splice(i..i, parts.into_iter().filter(|part| part.size > 0));
    }
}

/// Where a pointer points to.
fn target(trace: &Trace, state: &State, address: u32) -> PointerTarget {
    let slot = trace.places.iter().position(|place| place.holds(address));
    PointerTarget {
        address,
        slot: slot.map(|i| i as u32),
        offset: slot.map_or(0, |i| address - trace.places[i].address),
        area: trace.head.area(address),
        dangling: slot.is_some_and(|i| !state.slots.get(PlaceId(i as u16)).alive),
    }
}

/// Whether a pointer among the bytes names a slot in which nothing lives.
pub(in crate::view) fn is_dangling(trace: &Trace, state: &State, s: &Snapshot) -> bool {
    bytes_frame(trace, state, s).fields.iter().any(|f| f.target.as_ref().is_some_and(|t| t.dangling))
}
