//! A future awaits another, which has a buffer.

use super::net::upload;

pub async fn report(wait: u32) -> u32 {
    upload(wait).await
}
