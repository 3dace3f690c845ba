//! `race` and `select`: the first of two futures; the other is dropped.
//!
//! Both poll the left one first, at every poll, and do not poll the right one when the left is ready: they are biased (`coin` has
//! fair ones). The loser is dropped with the race itself, at whatever await it is.

use crate::executor::{Declared, created_unmarked, enter};
use crate::trace::FutureRole;
use pin_project_lite::pin_project;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

pin_project! {
    /// The first of two futures with one type of output. Made by [`race`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless awaited"]
    pub struct Race<A, B> {
        #[pin]
        a: A,
        #[pin]
        b: B,
    }
}

pub(super) const RACE: Declared = Declared::new("Race", FutureRole::Race);
pub(super) const SELECT: Declared = Declared::new("Select", FutureRole::Select);

/// The value of the future that is ready first.
#[track_caller]
pub fn race<A: Future, B: Future<Output = A::Output>>(a: A, b: B) -> Race<A, B> {
    created_unmarked(RACE);
    Race { a, b }
}

impl<A: Future, B: Future<Output = A::Output>> Future for Race<A, B> {
    type Output = A::Output;

    #[track_caller]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<A::Output> {
        let entered = enter(RACE, &*self);
        let this = self.project();
        let poll = first(this.a, this.b, cx).map(|e| match e {
            Either::Left(value) | Either::Right(value) => value,
        });
        if poll.is_ready() {
            entered.ready();
        }
        poll
    }
}

/// One of two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Either<L, R> {
    /// The left one.
    Left(L),
    /// The right one.
    Right(R),
}

pin_project! {
    /// The first of two futures. Made by [`select`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless awaited"]
    pub struct Select<A, B> {
        #[pin]
        a: A,
        #[pin]
        b: B,
    }
}

/// The value of the future that is ready first, and which one that is.
#[track_caller]
pub fn select<A: Future, B: Future>(a: A, b: B) -> Select<A, B> {
    created_unmarked(SELECT);
    Select { a, b }
}

impl<A: Future, B: Future> Future for Select<A, B> {
    type Output = Either<A::Output, B::Output>;

    #[track_caller]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let entered = enter(SELECT, &*self);
        let this = self.project();
        let poll = first(this.a, this.b, cx);
        if poll.is_ready() {
            entered.ready();
        }
        poll
    }
}

#[track_caller]
pub(super) fn first<A: Future, B: Future>(
    a: Pin<&mut A>,
    b: Pin<&mut B>,
    cx: &mut Context<'_>,
) -> Poll<Either<A::Output, B::Output>> {
    match a.poll(cx) {
        Poll::Ready(value) => Poll::Ready(Either::Left(value)),
        Poll::Pending => b.poll(cx).map(Either::Right),
    }
}
