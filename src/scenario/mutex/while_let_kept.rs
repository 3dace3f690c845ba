//! A loop that takes each value first.

use crate::prelude::*;

pub async fn main() {
    let list = Mutex::new(vec![2]);
    loop {
        let job = list.lock().await.pop();
        let Some(n) = job else { break };
        log!("job {n}");
        if n > 0 {
            list.lock().await.push(n - 1);
        }
    }
    log!("no job left");
}
