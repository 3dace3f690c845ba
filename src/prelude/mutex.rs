//! A mutex for tasks: a task that finds it locked waits in line, and the thread goes on with other tasks.
//!
//! # Fairness
//!
//! There are two kinds. In both, tasks that wait stand in line: first come, first served; unlocking wakes the first in line,
//! which keeps its place until its own poll takes the mutex; a lock that is dropped while it is first in line of a free mutex
//! wakes the next.
//!
//! - [`Mutex::new`] is *unfair*, it barges: a [`Lock`] that is polled while the mutex is free takes it, no matter who waits. A task
//!   that unlocks and locks again in one poll has it again, and a waiter can starve.
//! - [`Mutex::fair`] is *fair*, as tokio's is: a lock takes it only if nobody stands in line before it. Nobody overtakes, and
//!   a waiter that is woken but not polled blocks all others (a futurelock).
//!
//! A lock that waits and is *forgotten* (`mem::forget`), so that its drop never runs, keeps its place as long as its mutex
//! and its executor are there, and a wake that it gets is lost; it never disturbs another mutex.
//!
//! # Layout
//!
//! The value comes first, then one byte: whether it is locked, its kind, and a tag. Who waits is kept elsewhere, by that tag:
//! there is no room for more.

use crate::executor::{
    Declared, LockByte, created, discarded, enter, enter_first, found_empty, held_until_now, holds, locked, released,
    used, wake_from,
};
use crate::record::Mark;
use crate::trace::FutureRole;
use std::cell::UnsafeCell;
use std::future::Future;
use std::ops::{Deref, DerefMut};
use std::pin::Pin;
use std::task::{Context, Poll};

/// A value that one task at a time can have.
#[derive(Debug)]
#[repr(C)]
pub struct Mutex<T> {
    value: UnsafeCell<T>,
    /// Whether a guard is alive. There is at most one (M1): `lock` makes it when this was free, and its drop frees this.
    byte: LockByte,
}

impl<T> Mutex<T> {
    /// An unfair mutex that is free.
    pub const fn new(value: T) -> Self {
        Mutex { value: UnsafeCell::new(value), byte: LockByte::new() }
    }

    /// A fair mutex that is free.
    ///
    /// # Examples
    ///
    /// ```
    /// use pollscope::executor::Executor;
    /// use pollscope::prelude::*;
    ///
    /// let executor = Executor::new(());
    /// executor.spawn_detached("main", async {
    ///     let mutex = Rc::new(Mutex::fair(0));
    ///     let held = mutex.lock().await;
    ///     let other = spawn({
    ///         let mutex = mutex.clone();
    ///         async move { *mutex.lock().await += 1 }
    ///     });
    ///     yield_now().await;
    ///     drop(held);
    ///     // The other task was first in line: an unfair mutex would be 0 here.
    ///     assert_eq!(*mutex.lock().await, 1);
    ///     other.await;
    /// });
    /// executor.run();
    /// ```
    pub const fn fair(value: T) -> Self {
        Mutex { value: UnsafeCell::new(value), byte: LockByte::fair() }
    }

    /// The value, once the mutex is free.
    #[track_caller]
    pub fn lock(&self) -> Lock<'_, T> {
        Lock { mutex: self, ticket: created(LOCK).word() }
    }

    fn wake_first(&self) {
        if let Some(waker) = self.byte.first_waker() {
            wake_from(self.byte.source(), waker);
        }
    }
}

/// The value of a mutex, once it is free. Made by [`Mutex::lock`].
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Lock<'a, T> {
    mutex: &'a Mutex<T>,
    /// 0 while it is not in line, or, before the first poll, its mark.
    ticket: u32,
}

const LOCK: Declared = Declared::new("Lock", FutureRole::Lock);

impl<T> Lock<'_, T> {
    fn leave(&mut self) {
        let ticket = std::mem::take(&mut self.ticket);
        if ticket != 0 {
            let source = self.mutex.byte.source();
            used(|| source);
            let waker = self.mutex.byte.leave(ticket);
            if waker.is_some() {
                released(source);
            }
            drop(waker);
        }
    }

    /// Joins the line, or stays in it with this waker.
    fn wait(&mut self, waker: &std::task::Waker) {
        let source = self.mutex.byte.source();
        found_empty(source);
        // It has a waker of this task, be it the one that it had before.
        holds(source, waker);
        self.ticket = self.mutex.byte.wait(self.ticket, waker);
    }
}

impl<'a, T> Future for Lock<'a, T> {
    type Output = MutexGuard<'a, T>;

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<MutexGuard<'a, T>> {
        let mark = Mark::in_word(self.ticket);
        // One that is not in line has not been polled before: once it had the mutex it is not polled again.
        let entered = if self.ticket == mark.word() { enter_first(LOCK, &*self, mark) } else { enter(LOCK, &*self) };
        if mark != Mark::NONE {
            self.ticket = 0;
        }
        if !self.mutex.byte.try_lock(self.ticket) {
            self.wait(cx.waker());
            return Poll::Pending;
        }
        self.leave();
        entered.ready();
        locked(self.mutex.byte.source(), true);
        Poll::Ready(MutexGuard { mutex: self.mutex })
    }
}

impl<T> Drop for Lock<'_, T> {
    fn drop(&mut self) {
        let mark = Mark::in_word(self.ticket);
        if self.ticket == mark.word() {
            // A lock that had the mutex has neither ticket nor mark.
            if mark != Mark::NONE {
                discarded(LOCK, mark);
            }
            return;
        }
        let was_first = self.mutex.byte.is_first(self.ticket);
        self.leave();
        if was_first && !self.mutex.byte.is_locked() {
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
        // SAFETY: this is the only guard (M1), and it is borrowed for as long as the reference lives, so that nothing mutates
        // the value meanwhile.
        unsafe { &*self.mutex.value.get() }
    }
}

impl<T> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: this is the only guard (M1), and it is borrowed mutably for as long as the reference lives, so that no other
        // reference to the value exists.
        unsafe { &mut *self.mutex.value.get() }
    }
}

impl<T> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        self.mutex.byte.unlock();
        let source = self.mutex.byte.source();
        held_until_now(source);
        locked(source, false);
        self.mutex.wake_first();
    }
}
