//! Kept: every future is awaited, or spawned.

use super::notes::save;
use crate::prelude::log;

pub async fn main() {
    save("buy tea").await;
    log!("main is done");
}
