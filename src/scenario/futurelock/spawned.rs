//! The first try is a task of its own.

use crate::prelude::*;

pub async fn ask(
    lock: Rc<Mutex<u32>>,
    ms: u32,
) {
    let first = first_try(lock.clone());
    let mut first = spawn(first);
    let late = sleep(ms);
    match select(&mut first, late).await {
        Left(()) => {}
        Right(()) => {
            // The executor polls the first one.
            let mut n = lock.lock().await;
            *n += 1;
        }
    }
    log!("asker: done");
}

async fn first_try(lock: Rc<Mutex<u32>>) {
    let mut n = lock.lock().await;
    *n += 1;
}
