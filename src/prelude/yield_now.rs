//! `yield_now`: lets the other tasks be polled first.

use crate::executor::{Declared, enter_knowing};
use crate::trace::FutureRole;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Pending once, having woken its own task. Made by [`yield_now`].
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct YieldNow {
    yielded: bool,
}

/// Goes to the back of the run queue.
pub fn yield_now() -> YieldNow {
    YieldNow { yielded: false }
}

impl Future for YieldNow {
    type Output = ();

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let entered = enter_knowing(Declared::new("YieldNow", FutureRole::Yield), &*self, !self.yielded);
        if self.yielded {
            entered.ready();
            return Poll::Ready(());
        }
        self.yielded = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
