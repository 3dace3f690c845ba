//! A future that waits for a bell. It checks
//! the bell once, and leaves the waker of that
//! poll.

use crate::prelude::*;

pub struct TrustsWakes {
    pub bell: Bell,
    pub left: bool,
}

impl Future for TrustsWakes {
    type Output = ();

    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<()> {
        if self.left || self.bell.has_rung() {
            return Poll::Ready(());
        }
        self.left = true;
        self.bell.keep(cx.waker().clone());
        Poll::Pending
    }
}
