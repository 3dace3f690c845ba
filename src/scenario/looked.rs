//! What scenarios about memory record while they look on: the line that runs, and the bytes of a value.

use crate::pinning::{FieldBytes, Fields, bytes_of};
use crate::record::{ObservedField, Recorder, TraceRecorder};
use crate::trace::ids::{BlobId, TaskId};
use crate::trace::{Event, Role};
use std::panic::Location;

/// Records that the code stands at a line.
pub(super) fn line(recorder: &TraceRecorder, at: &'static Location<'static>) {
    let file = at.file().rsplit(['/', '\\']).next().unwrap_or_default();
    let site = recorder.site(file, at.line(), at.column());
    recorder.record(0, Event::Line { task: TaskId::NONE, site });
}

/// Records the bytes of a value at an address, field by field.
pub(super) fn snapshot(recorder: &TraceRecorder, address: usize, bytes: Vec<u8>, fields: &[FieldBytes]) -> BlobId {
    let observed = |f: &FieldBytes| ObservedField {
        name: f.name.into(),
        address: address + f.offset,
        size: f.bytes.len(),
        role: f.role,
    };
    let fields: Vec<_> = fields.iter().map(observed).collect();
    recorder.snapshot(address, bytes, &fields)
}

/// Records the bytes of a value where it lies.
pub(super) fn look<T: Fields>(recorder: &TraceRecorder, value: &T) -> BlobId {
    let (bytes, fields) = bytes_of(value);
    snapshot(recorder, address(value), bytes, &fields)
}

/// Records the bytes of a pointer at an address, which are the address that it holds.
pub(super) fn look_at_pointer(recorder: &TraceRecorder, name: &'static str, at: usize, target: usize) -> BlobId {
    let bytes = target.to_le_bytes().to_vec();
    let field = FieldBytes { name, offset: 0, bytes: bytes.clone(), role: Role::Pointer };
    snapshot(recorder, at, bytes, &[field])
}

/// Where a value lies.
pub(super) fn address<T>(of: &T) -> usize {
    std::ptr::from_ref(of).addr()
}
