//! Kept: a plain fn hands the future to an
//! executor.

use super::{Recorded as Executor, notes::save};
use crate::prelude::{JoinHandle, log, spawn};

/// Outside of all tasks: drive one until it is
/// done.
pub fn main(
    executor: &Executor,
) -> Option<usize> {
    let done = executor.block_on(async {
        let milk = on_click();
        let tea = save("buy tea").await;
        let bytes = tea + milk.await;
        log!("{bytes} bytes");
        bytes
    });
    done.ok()
}

/// Inside of a task, but not async: spawn
/// another.
fn on_click() -> JoinHandle<usize> {
    spawn(save("buy milk"))
}
