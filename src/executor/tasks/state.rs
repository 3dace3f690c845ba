//! The state of a task: flags, and the count of its wakers, in one word.
//!
//! The flags are the home thread's own: only the thread of the executor reads or writes them for what they say. The
//! count is anybody's who holds a waker. Where wakers may be on other threads the word is an atomic; on wasm32 it is
//! a plain cell, and the compiler can see through it.

/// Woken and not polled since. Set by a wake (or the spawn), cleared when the poll begins; a wake that finds it set
/// does nothing. Where `RUNNING` is set as well, the task stands in no line yet: it is put there after its poll.
pub(super) const QUEUED: u32 = 1;
/// Being polled. Set and cleared by the poll alone.
pub(super) const RUNNING: u32 = 1 << 1;
/// Cancelled during its poll. Set only beside `RUNNING`; the body is dropped after the poll.
pub(super) const CANCELLED: u32 = 1 << 2;
/// Its body is gone, or about to go: wakes do nothing. Never cleared. Beside `QUEUED` the slot still stands in line,
/// and is let go when its turn comes.
pub(super) const DONE: u32 = 1 << 3;
/// The executor has let go of the slot: the last waker frees it. Set only beside `DONE`, and never cleared.
pub(super) const GONE: u32 = 1 << 4;
/// A recorder is told of every wake, clone and drop. Set by the spawn or never.
pub(super) const WATCHED: u32 = 1 << 5;
/// Somebody may name it by its id. Set by the spawn or never.
pub(super) const INDEXED: u32 = 1 << 6;

/// One waker.
const WAKER: u32 = 1 << 8;

/// How many wakers a word counts.
pub(super) const fn wakers(word: u32) -> u32 {
    word / WAKER
}

/// As many wakers as a task may have; who clones on beyond that is aborted, as an `Arc` would.
const MOST_WAKERS: u32 = u32::MAX / WAKER - 1;

#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
mod word {
    use std::cell::Cell;

    pub(super) struct Word(Cell<u32>);

    impl Word {
        pub(super) const fn new(word: u32) -> Self {
            Word(Cell::new(word))
        }
        pub(super) fn get(&self) -> u32 {
            self.0.get()
        }
        pub(super) fn put(&self, word: u32) {
            self.0.set(word);
        }
        pub(super) fn add(&self, by: u32) -> u32 {
            self.0.replace(self.0.get().wrapping_add(by))
        }
        pub(super) fn sub(&self, by: u32) -> u32 {
            self.0.replace(self.0.get().wrapping_sub(by))
        }
        pub(super) fn or(&self, bits: u32) -> u32 {
            self.0.replace(self.0.get() | bits)
        }
        pub(super) fn xor(&self, bits: u32) -> u32 {
            self.0.replace(self.0.get() ^ bits)
        }
    }
}

#[cfg(not(all(target_arch = "wasm32", not(target_feature = "atomics"))))]
mod word {
    use super::super::sync::{AtomicU32, Ordering};

    /// What a thread did before it let go of its waker has happened before the slot is freed: hence release when
    /// something is given away, and acquire when something may be the last.
    pub(super) struct Word(AtomicU32);

    impl Word {
        pub(super) fn new(word: u32) -> Self {
            Word(AtomicU32::new(word))
        }
        pub(super) fn get(&self) -> u32 {
            self.0.load(Ordering::Relaxed)
        }
        pub(super) fn put(&self, word: u32) {
            self.0.store(word, Ordering::Relaxed);
        }
        pub(super) fn add(&self, by: u32) -> u32 {
            self.0.fetch_add(by, Ordering::Relaxed)
        }
        pub(super) fn sub(&self, by: u32) -> u32 {
            self.0.fetch_sub(by, Ordering::AcqRel)
        }
        pub(super) fn or(&self, bits: u32) -> u32 {
            self.0.fetch_or(bits, Ordering::AcqRel)
        }
        pub(super) fn xor(&self, bits: u32) -> u32 {
            self.0.fetch_xor(bits, Ordering::Relaxed)
        }
    }
}

/// The word.
pub(super) struct State(word::Word);

impl State {
    /// Flags, and no waker.
    #[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
    pub(super) const fn new(flags: u32) -> Self {
        State(word::Word::new(flags))
    }

    /// Flags, and no waker.
    #[cfg(not(all(target_arch = "wasm32", not(target_feature = "atomics"))))]
    pub(super) fn new(flags: u32) -> Self {
        State(word::Word::new(flags))
    }

    /// Begins anew, for a slot that nobody has.
    pub(super) fn begin(&self, flags: u32) {
        self.0.put(flags);
    }

    pub(super) fn get(&self) -> u32 {
        self.0.get()
    }

    pub(super) fn has(&self, flags: u32) -> bool {
        self.get() & flags != 0
    }

    /// Sets flags, and gives the word as it was.
    pub(super) fn set(&self, flags: u32) -> u32 {
        self.0.or(flags)
    }

    /// Changes each of the flags, and gives the word as it was.
    pub(super) fn flip(&self, flags: u32) -> u32 {
        self.0.xor(flags)
    }

    /// Counts a new waker, and gives how many there are.
    pub(super) fn add_waker(&self) -> u32 {
        let before = wakers(self.0.add(WAKER));
        if before > MOST_WAKERS {
            std::process::abort();
        }
        before + 1
    }

    /// Forgets a waker, and gives the word as it is now; with `GONE` and no waker left in it, the caller frees the slot.
    pub(super) fn drop_waker(&self) -> u32 {
        self.0.sub(WAKER).wrapping_sub(WAKER)
    }

    /// The executor lets go, and says whether it was the last: then the caller frees the slot.
    pub(super) fn let_go(&self) -> bool {
        wakers(self.0.or(DONE | GONE)) == 0
    }
}

/// Whether a word is that of a slot which nobody has any more.
pub(super) const fn is_free(word: u32) -> bool {
    wakers(word) == 0 && word & GONE != 0
}

/// Whether a word is that of a task which stands in line.
pub(super) const fn is_in_line(word: u32) -> bool {
    word & (QUEUED | RUNNING) == QUEUED
}
