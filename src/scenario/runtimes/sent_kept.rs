//! A task for executors of several threads.

use crate::prelude::*;

/// As `tokio::spawn` has it.
pub fn spawn_sent<F>(task: F)
where
    F: Future<Output = ()> + Send + 'static,
{
    drop(spawn(task));
}

async fn sent() {
    yield_now().await;
    {
        let name = Rc::new("sent");
        log!("{name}: awake");
    }
    yield_now().await;
}

pub async fn main() {
    spawn_sent(sent());
}
