//! The same fold by hand: a state before the
//! first poll, one for the wait, one for the
//! end.

use super::next_poll::{NextPoll, next_poll};
use futures::ready;
use std::pin::Pin;
use std::task::{Context, Poll};
use Fold::*;

pub enum Fold {
    Start { n: u32 },
    Waiting {
        i: u32,
        n: u32,
        sum: u32,
        wait: NextPoll,
    },
    Done,
}

pub fn fold(n: u32) -> Fold {
    Start { n }
}

impl Future for Fold {
    type Output = u32;

    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<u32> {
        loop {
            let (i, n, sum) = match &mut *self {
                Start { n } => (0, *n, 0),
                Waiting { i, n, sum, wait } => {
                    let wait = Pin::new(wait);
                    ready!(wait.poll(cx));
                    let s =
                        sum.wrapping_mul(31);
                    let s = s.wrapping_add(*i);
                    (*i + 1, *n, s)
                }
                Done => {
                    panic!("polled after Ready")
                }
            };
            if i == n {
                *self = Done;
                return Poll::Ready(sum);
            }
            let wait = next_poll();
            *self = Waiting { i, n, sum, wait };
        }
    }
}
