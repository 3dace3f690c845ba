//! By hand: `unsafe` twice, and comments alone
//! say which field is pinned.

use super::seen::{Value, cx};
use super::seen::{pinned, placed, plain};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

pub struct Race<A, B> {
    pub fut1: A,
    pub fut2: B,
    pub polls: u32,
}

impl<A, B> Future for Race<A, B>
where
    A: Future,
    B: Future<Output = A::Output>,
{
    type Output = A::Output;

    fn poll(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<A::Output> {
        // SAFETY: nothing is moved out of it;
        // `polls` is never pinned.
        let this = unsafe {
            self.get_unchecked_mut()
        };
        let polls = &mut this.polls;
        *polls += 1;
        plain("polls", &polls);
        // SAFETY: both are pinned as the whole,
        // no method and no drop moves them, and
        // `Unpin` is as the compiler makes it.
        let (fut1, fut2) = unsafe {
            let Race { fut1, fut2, .. } = this;
            (
                Pin::new_unchecked(fut1),
                Pin::new_unchecked(fut2),
            )
        };
        pinned("fut1", &fut1);
        match fut1.poll(cx) {
            Poll::Pending => {
                pinned("fut2", &fut2);
                fut2.poll(cx)
            }
            ready => ready,
        }
    }
}

pub fn run<F: Value>() {
    let race = Race {
        fut1: F::new(42),
        fut2: F::new(43),
        polls: 0,
    };
    let mut race = pin!(race);
    placed("fut1", &race.fut1);
    placed("fut2", &race.fut2);
    placed("polls", &race.polls);
    for _ in 0..2 {
        let _ = race.as_mut().poll(&mut cx());
    }
}
