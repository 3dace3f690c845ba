//! What scenarios about memory record while they look on: the line that runs, and the bytes of a value.

use crate::pinning::FieldBytes;
use crate::record::{ObservedField, Recorder, TraceRecorder};
use crate::trace::Event;
use crate::trace::ids::{BlobId, TaskId};
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
