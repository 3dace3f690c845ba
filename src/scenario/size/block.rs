//! Braces around all that uses the buffer.

use super::net::*;

pub async fn report(wait: u32) -> u32 {
    let sum = {
        let mut buf = [0; 1024];
        fill(&mut buf);
        add_up(&buf)
    };
    connect(wait).await;
    send(sum, wait).await;
    reply(wait).await;
    sum
}
