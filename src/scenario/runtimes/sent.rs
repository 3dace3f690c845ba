//! A task for executors of several threads.

use crate::prelude::yield_now;
use std::rc::Rc;

/// As `tokio::spawn` has it.
pub fn spawn<F>(_task: F)
where
    F: Future<Output = ()> + Send + 'static,
{
}

pub fn main() {
    spawn(async {
        yield_now().await;
        let name = Rc::new("sent");
        yield_now().await;
        println!("{name}: awake");
    });
}
