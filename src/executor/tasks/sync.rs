//! What threads share: from the standard library, or from `loom`, under which a test tries every order of their steps.

#[cfg(not(loom))]
pub(super) use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

#[cfg(loom)]
pub(super) use loom::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

/// The number of a thread, which other threads may read; 0 is none.
#[cfg(not(loom))]
pub(super) type ThreadCell = std::cell::Cell<u64>;
#[cfg(loom)]
pub(super) type ThreadCell = loom::cell::Cell<u64>;

/// A number for the thread that asks, from 1, which no other thread of this process has ever had.
#[cfg(not(loom))]
pub(super) fn this_thread() -> u64 {
    use std::cell::Cell;
    use std::sync::atomic::AtomicU64;
    static NEXT: AtomicU64 = AtomicU64::new(1);
    thread_local! {
        static THIS: Cell<u64> = const { Cell::new(0) };
    }
    match THIS.get() {
        0 => {
            let new = NEXT.fetch_add(1, Ordering::Relaxed);
            THIS.set(new);
            new
        }
        known => known,
    }
}

/// Loom's threads share one thread of the machine.
#[cfg(loom)]
pub(super) fn this_thread() -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    loom::thread::current().id().hash(&mut hasher);
    hasher.finish()
}
