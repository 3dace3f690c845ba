//! A limit, not an executor: boxed futures of any type in a `Vec`, polled round after round, woken or not.

#![cfg(not(any(feature = "zero-cost", feature = "traits", feature = "event-loop")))]

use super::{Peer, Run, Work};
use std::pin::Pin;
use std::task::{Context, Waker};

pub(crate) struct LimitBoxed;

impl Peer for LimitBoxed {
    type For<F: Work> = Boxed;
}

pub(crate) struct Boxed {
    futures: Vec<Option<Pin<Box<dyn Future<Output = ()>>>>>,
    left: usize,
}

impl<F: Work> Run<F> for Boxed {
    fn new(tasks: usize) -> Self {
        Boxed { futures: Vec::with_capacity(tasks), left: 0 }
    }

    fn spawn(&mut self, future: F) {
        self.left += 1;
        self.futures.push(Some(Box::pin(future)));
    }

    fn run(&mut self, stalled: impl Fn() -> bool) {
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            for slot in &mut self.futures {
                if let Some(future) = slot
                    && future.as_mut().poll(&mut cx).is_ready()
                {
                    *slot = None;
                    self.left -= 1;
                }
            }
            if stalled() {
                if self.left == 0 {
                    self.futures.clear();
                }
                break;
            }
        }
    }
}
