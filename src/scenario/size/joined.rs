//! Two calls at once.

use super::net::upload;
use crate::prelude::join;

pub async fn report(wait: u32) -> u32 {
    let both = join(upload(wait), upload(wait));
    let (first, second) = both.await;
    first + second
}
