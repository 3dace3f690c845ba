//! A loop over what a lock gives.

use crate::prelude::*;

pub async fn main() {
    let list = Mutex::new(vec![2]);
    while let Some(n) =
        list.lock().await.pop()
    {
        log!("job {n}");
        if n > 0 {
            list.lock().await.push(n - 1);
        }
    }
    log!("no job left");
}
