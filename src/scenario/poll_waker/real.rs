//! The real poll() is handed a waker, and
//! leaves it with the bell, which knows when to
//! ask again.

use crate::prelude::*;

pub struct Call {
    pub bell: Bell,
}

impl Future for Call {
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

pub async fn caller(bell: Bell) {
    watched("Call", Call { bell }).await;
    log!("served, with a waker");
}
