//! A future that waits for a bell. It checks
//! the bell, and leaves the waker of its poll.

use crate::prelude::*;

pub struct KeepsWaker {
    pub bell: Bell,
}

impl Future for KeepsWaker {
    type Output = ();

    fn poll(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<()> {
        if self.bell.has_rung() {
            return Poll::Ready(());
        }
        self.bell.keep(cx.waker().clone());
        Poll::Pending
    }
}
