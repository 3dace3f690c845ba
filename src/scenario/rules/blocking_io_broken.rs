//! Broken: blocking I/O in async code.

use super::notes::save_blocking;

pub async fn main() {
    save_blocking("buy tea");
}
