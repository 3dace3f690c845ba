//! The first try is kept, and polled no more.

use crate::prelude::*;

pub async fn ask(
    lock: Rc<Mutex<u32>>,
    ms: u32,
) {
    let mut first = pin!(lock.lock());
    let late = sleep(ms);
    match select(first.as_mut(), late).await {
        Left(mut n) => *n += 1,
        Right(()) => {
            // It still stands in line.
            let mut n = lock.lock().await;
            *n += 1;
        }
    }
    log!("asker: done");
}
