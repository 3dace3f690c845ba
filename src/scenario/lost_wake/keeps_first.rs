//! A future that waits for a bell. It checks
//! the bell, and at first leaves the waker of
//! its poll.

use crate::prelude::*;

pub struct KeepsFirst {
    pub bell: Bell,
    pub left: bool,
}

impl Future for KeepsFirst {
    type Output = ();

    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<()> {
        if self.bell.has_rung() {
            return Poll::Ready(());
        }
        if !self.left {
            self.left = true;
            self.bell.keep(cx.waker().clone());
        }
        Poll::Pending
    }
}
