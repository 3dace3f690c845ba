//! A read that leaves its waker, and waits.

use crate::prelude::*;

pub struct Read {
    wire: Bell,
}

pub fn read(wire: Bell) -> Watched<Read> {
    watched("Read", Read { wire })
}

impl Future for Read {
    type Output = usize;

    fn poll(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<usize> {
        if self.wire.has_rung() {
            return Poll::Ready(512);
        }
        // To the reactor, beside the socket.
        self.wire.keep(cx.waker().clone());
        Poll::Pending
    }
}
