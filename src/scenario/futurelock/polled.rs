//! The first try is polled on.

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
            // It keeps its place in line.
            let mut n = first.await;
            *n += 1;
        }
    }
    log!("asker: done");
}
