//! A limit, not an executor: futures of one known type in a `Vec`, polled round after round, woken or not.

#![cfg(not(any(feature = "zero-cost", feature = "traits", feature = "record", feature = "event-loop")))]

use super::{Peer, Run, Work};
use std::pin::Pin;
use std::task::{Context, Waker};

pub(crate) struct LimitConcrete;

impl Peer for LimitConcrete {
    type For<F: Work> = Concrete<F>;
}

pub(crate) struct Concrete<F> {
    futures: Vec<Option<F>>,
    left: usize,
}

impl<F: Work> Run<F> for Concrete<F> {
    fn new(tasks: usize) -> Self {
        Concrete { futures: Vec::with_capacity(tasks), left: 0 }
    }

    fn spawn(&mut self, future: F) {
        assert!(self.futures.len() < self.futures.capacity(), "the futures in the vector must not move");
        self.left += 1;
        self.futures.push(Some(future));
    }

    fn run(&mut self, stalled: impl Fn() -> bool) {
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            for slot in &mut self.futures {
                if let Some(future) = slot {
                    // SAFETY: the vector never grows, so a future does not move once it is in; it is dropped there.
                    if unsafe { Pin::new_unchecked(future) }.poll(&mut cx).is_ready() {
                        *slot = None;
                        self.left -= 1;
                    }
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
