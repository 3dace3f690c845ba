//! Two calls, one after the other.

use super::net::upload;

pub async fn report(wait: u32) -> u32 {
    let first = upload(wait).await;
    let second = upload(wait).await;
    first + second
}
