//! `yield_now`: lets the other tasks be polled first.

use crate::executor::{Declared, created_unmarked, enter, enter_first};
use crate::record::Mark;
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

pub(super) const YIELD: Declared = Declared::new("YieldNow", FutureRole::Yield);

/// Goes to the back of the run queue.
#[track_caller]
pub fn yield_now() -> YieldNow {
    created_unmarked(YIELD);
    YieldNow { yielded: false }
}

impl Future for YieldNow {
    type Output = ();

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.yielded {
            enter(YIELD, &*self).ready();
            return Poll::Ready(());
        }
        let _entered = enter_first(YIELD, &*self, Mark::NONE);
        self.yielded = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
