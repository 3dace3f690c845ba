//! The buffer is read in place, not borrowed.

use super::net::*;

pub async fn report(wait: u32) -> u32 {
    let buf = [FILLED; 1024];
    let sum = u32::from(buf[0]) * 1024;
    connect(wait).await;
    send(sum, wait).await;
    reply(wait).await;
    sum
}
