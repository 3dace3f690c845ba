//! `tokio::task::LocalSet` on the current-thread runtime. It cannot say that it is stalled, so it is told.

#![cfg(feature = "peers")]

use super::{Peer, Run, Work};
use tokio::runtime::{Builder, Runtime};
use tokio::task::{LocalSet, yield_now};

pub(crate) struct TokioLocalSet {
    // Dropped before its runtime.
    tasks: LocalSet,
    runtime: Runtime,
}

impl Peer for TokioLocalSet {
    type For<F: Work> = TokioLocalSet;
}

impl<F: Work> Run<F> for TokioLocalSet {
    fn new(_: usize) -> Self {
        let runtime = Builder::new_current_thread().build().expect("a runtime without drivers needs nothing");
        TokioLocalSet { tasks: LocalSet::new(), runtime }
    }

    fn spawn(&mut self, future: F) {
        drop(self.tasks.spawn_local(future));
    }

    fn run(&mut self, stalled: impl Fn() -> bool) {
        self.runtime.block_on(self.tasks.run_until(async {
            while !stalled() {
                yield_now().await;
            }
        }));
    }
}
