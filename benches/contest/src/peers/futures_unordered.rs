//! `futures::stream::FuturesUnordered`, drained until it is empty or stalled.

#![cfg(feature = "peers")]

use super::{Peer, Run, Work};
use futures::stream::{FuturesUnordered as Unordered, Stream};
use futures::task::{ArcWake, waker};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

pub(crate) struct FuturesUnordered;

impl Peer for FuturesUnordered {
    type For<F: Work> = Group<F>;
}

pub(crate) struct Group<F> {
    futures: Unordered<F>,
    flag: Arc<Flag>,
}

/// Whether the group wants to be polled again: it gives way to others after some polls.
struct Flag(AtomicBool);

impl ArcWake for Flag {
    fn wake_by_ref(flag: &Arc<Self>) {
        flag.0.store(true, Ordering::Relaxed);
    }
}

impl<F: Work> Run<F> for Group<F> {
    fn new(_: usize) -> Self {
        Group { futures: Unordered::new(), flag: Arc::new(Flag(AtomicBool::new(true))) }
    }

    fn spawn(&mut self, future: F) {
        self.futures.push(future);
        self.flag.0.store(true, Ordering::Relaxed);
    }

    fn run(&mut self, _: impl Fn() -> bool) {
        let waker = waker(self.flag.clone());
        let mut cx = Context::from_waker(&waker);
        while self.flag.0.swap(false, Ordering::Relaxed) {
            while let Poll::Ready(Some(())) = Pin::new(&mut self.futures).poll_next(&mut cx) {}
        }
    }
}
