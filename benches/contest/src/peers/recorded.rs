//! Ours, with its recorder on: events alone, without bytes.

#![cfg(feature = "record")]

use super::{Peer, Run, Work};
use crate::measure::set_bytes;
use pollscope::executor::{Executor, Progress, Until};
use pollscope::record::{Budget, TraceRecorder};
use pollscope::trace::TimeUnit;

pub(crate) struct Recorded {
    executor: Executor<TraceRecorder>,
}

impl Peer for Recorded {
    type For<F: Work> = Recorded;
}

impl<F: Work> Run<F> for Recorded {
    fn new(_: usize) -> Self {
        let budget = Budget { polls: u32::MAX, events: u32::MAX, memory: usize::MAX, time: u64::MAX };
        Recorded { executor: Executor::new(TraceRecorder::new(TimeUnit::VirtualMs, budget, None)) }
    }

    fn spawn(&mut self, future: F) {
        self.executor.spawn_detached("task", future);
    }

    fn run(&mut self, _: impl Fn() -> bool) {
        while self.executor.drive(Until::Idle, u32::MAX) == Progress::Paused {}
        // A million times the bytes of an event, whatever the number of events.
        let (bytes, events) = self.executor.recorder().with_trace(|t| (t.memory() as f64, t.len() as f64));
        set_bytes((bytes / events * 1e6) as u32);
    }
}
