//! Who has the lock, and who asks for it later.

use crate::prelude::*;

pub async fn hold(
    lock: Rc<Mutex<u32>>,
    ms: u32,
) {
    let n = lock.lock().await;
    sleep(ms).await;
    log!("holder: lets go of {}", *n);
}

pub async fn other(lock: Rc<Mutex<u32>>) {
    sleep(7).await;
    let mut n = lock.lock().await;
    sleep(5).await;
    *n += 1;
    log!("other: done");
}
