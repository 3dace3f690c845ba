//! Kept: I/O in async code is async.

use super::notes::save;

pub async fn main() {
    save("buy tea").await;
}
