//! The state of a task: flags, and the count of its wakers, in one word.
//!
//! The flags belong to the executor's thread: no other thread reads or writes them for their meaning. The count belongs
//! to every holder of a waker. Where wakers may be on other threads the word is an atomic; on wasm32 it is a plain cell,
//! which the compiler can see through. This file knows nothing of slots or pages.

/// Woken, and not polled since. Set by a wake (or the spawn), cleared when the poll begins; a wake that finds it set does
/// nothing. Beside `RUNNING` the task is not in the run queue yet: it is pushed after its poll.
pub(super) const QUEUED: u32 = 1;
/// Being polled. Set and cleared by the poll alone.
pub(super) const RUNNING: u32 = 1 << 1;
/// Cancelled during its poll. Set only beside `RUNNING`; the future cell is dropped after the poll.
pub(super) const CANCELLED: u32 = 1 << 2;
/// Its future cell is dropped, or about to be: wakes do nothing. Never cleared. Beside `QUEUED` the slot is still in the
/// run queue, and is released when it leaves it.
pub(super) const DONE: u32 = 1 << 3;
/// The executor has released the slot: the last waker frees it. Set only beside `DONE`, and never cleared.
pub(super) const RELEASED: u32 = 1 << 4;
/// Every wake, clone and drop is reported to a recorder. Set by the spawn or never.
pub(super) const RECORDED: u32 = 1 << 5;
/// The task can be found by its id. Set by the spawn or never.
pub(super) const INDEXED: u32 = 1 << 6;

/// A slot that is free.
pub(super) const FREE: u32 = DONE | RELEASED;

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

/// The topmost bit of the count. Set when a task has 8,388,608 wakers; then the count stands still, and the slot is never
/// freed. So no number of wakers is too many: beyond that one a slot is leaked.
pub(super) const SATURATED: u32 = 1 << 31;

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
        pub(super) fn sub(&self, by: u32) {
            self.0.set(self.0.get().wrapping_sub(by));
        }
        pub(super) fn or(&self, bits: u32) -> u32 {
            self.0.replace(self.0.get() | bits)
        }
        pub(super) fn xor(&self, bits: u32) -> u32 {
            self.0.replace(self.0.get() ^ bits)
        }
        pub(super) fn update(&self, next: impl Fn(u32) -> Option<u32>) -> Result<u32, u32> {
            let word = self.0.get();
            next(word).map(|next| self.0.replace(next)).ok_or(word)
        }
    }
}

#[cfg(not(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics")))))]
mod word {
    use super::super::sync::{AtomicU32, Ordering};

