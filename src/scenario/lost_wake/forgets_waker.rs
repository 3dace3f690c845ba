//! Wrong: it says Pending and gives nobody its waker to
//! wake. The bell will ring, and wake nobody.

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
