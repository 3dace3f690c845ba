//! A `match` on what a lock gives.

use crate::prelude::*;

pub async fn main() {
    let jobs = Mutex::new(vec!["tea"]);
    match jobs.lock().await.pop() {
        Some(job) => {
            log!("{job}: not yet");
            jobs.lock().await.push(job);
        }
        None => log!("no job"),
    }
    log!("{} left", jobs.lock().await.len());
}
