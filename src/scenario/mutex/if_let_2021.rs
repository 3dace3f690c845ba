//! `if let` as the 2021 edition had it, written
//! out as the `match` that it was there.

use crate::prelude::*;

pub async fn main() {
    let jobs = Mutex::new(Vec::new());
    match jobs.lock().await.pop() {
        Some(job) => log!("{job}"),
        _ => {
            log!("no job yet");
            jobs.lock().await.push("tea");
        }
    }
    log!("{} left", jobs.lock().await.len());
}
