//! Ours: the bare executor, which records nothing.

#![cfg(not(any(feature = "zero-cost", feature = "traits", feature = "record", feature = "event-loop")))]

use super::{Peer, Run, Work};
use ::pollscope::executor::{Executor, Progress, Until};

pub(crate) struct Pollscope {
    executor: Executor<()>,
}

impl Peer for Pollscope {
    type For<F: Work> = Pollscope;
}

impl<F: Work> Run<F> for Pollscope {
    fn new(_: usize) -> Self {
        Pollscope { executor: Executor::new(()) }
    }

    fn spawn(&mut self, future: F) {
        self.executor.spawn_detached("task", future);
    }

    fn run(&mut self, _: impl Fn() -> bool) {
        while self.executor.drive(Until::Idle, u32::MAX) == Progress::Paused {}
    }
}
