//! Broken: a future is made, and nobody polls
//! it.

use super::notes::save;
use crate::prelude::log;

pub async fn main() {
    save("buy tea");
    log!("main is done");
}
