//! The staging buffer: the last events of a run that is being recorded, before they come into the trace.
//!
//! Recording is the most frequent thing that is done here. So an event is three stores behind a shared reference; a
//! chunk of them at a time comes into the [`Columns`].

use crate::trace::{Columns, Words};
use std::cell::Cell;

const LENGTH: usize = Columns::CHUNK;

/// Up to a chunk of events.
pub(super) struct Staging {
    /// Events in it.
    len: Cell<usize>,
    /// So many have room.
    end: Cell<usize>,
    time: Cell<[u64; LENGTH]>,
    head: Cell<[u64; LENGTH]>,
    args: Cell<[u64; LENGTH]>,
}

fn cells(column: &Cell<[u64; LENGTH]>) -> &[Cell<u64>] {
    (column as &Cell<[u64]>).as_slice_of_cells()
}

impl Staging {
    /// An empty one, without room.
    pub(super) fn new() -> Self {
        let column = || Cell::new([0; LENGTH]);
        Staging { len: Cell::new(0), end: Cell::new(0), time: column(), head: column(), args: column() }
    }

    /// Events in it.
    pub(super) fn len(&self) -> usize {
        self.len.get()
    }

    /// Appends events if there is room for all of them; says whether.
    #[inline(always)]
    pub(super) fn push<const N: usize>(&self, time: u64, words: [Words; N]) -> bool {
        let len = self.len.get();
        if len + N > self.end.get() {
            return false;
        }
        self.len.set(len + N);
        for (i, Words(head, args)) in words.into_iter().enumerate() {
            let at = (len + i) % LENGTH;
            cells(&self.time)[at].set(time);
            cells(&self.head)[at].set(head);
            cells(&self.args)[at].set(args);
        }
        true
    }

    /// One of the events in it.
    pub(super) fn words(&self, at: usize) -> Words {
        Words(cells(&self.head)[at].get(), cells(&self.args)[at].get())
    }

    /// Forgets what is in it, and has no room.
    pub(super) fn clear(&self) {
        self.len.set(0);
        self.end.set(0);
    }

    /// There is room for `most` events at the most.
    pub(super) fn shorten(&self, most: usize) {
        self.end.set(self.end.get().min(most));
    }

    /// Moves what is in it into `columns`. There is room then to the end of the columns' chunk: so that it is whole chunks
    /// that are moved, as long as nobody looks in between.
    pub(super) fn flush(&self, columns: &mut Columns) {
        let len = self.len.replace(0);
        if len == LENGTH && columns.len().is_multiple_of(LENGTH) {
            columns.push_chunk(self.time.get(), self.head.get(), self.args.get());
        } else if len > 0 {
            columns.push_columns([&self.time, &self.head, &self.args].map(|column| &cells(column)[..len]));
        }
        self.end.set(LENGTH - columns.len() % LENGTH);
    }
}
