//! Events as bytes: a column for each number of each kind.

use super::wire::{Fault, Input, fold, put_varint, unfold};
use crate::trace::event::{Event, Kind};
use crate::trace::order::Order;
use crate::trace::packing::Bits;
use crate::trace::slots::MOST_NUMBERS;
use crate::trace::{Trace, Words};
use std::ops::Range;

/// The most events of one chunk.
pub(super) const MOST_AT_ONCE: usize = 4096;
/// The most events of a trace.
const MOST: usize = 1 << 24;

/// What the last numbers of each column were, from which the next ones differ.
#[derive(Clone, Debug)]
pub(super) struct Last {
    time: u64,
    numbers: [[u32; MOST_NUMBERS]; Kind::ALL.len()],
}

impl Default for Last {
    fn default() -> Self {
        Last { time: 0, numbers: [[0; MOST_NUMBERS]; Kind::ALL.len()] }
    }
}

/// Where in a chunk the events of each kind stand.
struct ByKind {
    rows: Vec<u16>,
    /// Where the rows of each kind begin; the last is where they end.
    begins: [usize; Kind::ALL.len() + 1],
}

impl ByKind {
    /// Of a chunk's events, which are few enough for their places to be small numbers.
    fn new(kinds: &[u8]) -> ByKind {
        let mut begins = [0; Kind::ALL.len() + 1];
        for &kind in kinds {
            begins[usize::from(kind) + 1] += 1;
        }
        for kind in 0..Kind::ALL.len() {
            begins[kind + 1] += begins[kind];
        }
        let (mut rows, mut next) = (vec![0; kinds.len()], begins);
        for (row, &kind) in kinds.iter().enumerate() {
            let at = &mut next[usize::from(kind)];
            rows[*at] = row as u16;
            *at += 1;
        }
        ByKind { rows, begins }
    }

    fn of(&self, kind: Kind) -> &[u16] {
        &self.rows[self.begins[kind as usize]..self.begins[kind as usize + 1]]
    }
}

/// Writes some events of a trace.
pub(super) fn put(trace: &Trace, events: Range<usize>, last: &mut Last, out: &mut Vec<u8>) {
    put_varint(events.len() as u64, out);
    for i in events.clone() {
        put_varint(trace.time(i) - last.time, out);
        last.time = trace.time(i);
    }
    let words: Vec<Words> = events.map(|i| trace.columns.words(i)).collect();
    let kinds: Vec<u8> = words.iter().map(|words| words.kind() as u8).collect();
    out.extend_from_slice(&kinds);
    let by_kind = ByKind::new(&kinds);
    for &kind in Kind::ALL {
        for (bits, before) in Bits::of(kind).zip(&mut last.numbers[kind as usize]) {
            for &row in by_kind.of(kind) {
                let n = bits.of_words(words[usize::from(row)]);
                put_varint(fold(i64::from(n) - i64::from(*before)), out);
                *before = n;
            }
        }
    }
}

/// Reads events and adds them to a trace, each after it was checked.
pub(super) fn get(trace: &mut Trace, order: &mut Order, last: &mut Last, from: &mut Input<'_>) -> Result<(), Fault> {
    let n = from.count()?;
    if n > MOST_AT_ONCE {
        return Err("a chunk has too many events");
    }
    if trace.len() + n > MOST {
        return Err("there are too many events");
    }
    let mut times = Vec::with_capacity(n);
    for _ in 0..n {
        last.time = last.time.checked_add(from.varint()?).ok_or("a time is out of range")?;
        times.push(last.time);
    }
    let kinds = from.take(n)?;
    if kinds.iter().any(|&kind| usize::from(kind) >= Kind::ALL.len()) {
        return Err("an unknown kind of event");
    }
    let by_kind = ByKind::new(kinds);
    let mut words: Vec<Words> = kinds.iter().map(|&kind| Words(kind.into(), 0)).collect();
    for &kind in Kind::ALL {
        for (bits, before) in Bits::of(kind).zip(&mut last.numbers[kind as usize]) {
            for &row in by_kind.of(kind) {
                let n = i64::from(*before).checked_add(unfold(from.varint()?)).and_then(|n| u32::try_from(n).ok());
                *before = n.filter(|&n| n <= bits.most).ok_or("a number of an event is out of range")?;
                bits.put(*before, &mut words[usize::from(row)]);
            }
        }
    }
    for (words, time) in words.into_iter().zip(times) {
        order.admit(trace, time, words.read()?)?;
        // It is what the event would be packed to: each number has its place, and no event is read from two forms.
        trace.columns.push_words(time, words);
    }
    Ok(())
}

impl Event {
    /// Its fields as the byte format has them: of each its name and its numbers.
    pub fn numbers(self) -> Vec<(&'static str, Vec<u32>)> {
        let (words, mut bits) = (Words::of(self), Bits::of(self.kind()));
        let field = |&(name, slots): &(&'static str, &[_])| {
            (name, bits.by_ref().take(slots.len()).map(|bits| bits.of_words(words)).collect())
        };
        self.kind().fields().iter().map(field).collect()
    }
}
