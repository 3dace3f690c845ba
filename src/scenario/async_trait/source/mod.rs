//! What is read from: each read waits for its bytes, if they take their time. It is plumbing, and is not shown: where it waits is
//! told as the line that awaits the read.

use crate::prelude::{Context, Pin, Poll, Sleep, sleep};
use std::future::{Future, poll_fn};
use std::task::ready;

pub struct Source {
    /// In ms.
    wait: u32,
    waits: Option<Sleep>,
}

impl Source {
    pub fn new(wait: u32) -> Self {
        Source { wait, waits: None }
    }

    /// Fills the buffer, when its bytes have come.
    pub fn poll_take(&mut self, cx: &mut Context<'_>, buf: &mut [u8]) -> Poll<usize> {
        if self.wait > 0 {
            let waits = self.waits.get_or_insert_with(|| sleep(self.wait));
            ready!(Pin::new(waits).poll(cx));
            self.waits = None;
        }
        buf.fill(7);
        Poll::Ready(buf.len())
    }

    /// The same, as an async fn.
    pub async fn take(&mut self, buf: &mut [u8]) -> usize {
        poll_fn(|cx| self.poll_take(cx, buf)).await
    }
}
