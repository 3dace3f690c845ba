//! A `match` on a value of its own.

use crate::prelude::*;

pub async fn main() {
    let jobs = Mutex::new(vec!["tea"]);
    let job = jobs.lock().await.pop();
    match job {
        Some(job) => {
            log!("{job}: not yet");
            jobs.lock().await.push(job);
        }
        None => log!("no job"),
    }
    log!("{} left", jobs.lock().await.len());
}
