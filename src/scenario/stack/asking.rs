//! A read that wakes itself, to ask again.

use crate::prelude::*;

pub struct Asks {
    wire: Bell,
}

pub fn read(wire: Bell) -> Watched<Asks> {
    watched("Asks", Asks { wire })
}

impl Future for Asks {
    type Output = usize;

    fn poll(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<usize> {
        // To ask takes the thread's time.
        compute(1);
        if self.wire.has_rung() {
            return Poll::Ready(512);
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

pub async fn request(wire: Bell) {
    log!("request: sent");
    let bytes = read(wire).await;
    log!("request: {bytes} bytes came");
}
