//! The async way: the task is told when to ask.

use super::source::Source;
use crate::prelude::{now, sleep};

pub async fn read(source: &Source) {
    // The timer keeps the waker. Until it
    // fires, nobody asks, and the thread is
    // free for others.
    sleep((source.there - now()) as u32).await;
}
