//! The first try is dropped when it is late.

use crate::prelude::*;

pub async fn ask(
    lock: Rc<Mutex<u32>>,
    ms: u32,
) {
    let first = lock.lock();
    let late = sleep(ms);
    // It is the select's, and goes with it.
    match select(first, late).await {
        Left(mut n) => *n += 1,
        Right(()) => {
            let mut n = lock.lock().await;
            *n += 1;
        }
    }
    log!("asker: done");
}
