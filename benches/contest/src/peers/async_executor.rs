//! `async_executor::LocalExecutor`.

#![cfg(feature = "peers")]

use super::{Peer, Run, Work};
use ::async_executor::LocalExecutor;

pub(crate) struct AsyncExecutor {
    executor: LocalExecutor<'static>,
}

impl Peer for AsyncExecutor {
    type For<F: Work> = AsyncExecutor;
}

impl<F: Work> Run<F> for AsyncExecutor {
    fn new(_: usize) -> Self {
        AsyncExecutor { executor: LocalExecutor::new() }
    }

    fn spawn(&mut self, future: F) {
        self.executor.spawn(future).detach();
    }

    fn run(&mut self, _: impl Fn() -> bool) {
        while self.executor.try_tick() {}
    }
}
