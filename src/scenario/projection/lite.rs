//! With `pin-project-lite`: `#[pin]` says which
//! field is pinned.

use super::seen::{Value, cx};
use super::seen::{pinned, placed, plain};
use pin_project_lite::pin_project;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

pin_project! {
    pub struct Race<A, B> {
        #[pin]
        pub fut1: A,
        #[pin]
        pub fut2: B,
        pub polls: u32,
    }
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
        let this = self.project();
        *this.polls += 1;
        plain("polls", &this.polls);
        pinned("fut1", &this.fut1);
        match this.fut1.poll(cx) {
            Poll::Pending => {
                pinned("fut2", &this.fut2);
                this.fut2.poll(cx)
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
