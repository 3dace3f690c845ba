//! An application on tokio's threads, watched: `cargo run --example watch_tokio [FILE]` writes what was recorded.

use pollscope::watch::{Watch, watch};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::sleep;

/// Three workers send what they found to one collector.
async fn application(recording: &Watch) -> u32 {
    let (found, mut received) = mpsc::channel(2);
    for number in 1..=3 {
        let found = found.clone();
        tokio::spawn(recording.watch("worker", async move {
            for step in 1..=2 {
                watch("pause", sleep(Duration::from_millis(number))).await;
                let _ = watch("send", found.send(10 * step)).await;
            }
        }));
    }
    drop(found);
    let mut sum = 0;
    while let Some(value) = watch("receive", received.recv()).await {
        sum += value;
    }
    sum
}

/// What was recorded, as a trace file.
pub(crate) fn run() -> Vec<u8> {
    let recording = Watch::new("workers on tokio");
    recording.show(file!(), include_str!("watch_tokio.rs"));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build();
    let runtime = runtime.expect("threads can be started");
    let collector = recording.clone();
    let sum = runtime.block_on(recording.watch("collector", async move { application(&collector).await }));
    assert_eq!(sum, 90);
    // Its threads end, so that every task has let go of its wakers.
    drop(runtime);
    recording.finish()
}

#[allow(dead_code, reason = "the tests call `run`")]
fn main() -> std::io::Result<()> {
    std::fs::write(std::env::args().nth(1).unwrap_or_else(|| "tokio.pollscope".to_owned()), run())
}
