//! Any reader will do: so says the argument.

use super::native::Read;

pub async fn read_all(
    reader: &mut dyn Read,
    reads: u32,
) {
    let mut buf = [0; 16];
    for _ in 0..reads {
        reader.read(&mut buf).await;
    }
}
