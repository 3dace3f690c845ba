//! Writing: what was added to a trace since the last time.

use super::events::{self, Last, MOST_AT_ONCE};
use super::rows::{self, Written};
use super::wire::{Wire, put_all, put_varint};
use super::{END, EVENTS, HEAD, MAGIC, VERSION};
use crate::trace::{Kind, Trace};

/// Writes one trace, chunk by chunk, while it grows.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    has_begun: bool,
    written: Written,
    events: usize,
    last: Last,
}

impl Writer {
    /// What is new since the last call, as whole chunks: the first call gives the head as well. Empty if nothing is.
    pub fn chunk(&mut self, trace: &Trace) -> Vec<u8> {
        let mut out = Vec::new();
        if !std::mem::replace(&mut self.has_begun, true) {
            out.extend_from_slice(&MAGIC);
            out.extend_from_slice(&VERSION.to_le_bytes());
            put_chunk(HEAD, &mut out, |out| put_head(trace, out));
        }
        while self.written.is_behind(trace) || self.events < trace.len() {
            let to = trace.len().min(self.events + MOST_AT_ONCE);
            put_chunk(EVENTS, &mut out, |out| {
                self.written.put_new(trace, out);
                events::put(trace, self.events..to, &mut self.last, out);
            });
            self.events = to;
        }
        out
    }

    /// The rest, and the end. Nothing is written after it.
    pub fn end(&mut self, trace: &Trace) -> Vec<u8> {
        let mut out = self.chunk(trace);
        put_chunk(END, &mut out, |out| {
            trace.lost.put(out);
            trace.missed.put(out);
            put_all(&trace.holders, out);
            put_all(&trace.keepers, out);
            put_all(&trace.tracks, out);
            put_all(&trace.spent_in, out);
            trace.answer.put(out);
        });
        out
    }
}

fn put_chunk(tag: u8, out: &mut Vec<u8>, put: impl FnOnce(&mut Vec<u8>)) {
    out.push(tag);
    let at = out.len();
    out.extend_from_slice(&[0; 4]);
    put(out);
    let len = (out.len() - at - 4) as u32;
    out[at..at + 4].copy_from_slice(&len.to_le_bytes());
}

/// The table of events, and what the trace says of itself.
fn put_head(trace: &Trace, out: &mut Vec<u8>) {
    put_kinds(out);
    trace.unit.put(out);
    rows::put_head(&trace.head, out);
}

/// Of each kind its code and its fields; of each field its name and how many numbers it is.
fn put_kinds(out: &mut Vec<u8>) {
    put_varint(Kind::ALL.len() as u64, out);
    for kind in Kind::ALL {
        kind.code().to_owned().put(out);
        put_varint(kind.fields().len() as u64, out);
        for &(field, slots) in kind.fields() {
            field.to_owned().put(out);
            put_varint(slots.len() as u64, out);
        }
    }
}

impl Trace {
    /// The whole trace as bytes.
    pub fn write(&self) -> Vec<u8> {
        Writer::default().end(self)
    }
}
