//! `ready` and `pending`: a value that is there at once, and one that never comes.

use crate::executor::{Declared, created_unmarked, enter};
use crate::trace::FutureRole;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Ready at its first poll. Made by [`ready`].
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Ready<T>(Option<T>);

pub(super) const READY: Declared = Declared::new("Ready", FutureRole::Ready);

/// A future that is ready with `value`.
#[track_caller]
pub fn ready<T>(value: T) -> Ready<T> {
    created_unmarked(READY);
    Ready(Some(value))
}

// The value is handed out, never pinned.
impl<T> Unpin for Ready<T> {}

impl<T> Future for Ready<T> {
    type Output = T;

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<T> {
        let entered = enter(READY, &*self);
        let value = self.0.take().expect("polled after ready");
        entered.ready();
        Poll::Ready(value)
    }
}

/// Never ready, and never woken. Made by [`pending`].
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Pending<T>(PhantomData<fn() -> T>);

pub(super) const PENDING: Declared = Declared::new("Pending", FutureRole::Pending);

/// A future that waits for ever.
#[track_caller]
pub fn pending<T>() -> Pending<T> {
    created_unmarked(PENDING);
    Pending(PhantomData)
}

impl<T> Future for Pending<T> {
    type Output = T;

    #[track_caller]
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<T> {
        let _entered = enter(PENDING, &*self);
        Poll::Pending
    }
}
