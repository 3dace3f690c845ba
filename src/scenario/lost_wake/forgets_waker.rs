//! A future that waits for a bell. It checks
//! the bell, and answers.

use crate::prelude::*;

pub struct ForgetsWaker {
    pub bell: Bell,
}

impl Future for ForgetsWaker {
    type Output = ();

    fn poll(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<()> {
        if self.bell.has_rung() {
            return Poll::Ready(());
        }
        Poll::Pending
    }
}
