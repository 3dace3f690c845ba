//! Braces, and the first wait within them.

use super::net::*;

pub async fn report(wait: u32) -> u32 {
    let sum = {
        let mut buf = [0; 1024];
        fill(&mut buf);
        connect(wait).await;
        add_up(&buf)
    };
    send(sum, wait).await;
    reply(wait).await;
    sum
}
