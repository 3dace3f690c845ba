//! A run of a million events, for measuring: `million FILE` writes it as a trace that the page can restore.

use pollscope::executor::Executor;
use pollscope::prelude::{sleep, yield_now};
use pollscope::record::{Budget, TraceRecorder};
use pollscope::trace::{TimeUnit, Trace};

/// Its events, the end included.
pub(crate) const EVENTS: usize = 1_000_000;
/// Its tasks.
pub(crate) const TASKS: usize = 1000;

/// A thousand tasks that sleep and give way, each at its own pace, until there are a million events.
pub(crate) fn million() -> Trace {
    let budget = Budget { polls: u32::MAX, events: EVENTS as u32 - 1, ..Budget::default() };
    let executor = Executor::new(TraceRecorder::new(TimeUnit::VirtualMs, budget, None));
    for i in 0..TASKS as u32 {
        let task = async move {
            for n in 1..u32::MAX {
                if (n + i) % 3 == 0 { yield_now().await } else { sleep(1 + (i * 7 + n) % 97).await }
            }
        };
        drop(executor.spawn("task", task));
    }
    executor.run();
    executor.recorder().finish()
}

fn main() -> std::io::Result<()> {
    let file = std::env::args().nth(1).expect("the file to write is named");
    std::fs::write(file, million().write())
}
