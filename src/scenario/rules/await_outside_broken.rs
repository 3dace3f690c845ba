//! Broken: an await in a plain fn.

use super::notes::save;

pub fn main() {
    save("buy tea").await;
}
