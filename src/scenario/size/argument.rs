//! The buffer is an argument; a wait, then it
//! is read.

use super::net::*;

pub async fn report(
    buf: Bytes,
    wait: u32,
) -> u32 {
    connect(wait).await;
    let sum = add_up(&buf);
    send(sum, wait).await;
    sum
}
