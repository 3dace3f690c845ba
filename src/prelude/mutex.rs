//! A mutex for tasks: whoever finds it locked waits in line, and the thread goes on with other tasks.
//!
//! It barges: a [`Lock`] that is polled while the mutex is free takes it, whoever waits. Otherwise it joins the
//! line, once, and keeps its place. Unlocking wakes the first in line, which stays there until its own poll takes
//! the mutex; a lock that is dropped while it is first in line of a free mutex wakes the next.
//!
//! The value stands right in the mutex, with one byte beside it. Who waits is kept outside, by the mutex's
//! address: a mutex that is waited for is borrowed, so it cannot move.

use crate::executor::{enter, held, locked, looked, released, source_at, wake_from};
use crate::trace::SourceKind;
use crate::trace::event::WakeSource;
use crate::trace::ids::SourceId;
use std::cell::{Cell, RefCell, UnsafeCell};
use std::future::Future;
use std::ops::{Deref, DerefMut};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

struct Waiter {
    mutex: usize,
    ticket: u32,
    waker: Waker,
}

thread_local! {
    /// Everybody who waits, in order of arrival.
    static LINE: RefCell<Vec<Waiter>> = const { RefCell::new(Vec::new()) };
    /// The last ticket that was given out.
    static TICKETS: Cell<u32> = const { Cell::new(0) };
}

/// A value that one task at a time can have.
#[derive(Debug)]
pub struct Mutex<T> {
    /// Whether a guard is alive. There is at most one: `lock` makes it when this was false, and its drop clears it.
    locked: Cell<bool>,
    value: UnsafeCell<T>,
}

impl<T> Mutex<T> {
    /// A mutex that is free.
    pub const fn new(value: T) -> Self {
        Mutex { locked: Cell::new(false), value: UnsafeCell::new(value) }
    }

    /// The value, once the mutex is free.
    pub fn lock(&self) -> Lock<'_, T> {
        Lock { mutex: self, ticket: 0 }
    }

    fn address(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }

    fn first_in_line(&self) -> Option<(u32, Waker)> {
        let first = |w: &&Waiter| w.mutex == self.address();
        LINE.with_borrow(|line| line.iter().find(first).map(|w| (w.ticket, w.waker.clone())))
    }

    fn wake_first(&self) {
        if let Some((_, waker)) = self.first_in_line() {
            wake_from(self.source(), waker);
        }
    }

    /// What a trace calls it.
    fn source(&self) -> SourceId {
        source_at(SourceKind::Mutex, self.address())
    }
}

/// The value of a mutex, once it is free. Made by [`Mutex::lock`].
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Lock<'a, T> {
    mutex: &'a Mutex<T>,
    /// 0 while it is not in line.
    ticket: u32,
}

impl<T> Lock<'_, T> {
    fn leave(&mut self) {
        let ticket = std::mem::take(&mut self.ticket);
        if ticket == 0 {
            return;
        }
        let left = LINE.with_borrow_mut(|line| {
            let at = line.iter().position(|w| w.ticket == ticket)?;
            Some(line.remove(at))
        });
        let source = self.mutex.source();
        if left.is_some() && source.is_some() {
            released(WakeSource::Source(source));
        }
        drop(left);
    }

    /// Joins the line, or stays in it with this waker.
    fn wait(&mut self, waker: &Waker) {
        let source = self.mutex.source();
        looked(source);
        let is_kept = LINE.with_borrow(|line| line.iter().any(|w| w.ticket == self.ticket && w.waker.will_wake(waker)));
        // It has its waker still, whatever that was used for meanwhile.
        if source.is_some() {
            held(WakeSource::Source(source));
        }
        if is_kept {
            return;
        }
        let waker = waker.clone();
        let stale = LINE.with_borrow_mut(|line| match line.iter_mut().find(|w| w.ticket == self.ticket) {
            Some(waiter) => Some(std::mem::replace(&mut waiter.waker, waker)),
            None => {
                TICKETS.set(TICKETS.get() + 1);
                self.ticket = TICKETS.get();
                line.push(Waiter { mutex: self.mutex.address(), ticket: self.ticket, waker });
                None
            }
        });
        drop(stale);
    }
}

impl<'a, T> Future for Lock<'a, T> {
    type Output = MutexGuard<'a, T>;

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<MutexGuard<'a, T>> {
        let entered = enter("Lock", &*self);
        if self.mutex.locked.replace(true) {
            self.wait(cx.waker());
            return Poll::Pending;
        }
        self.leave();
        entered.ready();
        locked(self.mutex.source(), true);
        Poll::Ready(MutexGuard { mutex: self.mutex })
    }
}

impl<T> Drop for Lock<'_, T> {
    fn drop(&mut self) {
        if self.ticket == 0 {
            return;
        }
        let was_first = self.mutex.first_in_line().is_some_and(|(ticket, _)| ticket == self.ticket);
        self.leave();
        if was_first && !self.mutex.locked.get() {
            // The wake that it had is for the next.
            self.mutex.wake_first();
        }
    }
}

/// The value of a locked mutex. Dropping it unlocks.
#[derive(Debug)]
pub struct MutexGuard<'a, T> {
    mutex: &'a Mutex<T>,
}

impl<T> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: this is the only guard (see `Mutex::locked`), and it is borrowed for as long as the reference
        // lives, so that nothing mutates the value meanwhile.
        unsafe { &*self.mutex.value.get() }
    }
}

impl<T> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: this is the only guard (see `Mutex::locked`), and it is borrowed mutably for as long as the
        // reference lives, so that no other reference to the value exists.
        unsafe { &mut *self.mutex.value.get() }
    }
}

impl<T> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        self.mutex.locked.set(false);
        locked(self.mutex.source(), false);
        self.mutex.wake_first();
    }
}
