//! Who waits for a mutex, and what a trace calls it. It is kept here and not in the mutex, which has room for a single byte.
//!
//! A mutex is found by where its byte lies *and* by the *tag* in it. The tag is given at the first wait (or the first use
//! that is recorded) and moves with the mutex. A mutex without a known tag is new at its place: then whatever was known of
//! that place is of mutexes that are gone, since one that is waited for is borrowed and can neither move nor go. So a waiter
//! that was forgotten is never taken for one of a later mutex. What is known of an executor's tasks goes with it, and when
//! it panics.
//!
//! No borrow is held while a waker is cloned, dropped or used: that is user code.

use super::context;
use crate::alloc::uncounted;
use crate::record::Sink;
use crate::trace::SourceKind;
use crate::trace::ids::SourceId;
use std::cell::{Cell, RefCell};
use std::task::Waker;

/// The byte of a mutex: whether it is locked, whether it is fair, and its tag.
#[derive(Debug)]
pub(crate) struct LockByte(Cell<u8>);

const LOCKED: u8 = 1 << 7;
const FAIR: u8 = 1 << 6;
const TAG: u8 = FAIR - 1;

/// A mutex, as long as it stays where it is.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key {
    address: usize,
    tag: u8,
}

/// Tickets are numbers up to this: a lock keeps something else in the highest bit of theirs.
const MOST_TICKETS: u32 = u32::MAX >> 1;

struct Waiter {
    mutex: Key,
    ticket: u32,
    executor: u64,
    /// None while it is cloned.
    waker: Option<Waker>,
}

/// What an executor's trace calls a mutex.
struct Name {
    mutex: Key,
    executor: u64,
    source: SourceId,
}

#[derive(Default)]
struct Known {
    /// In order of arrival.
    waiters: Vec<Waiter>,
    names: Vec<Name>,
    last_ticket: u32,
    last_tag: u8,
}

thread_local! {
    static KNOWN: RefCell<Known> = const {
        RefCell::new(Known { waiters: Vec::new(), names: Vec::new(), last_ticket: 0, last_tag: 0 })
    };
}

/// Calls `f` with what is known; does nothing where the thread ends and it is gone.
fn with_known<T>(f: impl FnOnce(&mut Known) -> T) -> Option<T> {
    // What it takes is no allocation of the task's.
    KNOWN.try_with(|known| uncounted(|| f(&mut known.borrow_mut()))).ok()
}

impl Known {
    fn knows(&self, mutex: Key) -> bool {
        self.waiters.iter().any(|w| w.mutex == mutex) || self.names.iter().any(|n| n.mutex == mutex)
    }

    /// The key of a mutex, which gets a new tag if it is not known; and the wakers that were left for earlier ones.
    fn key(&mut self, byte: &LockByte) -> (Key, Vec<Option<Waker>>) {
        let mut key = byte.key();
        if key.tag != 0 && self.knows(key) {
            return (key, Vec::new());
        }
        let left = self.waiters.extract_if(.., |w| w.mutex.address == key.address).map(|w| w.waker).collect();
        self.names.retain(|n| n.mutex.address != key.address);
        // One that no mutex anywhere has, if there is one: so it says the same after the mutex has moved.
        for _ in 0..TAG {
            self.last_tag = self.last_tag % TAG + 1;
            let is_free = |other: Key| other.tag != self.last_tag;
            if self.waiters.iter().all(|w| is_free(w.mutex)) && self.names.iter().all(|n| is_free(n.mutex)) {
                break;
            }
        }
        key.tag = self.last_tag;
        byte.0.set(byte.0.get() & !TAG | key.tag);
        (key, left)
    }

    fn waiter(&mut self, mutex: Key, ticket: u32) -> Option<&mut Waiter> {
        self.waiters.iter_mut().find(|w| w.ticket == ticket && w.mutex == mutex)
    }
}

impl LockByte {
    /// Of a mutex that is free, and that the first task to find it free may lock.
    pub(crate) const fn new() -> Self {
        LockByte(Cell::new(0))
    }

    /// Of a mutex that is free, and that nobody may lock before those that stand in line.
    pub(crate) const fn fair() -> Self {
        LockByte(Cell::new(FAIR))
    }

    pub(crate) fn is_locked(&self) -> bool {
        self.0.get() & LOCKED != 0
    }

    /// Locks, and returns whether it did: it was free and, where it is fair, nobody stands in line before this ticket. `ticket`
    /// is 0 for one that is not in line.
    pub(crate) fn try_lock(&self, ticket: u32) -> bool {
        if self.0.get() & FAIR != 0 && self.first().is_some_and(|first| first != ticket) {
            return false;
        }
        let before = self.0.replace(self.0.get() | LOCKED);
        before & LOCKED == 0
    }

