//! Futures that were made and not polled yet, and those that keep their mark longer.
//!
//! A future moves freely until its first poll, so that its address says nothing; it keeps a *mark* instead, which is looked
//! up here. This file knows no executor.

use crate::trace::ids::{FutureId, FutureKindId, SiteId};
use std::sync::atomic::{AtomicU32, Ordering};

/// What a future keeps of its making until its first poll: a number that no other future of this process has. After two
/// billion futures of a process the numbers begin again.
///
/// Its highest bit is set, so that it can stand where another number is kept later that never has it: a timer's
/// [`TimerKey`](super::TimerKey), or a place in a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark(u32);

impl Mark {
    /// None: the future was made where nothing is recorded, or it was polled.
    pub const NONE: Mark = Mark(0);
    const BIT: u32 = 1 << 31;

    fn new() -> Mark {
        static LAST: AtomicU32 = AtomicU32::new(0);
        Mark(LAST.fetch_add(1, Ordering::Relaxed) | Mark::BIT)
    }

    /// The mark that is kept in a word, if one is.
    pub fn in_word(word: u32) -> Mark {
        if word & Mark::BIT == 0 { Mark::NONE } else { Mark(word) }
    }

    /// The word to keep it in.
    pub const fn word(self) -> u32 {
        self.0
    }
}

/// A future that was made and not polled yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unpolled {
    /// Its number.
    pub id: FutureId,
    /// What it is.
    pub kind: FutureKindId,
    /// Where it was made.
    pub site: SiteId,
}

/// All of them, in the order of their making.
#[derive(Default)]
pub(super) struct AllUnpolled {
    /// None for those that were taken out and still stand between others.
    marked: Vec<(Mark, Option<Unpolled>)>,
    /// How many of them are there.
    count: usize,
}

impl AllUnpolled {
    /// One was made.
    pub(super) fn add(&mut self, unpolled: Unpolled) -> Mark {
        let mark = Mark::new();
        if self.marked.len() > 2 * self.count + 16 {
            self.marked.retain(|(_, unpolled)| unpolled.is_some());
        }
        self.marked.push((mark, Some(unpolled)));
        self.count += 1;
        mark
    }

    /// One that is there.
    pub(super) fn find(&self, mark: Mark) -> Option<Unpolled> {
        self.marked.iter().rev().find(|(of, _)| *of == mark)?.1
    }

    /// One is polled, or dropped. None if it was made elsewhere.
    pub(super) fn take(&mut self, mark: Mark) -> Option<Unpolled> {
        // Most are polled right after they were made.
        let taken = self.marked.iter_mut().rev().find(|(of, _)| *of == mark)?.1.take();
        self.count -= usize::from(taken.is_some());
        while self.marked.pop_if(|(_, unpolled)| unpolled.is_none()).is_some() {}
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn future_is_found_by_its_mark_once() {
        let mut all = AllUnpolled::default();
        let one = |id| Unpolled { id: FutureId(id), ..Unpolled::default() };
        let marks: Vec<Mark> = (0..100).map(|id| all.add(one(id))).collect();
        for at in (0..100).step_by(2).chain((1..100).step_by(2)) {
            assert_eq!(all.take(marks[at]), Some(one(at as u32)));
            assert_eq!(all.take(marks[at]), None);
            let mark = all.add(one(7));
            assert_eq!(all.take(Mark::in_word(mark.word())), Some(one(7)));
        }
        assert!(all.marked.is_empty() && all.count == 0);
    }

    #[test]
    fn what_is_taken_out_takes_no_room_for_long() {
        let mut all = AllUnpolled::default();
        let first = all.add(Unpolled::default());
        for _ in 0..1000 {
            let (a, b) = (all.add(Unpolled::default()), all.add(Unpolled::default()));
            all.take(a);
            all.take(b);
        }
        assert!(all.marked.len() < 40, "{}", all.marked.len());
        assert!(all.take(first).is_some());
    }
}
