//! `RefCell` and `std::sync::Mutex` as they are: who asks for the value, has it, and finds it taken is recorded besides.

use crate::executor::{Source, asked, found_empty, locked};
use crate::trace::SourceKind;
use std::cell;
use std::ops::{Deref, DerefMut};
use std::sync::{self, TryLockError};

/// A guard: it says when it is dropped.
#[derive(Debug)]
pub struct Lent<'a, G> {
    guard: G,
    source: &'a Source,
}

impl<'a, G> Lent<'a, G> {
    /// What was asked for: with a guard the task has it, and without one somebody else does.
    #[track_caller]
    fn recorded<E>(guard: Result<G, E>, source: &'a Source) -> Result<Self, E> {
        asked();
        match guard {
            Ok(guard) => {
                locked(source.id(), true);
                Ok(Lent { guard, source })
            }
            Err(taken) => {
                found_empty(source.id());
                Err(taken)
            }
        }
    }
}

impl<G: Deref> Deref for Lent<'_, G> {
    type Target = G::Target;

    fn deref(&self) -> &G::Target {
        &self.guard
    }
}

impl<G: DerefMut> DerefMut for Lent<'_, G> {
    fn deref_mut(&mut self) -> &mut G::Target {
        &mut self.guard
    }
}

impl<G> Drop for Lent<'_, G> {
    fn drop(&mut self) {
        locked(self.source.id(), false);
    }
}

pub struct RefCell<T> {
    cell: cell::RefCell<T>,
    source: Source,
}

impl<T> RefCell<T> {
    pub fn new(value: T) -> Self {
        RefCell { cell: cell::RefCell::new(value), source: Source::new(SourceKind::Mutex) }
    }

    /// It panics as the standard library's does: where it is taken, that one is asked again.
    #[track_caller]
    pub fn borrow_mut(&self) -> Lent<'_, cell::RefMut<'_, T>> {
        match Lent::recorded(self.cell.try_borrow_mut(), &self.source) {
            Ok(lent) => lent,
            Err(_) => Lent { guard: self.cell.borrow_mut(), source: &self.source },
        }
    }
}

pub struct StdMutex<T> {
    lock: sync::Mutex<T>,
    source: Source,
}

type Guard<'a, T> = Lent<'a, sync::MutexGuard<'a, T>>;
type Taken<'a, T> = TryLockError<sync::MutexGuard<'a, T>>;

impl<T> StdMutex<T> {
    pub fn new(value: T) -> Self {
        StdMutex { lock: sync::Mutex::new(value), source: Source::new(SourceKind::Mutex) }
    }

    #[track_caller]
    pub fn try_lock(&self) -> Result<Guard<'_, T>, Taken<'_, T>> {
        Lent::recorded(self.lock.try_lock(), &self.source)
    }
}
