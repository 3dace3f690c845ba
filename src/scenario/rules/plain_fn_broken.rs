//! Broken: a plain fn calls an async fn as if
//! it were a plain one, and gets a future.

use super::notes::save;
use crate::prelude::log;

pub fn main() {
    let length: usize = save("buy tea");
    log!("{length} bytes");
}
