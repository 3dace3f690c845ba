//! Events as bytes: a column for each number of each kind.

use super::wire::{Fault, Input, fold, put_varint, unfold};
use crate::trace::event::{Event, Kind};
use crate::trace::field::{Get, Put};
use crate::trace::order::Order;
use crate::trace::{Trace, Words};

/// The most events of one chunk.
pub(super) const MOST_AT_ONCE: usize = 4096;
/// The most events of a trace.
pub(super) const MOST: usize = 1 << 24;

/// The last number of each column of each kind.
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

/// Numbers of an event.
const MOST_NUMBERS: usize = 6;

const _: () = {
    let mut i = 0;
    while i < Kind::ALL.len() {
        assert!(Kind::ALL[i].room().numbers <= MOST_NUMBERS);
        i += 1;
    }
};

/// Takes the numbers of an event one after the other.
pub(super) struct Numbers {
    pub(super) kind: Kind,
    pub(super) all: [u32; MOST_NUMBERS],
    pub(super) len: usize,
}

impl Numbers {
    pub(super) fn of(event: Event) -> Numbers {
        event.put(|kind| Numbers { kind, all: [0; MOST_NUMBERS], len: 0 })
    }
}

impl Put for Numbers {
    fn task(&mut self, n: u32) {
        self.word(n);
    }

    fn site(&mut self, n: u16) {
        self.word(n.into());
    }

    fn small(&mut self, n: u8) {
        self.word(n.into());
    }

    fn half(&mut self, n: u16) {
        self.word(n.into());
    }

    #[inline(always)]
    fn word(&mut self, n: u32) {
        self.all[self.len] = n;
        self.len += 1;
    }
}

/// Writes some events of a trace.
pub(super) fn put(trace: &Trace, events: std::ops::Range<usize>, last: &mut Last, out: &mut Vec<u8>) {
    put_varint(events.len() as u64, out);
    for i in events.clone() {
        put_varint(trace.time(i) - last.time, out);
        last.time = trace.time(i);
    }
    let mut columns: Vec<[Vec<u8>; MOST_NUMBERS]> = Kind::ALL.iter().map(|_| Default::default()).collect();
    for i in events {
        let numbers = Numbers::of(trace.event(i));
        let kind = numbers.kind as usize;
        out.push(kind as u8);
        for (at, &n) in numbers.all[..numbers.len].iter().enumerate() {
            let before = std::mem::replace(&mut last.numbers[kind][at], n);
            put_varint(fold(i64::from(n) - i64::from(before)), &mut columns[kind][at]);
        }
    }
    columns.iter().flatten().for_each(|column| out.extend_from_slice(column));
}

/// The columns of one kind, of one chunk, while its events are put together.
#[derive(Clone, Copy, Default)]
struct Part {
    /// Where in the numbers its first column begins, and how many numbers each has.
    from: usize,
    len: usize,
    /// Events put together.
    used: usize,
}

/// Gives the numbers of one event back.
struct Row<'a> {
    numbers: &'a [u32],
    /// The next, and how far the one after it is away.
    at: usize,
    step: usize,
}

impl Get for Row<'_> {
    fn task(&mut self) -> u32 {
        self.word()
    }

    fn site(&mut self) -> u32 {
        self.word()
    }

    fn small(&mut self) -> u32 {
        self.word()
    }

    fn half(&mut self) -> u32 {
        self.word()
    }

    #[inline(always)]
    fn word(&mut self) -> u32 {
        let n = self.numbers[self.at];
        self.at += self.step;
        n
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
    let mut parts = [Part::default(); Kind::ALL.len()];
    for &kind in kinds {
        parts.get_mut(usize::from(kind)).ok_or("an unknown kind of event")?.len += 1;
    }
    let mut numbers: Vec<u32> = Vec::new();
    for (kind, part) in parts.iter_mut().enumerate() {
        part.from = numbers.len();
        for before in last.numbers[kind].iter_mut().take(Kind::ALL[kind].room().numbers) {
            for _ in 0..part.len {
                let n = i64::from(*before).checked_add(unfold(from.varint()?));
                *before = n.and_then(|n| u32::try_from(n).ok()).ok_or("a number of an event is out of range")?;
                numbers.push(*before);
            }
        }
    }
    for (&kind, &time) in kinds.iter().zip(&times) {
        let part = &mut parts[usize::from(kind)];
        let mut row = Row { numbers: &numbers, at: part.from + part.used, step: part.len };
        part.used += 1;
        let event = Event::get(Kind::ALL[usize::from(kind)], &mut row)?;
        order.admit(trace, time, event)?;
        trace.columns.push_words(time, Words::of(event));
    }
    Ok(())
}

impl Event {
    /// Its fields as the byte format has them: of each its name and its numbers.
    pub fn numbers(self) -> Vec<(&'static str, Vec<u32>)> {
        let Numbers { kind, all, .. } = Numbers::of(self);
        let mut rest = &all[..];
        let field = |&(name, n): &(&'static str, usize)| {
            let (mine, others) = rest.split_at(n);
            rest = others;
            (name, mine.to_vec())
        };
        kind.fields().iter().map(field).collect()
    }
}
