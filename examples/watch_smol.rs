//! An application on smol, watched: `cargo run --example watch_smol [FILE]` writes what was recorded.

use pollscope::watch::{Watch, watch};
use smol::{Timer, channel};
use std::time::Duration;

/// One asks and one answers; and one is cancelled while it sleeps.
async fn application(executor: &smol::LocalExecutor<'_>, recording: &Watch) -> u32 {
    let (ask, questions) = channel::bounded::<u32>(1);
    let (answer, answers) = channel::bounded::<u32>(1);
    executor
        .spawn(recording.watch("server", async move {
            while let Ok(question) = watch("question", questions.recv()).await {
                watch("work", Timer::after(Duration::from_millis(1))).await;
                let _ = answer.send(question * 2).await;
            }
        }))
        .detach();
    let sleeper = executor.spawn(recording.watch("sleeper", async {
        Timer::after(Duration::from_secs(3600)).await;
    }));
    let mut sum = 0;
    for question in 1..=3 {
        let _ = ask.send(question).await;
        sum += watch("answer", answers.recv()).await.unwrap_or_default();
    }
    sleeper.cancel().await;
    sum
}

/// What was recorded, as a trace file.
pub(crate) fn run() -> Vec<u8> {
    let recording = Watch::new("questions on smol");
    recording.show(file!(), include_str!("watch_smol.rs"));
    let executor = smol::LocalExecutor::new();
    let client = recording.watch("client", application(&executor, &recording));
    let sum = smol::block_on(executor.run(client));
    assert_eq!(sum, 12);
    drop(executor);
    recording.finish()
}

#[allow(dead_code, reason = "the tests call `run`")]
fn main() -> std::io::Result<()> {
    std::fs::write(std::env::args().nth(1).unwrap_or_else(|| "smol.pollscope".to_owned()), run())
}