    /// What a thread did before it gave up its waker happens before the slot is freed: hence release when a waker is given
    /// up, and acquire when it may be the last, also where an update is refused because it is.
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
        pub(super) fn sub(&self, by: u32) {
            self.0.fetch_sub(by, Ordering::Relaxed);
        }
        pub(super) fn or(&self, bits: u32) -> u32 {
            self.0.fetch_or(bits, Ordering::AcqRel)
        }
        pub(super) fn xor(&self, bits: u32) -> u32 {
            self.0.fetch_xor(bits, Ordering::Relaxed)
        }
        pub(super) fn update(&self, next: impl Fn(u32) -> Option<u32>) -> Result<u32, u32> {
            self.0.try_update(Ordering::AcqRel, Ordering::Acquire, next)
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

    /// Sets the flags of a slot that was free.
    pub(super) fn init(&self, flags: u32) {
        self.0.put(flags);
    }

    pub(super) fn get(&self) -> u32 {
        self.0.get()
    }

    pub(super) fn has(&self, flags: u32) -> bool {
        self.get() & flags != 0
    }

    /// A task that was in the run queue, and is not done, is polled: `QUEUED` gives way to `RUNNING`.
    ///
    /// Of a `bare` task, neither recorded nor indexed, those are all its flags: saying so lets the compiler see through a
    /// wake in the poll.
    #[inline]
    pub(super) fn begin_poll(&self, bare: bool) {
        #[cfg(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics"))))]
        if bare {
            return self.init(self.get() & !(WAKER - 1) | RUNNING);
        }
        let _ = bare;
        self.flip(QUEUED | RUNNING);
    }

    /// Sets flags, and returns the word as it was.
    pub(super) fn set(&self, flags: u32) -> u32 {
        self.0.or(flags)
    }

    /// Changes each of the flags, and returns the word as it was.
    pub(super) fn flip(&self, flags: u32) -> u32 {
        self.0.xor(flags)
    }

    /// Counts a new waker, and returns the word as it is now. If that is `SATURATED`, the caller calls
    /// [`saturate`](Self::saturate).
    #[inline]
    pub(super) fn add_waker(&self) -> u32 {
        self.0.add(WAKER).wrapping_add(WAKER)
    }

    /// Given what [`add_waker`](Self::add_waker) returned: keeps a count still that has reached its limit.
    pub(super) fn saturate(&self, word: u32) {
        if word & SATURATED != 0 && wakers(word) != wakers(SATURATED) {
            self.0.sub(WAKER);
        }
    }

    /// Uses a waker up for the wake of a task that is idle, and neither done nor recorded: the caller pushes it. Does
    /// nothing and returns false otherwise, or where that takes more than one step.
    #[inline]
    pub(super) fn wake_idle(&self) -> bool {
        #[cfg(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics"))))]
        {
            let word = self.get();
            let is_idle = word & (QUEUED | RUNNING | DONE | RECORDED | SATURATED) == 0;
            if is_idle {
                self.init(word.wrapping_sub(WAKER) + QUEUED);
            }
            is_idle
        }
        #[cfg(not(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics")))))]
        false
    }

    /// Drops a waker of a task that the executor has not released, and that is not recorded. Does nothing and returns
    /// false otherwise, or where that takes more than one step.
    #[inline]
    pub(super) fn drop_plain(&self) -> bool {
        #[cfg(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics"))))]
        {
            let word = self.get();
            let is_plain = word & (RELEASED | RECORDED | SATURATED) == 0;
            if is_plain {
                self.init(word.wrapping_sub(WAKER));
            }
            is_plain
        }
        #[cfg(not(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics")))))]
        false
    }

    /// Drops a waker, and returns the word as it is now; if it [`is_free`], the caller frees the slot.
    pub(super) fn drop_waker(&self) -> u32 {
        // In one step: a count that stands still must not be seen below that, not even for a moment.
        let counted = |word| if word & SATURATED == 0 { Some(word - WAKER) } else { None };
        self.0.update(counted).map_or_else(|saturated| saturated, |word| word - WAKER)
    }

    /// Drops a waker, unless it is the last one of a slot that the executor has released. Returns whether it did.
    pub(super) fn drop_unless_last(&self) -> bool {
        let counted = |word| match word {
            _ if word & RELEASED != 0 && wakers(word) == 1 => None,
            _ if word & SATURATED != 0 => Some(word),
            _ => Some(word - WAKER),
        };
        self.0.update(counted).is_ok()
    }

    /// The executor releases the slot. Returns whether nobody else has it: then it is free.
    #[inline]
    pub(super) fn release(&self) -> bool {
        #[cfg(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics"))))]
        if wakers(self.get()) == 0 {
            self.init(FREE);
            return true;
        }
        wakers(self.0.or(DONE | RELEASED)) == 0
    }
}

/// Whether a word is that of a slot which nobody has any more.
pub(super) const fn is_free(word: u32) -> bool {
    wakers(word) == 0 && word & RELEASED != 0
}

/// Whether a word is that of a task in the run queue.
pub(super) const fn is_in_queue(word: u32) -> bool {
    word & (QUEUED | RUNNING) == QUEUED
}
