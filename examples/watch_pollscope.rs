//! An application on this project's own executor, watched from outside, as any other: `cargo run --example watch_pollscope
//! [FILE]` writes what was recorded. (With its own recorder, it would say more: every leaf and every byte.)

use pollscope::executor::Executor;
use pollscope::prelude::{sleep, yield_now};
use pollscope::watch::{Watch, watch};

/// What was recorded, as a trace file.
pub(crate) fn run() -> Vec<u8> {
    let recording = Watch::new("two tasks on the bare executor");
    recording.show(file!(), include_str!("watch_pollscope.rs"));
    let executor = Executor::new(());
    executor.spawn_detached(
        "napper",
        recording.watch("napper", async {
            watch("nap", sleep(2)).await;
        }),
    );
    executor.spawn_detached(
        "polite",
        recording.watch("polite", async {
            watch("give way", yield_now()).await;
        }),
    );
    executor.run();
    drop(executor);
    recording.finish()
}

#[allow(dead_code, reason = "the tests call `run`")]
fn main() -> std::io::Result<()> {
    std::fs::write(std::env::args().nth(1).unwrap_or_else(|| "pollscope.pollscope".to_owned()), run())
}
