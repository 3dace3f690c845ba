//! `sleep`: a timer as a future.

use crate::executor::{Declared, Entered, created, discarded, dropped_unpolled, enter, enter_first, running};
use crate::record::{Mark, TimerKey, TimerState};
use crate::trace::FutureRole;
use std::future::Future;
use std::num::NonZeroU32;
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
    /// The key of its timer; before the first poll, its mark.
    word: u32,
}

/// Waits for `ms` milliseconds.
#[track_caller]
pub fn sleep(ms: u32) -> Sleep {
    Sleep::within(SLEEP, ms)
}

impl Future for Sleep {
    type Output = ();

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let entered = self.enter(SLEEP, &*self);
        let poll = self.poll_timer(cx);
        if poll.is_ready() {
            entered.ready();
        }
        poll
    }
}

impl Sleep {
    /// One for a future that waits under a name of its own.
    #[track_caller]
    pub(crate) fn within(declared: Declared, ms: u32) -> Sleep {
        Sleep { ms, word: created(declared).word() }
    }

    /// Begins a poll of the future that waits.
    #[track_caller]
    pub(crate) fn enter<T>(&self, declared: Declared, future: &T) -> Entered {
        match self.timer() {
            Some(_) => enter(declared, future),
            None => enter_first(declared, future, Mark::in_word(self.word)),
        }
    }

    /// None before the first poll.
    fn timer(&self) -> Option<TimerKey> {
        NonZeroU32::new(self.word).filter(|word| word.get() <= TimerKey::MOST).map(TimerKey)
    }

    /// The poll, for futures that wait under a name of their own: only the timer is recorded.
    pub(crate) fn poll_timer(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        match self.timer().map(|timer| running::keep_timer(timer, cx.waker())) {
            Some(TimerState::Set) => Poll::Pending,
            Some(TimerState::Fired) => Poll::Ready(()),
            None | Some(TimerState::Foreign) => {
                self.word = running::set_timer(self.ms, cx.waker().clone()).0.get();
                Poll::Pending
            }
        }
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        match self.timer() {
            Some(timer) => running::end_timer(timer),
            None => {
                dropped_unpolled(SLEEP);
                discarded(SLEEP, Mark::in_word(self.word));
            }
        }
    }
}
