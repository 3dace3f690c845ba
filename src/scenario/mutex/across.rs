//! A lock is held while its task waits.

use crate::prelude::*;

pub async fn ask(
    lock: Rc<Mutex<u32>>,
    mut reply: Receiver<u32>,
) {
    let value = lock.lock().await;
    let answer = reply.recv().await;
    log!("{} of {:?}", *value, answer);
}

pub async fn answer(
    lock: Rc<Mutex<u32>>,
    reply: Sender<u32>,
) {
    let value = *lock.lock().await;
    reply.send(value * 2);
}
