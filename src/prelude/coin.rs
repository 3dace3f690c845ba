//! `Coin`: races that are fair, and still a pure function of a seed.
//!
//! The macros of `futures` and `tokio` draw from a random number of the process which branch they poll first. A run must be made
//! again from its seed, so the draw is this one's. What it promises:
//!
//! - Each poll of a race draws anew which of the two is polled first, whether one of them is ready or not.
//! - The draws are independent of each other, each with the chance of one half. So of two that are both ready in *n* polls, one
//!   is passed over in all of them with the chance of 2⁻ⁿ: nobody starves, and nobody has a turn that is sure.
//! - They depend on the seed and on the number of polls before, on nothing else. A coin that two tasks share would make them
//!   depend on the order of their polls: give each its own.

use super::race::{Either, first};
use crate::executor::{Declared, created_unmarked, enter};
use crate::trace::FutureRole;
use pin_project_lite::pin_project;
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

const RACE: Declared = Declared::new("FairRace", FutureRole::Race);
const SELECT: Declared = Declared::new("FairSelect", FutureRole::Select);

/// A coin that falls as its seed says. Clones are the same coin.
#[derive(Clone, Debug)]
pub struct Coin(Rc<RefCell<fastrand::Rng>>);

impl Coin {
    /// The coin of a seed.
    pub fn new(seed: u32) -> Coin {
        Coin(Rc::new(RefCell::new(fastrand::Rng::with_seed(seed.into()))))
    }

    /// The value of the future that is ready first; of two at once, of the one on which the coin falls.
    #[track_caller]
    pub fn race<A: Future, B: Future<Output = A::Output>>(&self, a: A, b: B) -> FairRace<A, B> {
        created_unmarked(RACE);
        FairRace { a, b, coin: self.clone() }
    }

    /// The same, and which one that is.
    #[track_caller]
    pub fn select<A: Future, B: Future>(&self, a: A, b: B) -> FairSelect<A, B> {
        created_unmarked(SELECT);
        FairSelect { a, b, coin: self.clone() }
    }

    /// Polls both, in the order that the coin says, until one is ready.
    #[track_caller]
    fn poll<A: Future, B: Future>(
        &self,
        a: Pin<&mut A>,
        b: Pin<&mut B>,
        cx: &mut Context<'_>,
    ) -> Poll<Either<A::Output, B::Output>> {
        let is_a_first = self.0.borrow_mut().bool();
        if is_a_first {
            return first(a, b, cx);
        }
        first(b, a, cx).map(|either| match either {
            Either::Left(b) => Either::Right(b),
            Either::Right(a) => Either::Left(a),
        })
    }
}

pin_project! {
    /// The first of two futures with one type of output. Made by [`Coin::race`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless awaited"]
    pub struct FairRace<A, B> {
        #[pin]
        a: A,
        #[pin]
        b: B,
        coin: Coin,
    }
}

impl<A: Future, B: Future<Output = A::Output>> Future for FairRace<A, B> {
    type Output = A::Output;

    #[track_caller]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<A::Output> {
        let entered = enter(RACE, &*self);
        let this = self.project();
        let poll = this.coin.poll(this.a, this.b, cx).map(|either| match either {
            Either::Left(value) | Either::Right(value) => value,
        });
        if poll.is_ready() {
            entered.ready();
        }
        poll
    }
}

pin_project! {
    /// The first of two futures. Made by [`Coin::select`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless awaited"]
    pub struct FairSelect<A, B> {
        #[pin]
        a: A,
        #[pin]
        b: B,
        coin: Coin,
    }
}

impl<A: Future, B: Future> Future for FairSelect<A, B> {
    type Output = Either<A::Output, B::Output>;

    #[track_caller]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let entered = enter(SELECT, &*self);
        let this = self.project();
        let poll = this.coin.poll(this.a, this.b, cx);
        if poll.is_ready() {
            entered.ready();
        }
        poll
    }
}
