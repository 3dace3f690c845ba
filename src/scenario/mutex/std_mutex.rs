//! A lock of threads, held while a task waits.

use super::lent::StdMutex;
use crate::prelude::*;

pub async fn read(lock: Rc<StdMutex<u32>>) {
    let value = lock.try_lock().unwrap();
    sleep(10).await;
    log!("read: {}", *value);
}

pub async fn write(lock: Rc<StdMutex<u32>>) {
    // `lock()` would stop this thread, and with
    // it the task that has the lock.
    let mut value = lock.try_lock().unwrap();
    *value += 1;
    log!("written");
}
