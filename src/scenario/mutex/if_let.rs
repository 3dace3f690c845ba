//! `if let` as this edition, 2024, has it: the
//! guard is dropped before `else`.

use crate::prelude::*;

pub async fn main() {
    let jobs = Mutex::new(Vec::new());
    if let Some(job) = jobs.lock().await.pop() {
        log!("{job}");
    } else {
        log!("no job yet");
        jobs.lock().await.push("tea");
    }
    log!("{} left", jobs.lock().await.len());
}