    pub(crate) fn unlock(&self) {
        self.0.set(self.0.get() & !LOCKED);
    }

    fn key(&self) -> Key {
        Key { address: std::ptr::from_ref(self).addr(), tag: self.0.get() & TAG }
    }

    /// What the running executor's trace calls the mutex; none where nothing is recorded.
    pub(crate) fn source(&self) -> SourceId {
        context::with_sink(|sink| if sink.is_recording() { self.source_in(sink) } else { SourceId::NONE })
            .unwrap_or_default()
    }

    fn source_in(&self, sink: &dyn Sink) -> SourceId {
        let executor = sink.number();
        let known = |known: &mut Known| {
            let (mutex, left) = known.key(self);
            let name = known.names.iter().find(|n| n.mutex == mutex && n.executor == executor);
            (mutex, name.map(|n| n.source), left)
        };
        let Some((mutex, name, left)) = with_known(known) else { return SourceId::NONE };
        drop(left);
        name.unwrap_or_else(|| {
            let source = sink.source(SourceKind::Mutex);
            if source.is_some() {
                with_known(|known| known.names.push(Name { mutex, executor, source }));
            }
            source
        })
    }

    /// Waits, at the end of the line, or stays there, with this waker from now on. `ticket` is 0 for a new one; returns the
    /// ticket. The task is woken by [`wake_first`](Self::wake_first).
    pub(crate) fn wait(&self, ticket: u32, waker: &Waker) -> u32 {
        let is_kept = with_known(|known| {
            known.waiter(self.key(), ticket).is_some_and(|w| w.waker.as_ref().is_some_and(|w| w.will_wake(waker)))
        });
        if is_kept != Some(false) {
            return ticket;
        }
        let waker = waker.clone();
        let executor = context::with_sink(|sink| sink.number()).unwrap_or_default();
        let waited = with_known(|known| {
            let (mutex, left) = known.key(self);
            if let Some(waiter) = known.waiter(mutex, ticket) {
                waiter.executor = executor;
                return (ticket, waiter.waker.replace(waker), left);
            }
            known.last_ticket = known.last_ticket % MOST_TICKETS + 1;
            let ticket = known.last_ticket;
            known.waiters.push(Waiter { mutex, ticket, executor, waker: Some(waker) });
            (ticket, None, left)
        });
        waited.map_or(ticket, |(ticket, stale, left)| {
            drop((stale, left));
            ticket
        })
    }

    /// Leaves the line; returns the waker that it had there.
    pub(crate) fn leave(&self, ticket: u32) -> Option<Waker> {
        with_known(|known| {
            let at = known.waiters.iter().position(|w| w.ticket == ticket && w.mutex == self.key())?;
            known.waiters.remove(at).waker
        })?
    }

    /// The ticket that is the first in line.
    fn first(&self) -> Option<u32> {
        with_known(|known| known.waiters.iter().find(|w| w.mutex == self.key()).map(|w| w.ticket)).flatten()
    }

    /// Whether that ticket is the first in line.
    pub(crate) fn is_first(&self, ticket: u32) -> bool {
        self.first() == Some(ticket)
    }

    /// A waker of the first in line, which stays there.
    pub(crate) fn first_waker(&self) -> Option<Waker> {
        let mutex = self.key();
        let (ticket, waker) = with_known(|known| {
            let first = known.waiters.iter_mut().find(|w| w.mutex == mutex)?;
            Some((first.ticket, first.waker.take()?))
        })??;
        let clone = waker.clone();
        let waker = with_known(|known| match known.waiter(mutex, ticket) {
            Some(waiter @ Waiter { waker: None, .. }) => {
                waiter.waker = Some(waker);
                None
            }
            // It left meanwhile, or has another one.
            _ => Some(waker),
        });
        drop(waker);
        Some(clone)
    }
}

/// An executor is gone, or its tasks are forgotten after a panic: nobody waits for them to lock or unlock any more.
pub(super) fn forget_executor(executor: u64, panicked: bool) {
    let left: Vec<_> = with_known(|known| {
        known.names.retain(|n| n.executor != executor);
        known.waiters.extract_if(.., |w| w.executor == executor).collect()
    })
    .unwrap_or_default();
    // After a panic nothing of its tasks is dropped.
    if panicked { std::mem::forget(left) } else { drop(left) }
}
