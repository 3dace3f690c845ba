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

/// A slot that is free.
pub(super) const FREE: u32 = DONE | GONE;

/// One waker.
const WAKER: u32 = 1 << 8;

/// How many wakers a word counts.
pub(super) const fn wakers(word: u32) -> u32 {
    word / WAKER
}

/// The flags of a word.
pub(super) const fn flags(word: u32) -> u32 {
    word % WAKER
}

/// Set when a task has far too many wakers.
pub(super) const TOO_MANY: u32 = 1 << 31;

#[cfg(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics"))))]
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
        pub(super) fn update(&self, next: impl Fn(u32) -> Option<u32>) -> bool {
            next(self.0.get()).inspect(|&word| self.0.set(word)).is_some()
        }
    }
}

#[cfg(not(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics")))))]
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
        pub(super) fn update(&self, next: impl Fn(u32) -> Option<u32>) -> bool {
            self.0.try_update(Ordering::AcqRel, Ordering::Acquire, next).is_ok()
        }
    }
}

/// The word.
pub(super) struct State(word::Word);

impl State {
    /// Flags, and no waker.
    #[cfg(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics"))))]
    pub(super) const fn new(flags: u32) -> Self {
        State(word::Word::new(flags))
    }

    /// Flags, and no waker.
    #[cfg(not(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics")))))]
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

    /// What stood in line, and is not done, is polled: `QUEUED` gives way to `RUNNING`.
    ///
    /// Of a task that is `bare`, neither watched nor named, that says what all its flags are: so the compiler sees
    /// through a wake in the poll.
    #[inline]
    pub(super) fn begin_poll(&self, bare: bool) {
        #[cfg(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics"))))]
        if bare {
            return self.begin(self.get() & !(WAKER - 1) | RUNNING);
        }
        let _ = bare;
        self.flip(QUEUED | RUNNING);
    }

    /// Sets flags, and gives the word as it was.
    pub(super) fn set(&self, flags: u32) -> u32 {
        self.0.or(flags)
    }

    /// Changes each of the flags, and gives the word as it was.
    pub(super) fn flip(&self, flags: u32) -> u32 {
        self.0.xor(flags)
    }

    /// Counts a new waker, and gives the word as it is now.
    #[inline]
    pub(super) fn add_waker(&self) -> u32 {
        self.0.add(WAKER).wrapping_add(WAKER)
    }

    /// A waker is used up to wake a task that is idle, and neither done nor watched: it is put in line by the caller.
    /// Does nothing, and says so, where it is otherwise, or where that takes more than one step.
    #[inline]
    pub(super) fn wake_idle(&self) -> bool {
        #[cfg(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics"))))]
        {
            let word = self.get();
            let is_idle = word & (QUEUED | RUNNING | DONE | WATCHED) == 0;
            if is_idle {
                self.begin(word.wrapping_sub(WAKER) + QUEUED);
            }
            is_idle
        }
        #[cfg(not(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics")))))]
        false
    }

    /// Forgets a waker of a task that the executor still has, and nobody watches. Does nothing, and says so, where it
    /// is otherwise, or where that takes more than one step.
    #[inline]
    pub(super) fn drop_plain(&self) -> bool {
        #[cfg(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics"))))]
        {
            let word = self.get();
            let is_plain = word & (GONE | WATCHED) == 0;
            if is_plain {
                self.begin(word.wrapping_sub(WAKER));
            }
            is_plain
        }
        #[cfg(not(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics")))))]
        false
    }

    /// Forgets a waker, and gives the word as it is now; with `GONE` and no waker left in it, the caller frees the slot.
    pub(super) fn drop_waker(&self) -> u32 {
        self.0.sub(WAKER).wrapping_sub(WAKER)
    }

    /// Forgets a waker, unless it is the last one of a slot that the executor has let go of. Says whether it did.
    pub(super) fn drop_unless_last(&self) -> bool {
        self.0.update(|word| if word & GONE != 0 && wakers(word) == 1 { None } else { Some(word - WAKER) })
    }

    /// The executor lets go, and says whether it was the last: then the slot is free.
    #[inline]
    pub(super) fn let_go(&self) -> bool {
        #[cfg(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics"))))]
        if wakers(self.get()) == 0 {
            self.begin(FREE);
            return true;
        }
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
