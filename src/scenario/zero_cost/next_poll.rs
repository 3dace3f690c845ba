//! The wait that all of them share: over at the
//! next poll, and nothing else.

use std::pin::Pin;
use std::task::{Context, Poll};

pub struct NextPoll {
    polled: bool,
}

pub fn next_poll() -> NextPoll {
    NextPoll { polled: false }
}

impl Future for NextPoll {
    type Output = ();

    fn poll(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<()> {
        if self.polled {
            return Poll::Ready(());
        }
        self.polled = true;
        Poll::Pending
    }
}
