//! `sleep`: a timer as a future.

use crate::executor::{Declared, dropped_unpolled, enter_knowing, running};
use crate::record::{TimerKey, TimerState};
use crate::trace::FutureRole;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

const SLEEP: Declared = Declared::new("Sleep", FutureRole::Timer);

/// Ready once its timer has fired. Made by [`sleep`].
///
/// The timer is set at the first poll, not before: a future does nothing until it is polled. It counts from that poll, and
/// fires between polls, so that it is pending at least once, even for 0 ms. In another executor than that of its first poll
/// it starts anew.
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Sleep {
    ms: u32,
    /// None before the first poll.
    timer: Option<TimerKey>,
}

/// Waits for `ms` milliseconds.
pub fn sleep(ms: u32) -> Sleep {
    Sleep { ms, timer: None }
}

impl Future for Sleep {
    type Output = ();

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let entered = enter_knowing(SLEEP, &*self, self.timer.is_none());
        let poll = self.poll_timer(cx);
        if poll.is_ready() {
            entered.ready();
        }
        poll
    }
}

impl Sleep {
    /// The poll, for futures that wait under a name of their own: only the timer is recorded.
    pub(crate) fn poll_timer(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        match self.timer.map(|timer| running::keep_timer(timer, cx.waker())) {
            Some(TimerState::Set) => Poll::Pending,
            Some(TimerState::Fired) => Poll::Ready(()),
            None | Some(TimerState::Foreign) => {
                self.timer = Some(running::set_timer(self.ms, cx.waker().clone()));
                Poll::Pending
            }
        }
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        match self.timer {
            Some(timer) => running::end_timer(timer),
            None => dropped_unpolled(SLEEP),
        }
    }
}
