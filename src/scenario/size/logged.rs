//! A function around a future, and once more.

use super::net::upload;
use crate::prelude::log;

async fn logged<F>(call: F) -> u32
where
    F: Future<Output = u32>,
{
    let sum = call.await;
    log!("answered: {sum}");
    sum
}

pub fn report(
    wait: u32,
) -> impl Future<Output = u32> {
    logged(logged(upload(wait)))
}
