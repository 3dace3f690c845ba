//! An application on `futures::executor`, watched: `cargo run --example watch_futures [FILE]` writes what was recorded.

use futures::channel::oneshot;
use futures::executor::LocalPool;
use futures::task::LocalSpawnExt;
use pollscope::watch::{Watch, watch};

/// What was recorded, as a trace file.
pub(crate) fn run() -> Vec<u8> {
    let recording = Watch::new("a letter on LocalPool");
    recording.show(file!(), include_str!("watch_futures.rs"));
    let mut pool = LocalPool::new();
    let (send, letter) = oneshot::channel();
    let reader = recording.watch("reader", async { watch("letter", letter).await.unwrap_or("nothing came") });
    let writer = recording.watch("writer", async move {
        let _ = send.send("hello");
    });
    pool.spawner().spawn_local(writer).expect("the pool is there");
    assert_eq!(pool.run_until(reader), "hello");
    pool.run();
    recording.finish()
}

#[allow(dead_code, reason = "the tests call `run`")]
fn main() -> std::io::Result<()> {
    std::fs::write(std::env::args().nth(1).unwrap_or_else(|| "futures.pollscope".to_owned()), run())
}
