//! `yield_opaque`: as `yield`, with a leaf that the compiler cannot look into, as one behind a library's boundary is.

use super::yield_;
use crate::measure::done;
use crate::peers::Peer;
use std::hint::black_box;
use std::pin::Pin;
use std::task::{Context, Poll};

pub(crate) fn run<P: Peer>(units: u32) -> u32 {
    yield_::on::<P, _>(units, task)
}

pub(crate) async fn task(times: u32) {
    for _ in 0..times {
        YieldNow(false).await;
    }
    done();
}

pub(super) struct YieldNow(pub(super) bool);

impl Future for YieldNow {
    type Output = ();

    #[inline(never)]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if black_box(self.0) {
            return Poll::Ready(());
        }
        self.0 = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
