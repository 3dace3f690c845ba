//! The same in a task that may change threads.

use crate::prelude::yield_now;
use std::sync::{Arc, Mutex};

/// As executors of several threads have it.
pub fn spawn<F>(_task: F)
where
    F: Future<Output = ()> + Send + 'static,
{
}

pub fn main(lock: Arc<Mutex<u32>>) {
    spawn(async move {
        let value = lock.lock().unwrap();
        yield_now().await;
        drop(value);
    });
}
