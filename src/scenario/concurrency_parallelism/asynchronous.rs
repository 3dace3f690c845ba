//! The async way: a task that waits is woken when there is something to ask for.

use super::source::Source;
use crate::prelude::{now, sleep};

pub async fn read(source: &Source) {
    // The timer keeps the waker. Until it fires, nobody
    // asks, and the thread is free for others.
    sleep((source.there - now()) as u32).await;
}
