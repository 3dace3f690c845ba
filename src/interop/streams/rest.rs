//! Somebody else, who comes for what is left.

use super::Source;
use crate::prelude::{log, sleep};

pub async fn rest(source: Source, takes: u32) {
    sleep(takes).await;
    let mut chunks = match source.open() {
        Ok(chunks) => chunks,
        Err(why) => return log!("{why}"),
    };
    match chunks.next().await {
        Some(Ok(chunk)) => {
            let what = chunks.name_of(&chunk);
            log!("{what} is left");
        }
        _ => log!("nothing is left"),
    }
}
