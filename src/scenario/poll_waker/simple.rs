//! poll() without a waker: Pending says "not
//! yet", and nobody will say when to ask again.

use crate::prelude::*;

pub trait SimpleFuture {
    type Output;
    fn poll(&mut self) -> Poll<Self::Output>;
}

pub struct SimpleCall {
    pub bell: Bell,
}

impl SimpleFuture for SimpleCall {
    type Output = ();

    fn poll(&mut self) -> Poll<()> {
        if self.bell.has_rung() {
            return Poll::Ready(());
        }
        Poll::Pending
    }
}

/// All that can be done with one: ask again and
/// again.
pub struct AskAgain<F> {
    pub call: F,
    pub look: u32,
}

impl<F> Future for AskAgain<F>
where
    F: SimpleFuture + Unpin,
{
    type Output = F::Output;

    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<F::Output> {
        // To ask takes time, too, and the
        // thread.
        compute(self.look);
        let poll = self.call.poll();
        if poll.is_pending() {
            // Nobody has its waker: it wakes
            // itself, to ask again when it has
            // its next turn.
            cx.waker().wake_by_ref();
        }
        poll
    }
}

pub async fn caller(bell: Bell, look: u32) {
    let call = SimpleCall { bell };
    let asking = AskAgain { call, look };
    watched("AskAgain", asking).await;
    log!("served, without a waker");
}
