//! As one would like to write it.

use std::pin::Pin;
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
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<A::Output> {
        self.polls += 1;
        match self.fut1.poll(cx) {
            Poll::Pending => self.fut2.poll(cx),
            ready => ready,
        }
    }
}
