//! The events of a trace as a structure of arrays: three columns of eight bytes, 24 bytes an event, in chunks that the
//! page can read through typed arrays without a copy. The first is the time, in the trace's unit; the others are the two
//! [`Words`] of the event.

use super::events::{Event, Kind};
use super::ids::TaskId;
use super::slots::Words;
use std::cell::Cell;

/// Events of a chunk.
const CHUNK: usize = 1024;

/// So many events. Chunks are never moved: a long trace grows without a copy of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Chunk {
    time: [u64; CHUNK],
    head: [u64; CHUNK],
    args: [u64; CHUNK],
}

/// The columns. All have the same length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    len: usize,
    chunks: Vec<Box<Chunk>>,
}

impl Columns {
    /// How many bytes one event takes.
    pub const EVENT_BYTES: usize = 24;

    /// Events of a chunk: the last one may have fewer.
    pub const CHUNK: usize = CHUNK;

    /// The number of events.
    #[inline]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no event.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The time of event `i`. Times never fall.
    pub fn time(&self, i: usize) -> u64 {
        self.chunks[i / CHUNK].time[i % CHUNK]
    }

    /// The time of the last event, if there is one.
    pub fn last_time(&self) -> Option<u64> {
        Some(self.time(self.len.checked_sub(1)?))
    }

    /// The first event that is later than `time`.
    pub fn first_after(&self, time: u64) -> usize {
        let i = self.chunks.partition_point(|chunk| chunk.time[0] <= time).saturating_sub(1);
        let times = self.chunks.get(i).map_or(&[][..], |chunk| &chunk.time[..(self.len - i * CHUNK).min(CHUNK)]);
        i * CHUNK + times.partition_point(|&t| t <= time)
    }

    /// Takes all events out. A first chunk stays for those to come.
    pub(crate) fn clear(&mut self) {
        self.len = 0;
        self.chunks.truncate(1);
    }

    /// Appends one event.
    pub fn push(&mut self, time: u64, event: Event) {
        self.push_words(time, Words::of(event));
    }

    pub(crate) fn push_words(&mut self, time: u64, Words(head, args): Words) {
        self.push_columns([&[Cell::new(time)], &[Cell::new(head)], &[Cell::new(args)]]);
    }

    /// Appends as many events as there are in each of these columns: no more than the last chunk has room for, or, if it has
    /// none, the next one.
    #[inline]
    pub(crate) fn push_columns(&mut self, [time, head, args]: [&[Cell<u64>]; 3]) {
        let at = self.len % CHUNK;
        debug_assert!(at + time.len() <= CHUNK, "what is appended has room in one chunk");
        if at == 0 && self.chunks.len() == self.len / CHUNK {
            self.chunks.push(Box::new(Chunk { time: [0; CHUNK], head: [0; CHUNK], args: [0; CHUNK] }));
        }
        // The first event of a chunk has made it.
        if let Some(chunk) = self.chunks.get_mut(self.len / CHUNK) {
            let copy =
                |to: &mut [u64], from: &[Cell<u64>]| to.iter_mut().zip(from).for_each(|(to, from)| *to = from.get());
            copy(&mut chunk.time[at..], time);
            copy(&mut chunk.head[at..], head);
            copy(&mut chunk.args[at..], args);
        }
        self.len += time.len();
    }

    /// Appends a chunk of events; the last chunk must have no room.
    pub(crate) fn push_chunk(&mut self, time: [u64; CHUNK], head: [u64; CHUNK], args: [u64; CHUNK]) {
        debug_assert!(self.len.is_multiple_of(CHUNK), "a chunk comes after whole ones");
        let chunk = Chunk { time, head, args };
        match self.chunks.get_mut(self.len / CHUNK) {
            Some(cleared) => **cleared = chunk,
            None => self.chunks.push(Box::new(chunk)),
        }
        self.len += CHUNK;
    }

    /// Event `i` as it lies here.
    pub(crate) fn words(&self, i: usize) -> Words {
        let chunk = &self.chunks[i / CHUNK];
        Words(chunk.head[i % CHUNK], chunk.args[i % CHUNK])
    }

    /// The kind of event `i`.
    pub fn kind(&self, i: usize) -> Kind {
        self.words(i).kind()
    }

    /// The kinds of all events, in their order.
    pub fn kinds(&self) -> impl Iterator<Item = Kind> {
        // Each chunk's share, and not the first of all: so a `for_each` is two loops, without a count.
        let left = |i: usize| self.len.saturating_sub(i * CHUNK).min(CHUNK);
        let heads = self.chunks.iter().enumerate().flat_map(move |(i, chunk)| &chunk.head[..left(i)]);
        heads.map(|&head| Words(head, 0).kind())
    }

    /// The task of event `i`; `TaskId::NONE` if it is of none.
    pub fn task(&self, i: usize) -> TaskId {
        self.words(i).task()
    }

    /// Event `i`.
    ///
    /// # Panics
    /// If `i` is not below [`len`](Self::len).
    pub fn get(&self, i: usize) -> Event {
        self.words(i).event()
    }
}
