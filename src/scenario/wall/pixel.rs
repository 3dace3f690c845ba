//! What a pixel's code sees of the wall: how long to wait, and a timer to wait for.
//!
//! It is small, since there are a million of it: the board that it belongs to is the one that is being driven.

use super::board;
use std::future::Future;
use std::num::NonZeroU32;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A place on the wall, and the future that has it.
pub struct Pixel {
    index: u32,
}

impl Pixel {
    pub(super) fn new(index: u32) -> Self {
        Pixel { index }
    }

    /// Whether there is another wait to come.
    pub fn lives_on(&self) -> bool {
        board::driven(|board| board.lives_on(self.index))
    }

    /// How long to wait now, in ms: as the pattern has it.
    pub fn next_wait(&self) -> u32 {
        board::driven(|board| board.next_wait(self.index))
    }

    /// Waits for `ms` milliseconds, and for one at least.
    pub fn sleep(&self, ms: u32) -> Sleep<'_> {
        Sleep { pixel: self, ms: NonZeroU32::new(ms.max(1)) }
    }

    /// Computes for as long as the form says.
    pub fn work(&self) {
        board::driven(|board| board.work(self.index));
    }
}

impl Drop for Pixel {
    /// The future is over: it has returned, or it is dropped with the wall.
    fn drop(&mut self) {
        board::driven(|board| board.done(self.index));
    }
}

/// Ready once the timer of its pixel has fired, which is set at the first poll.
#[must_use = "futures do nothing unless awaited"]
pub struct Sleep<'a> {
    pixel: &'a Pixel,
    /// None once the timer is set.
    ms: Option<NonZeroU32>,
}

impl Future for Sleep<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let Pixel { index } = *self.pixel;
        board::driven(|board| match self.ms.take() {
            Some(ms) => {
                board.set_timer(index, ms.get(), cx.waker());
                Poll::Pending
            }
            None if board.keep_timer(index, cx.waker()) => Poll::Pending,
            None => Poll::Ready(()),
        })
    }
}

impl Drop for Sleep<'_> {
    fn drop(&mut self) {
        board::driven(|board| board.cancel_timer(self.pixel.index));
    }
}
