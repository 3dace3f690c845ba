//! The same, in a block that is returned.

use super::net::*;

pub fn report(
    buf: Bytes,
    wait: u32,
) -> impl Future<Output = u32> {
    async move {
        connect(wait).await;
        let sum = add_up(&buf);
        send(sum, wait).await;
        sum
    }
}
