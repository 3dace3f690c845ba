//! Reads once.

use super::stream::Stream;

pub fn read(stream: &Stream) -> usize {
    let bytes = stream.read();
    // Perhaps there is more.
    stream.is_served();
    bytes.unwrap_or(0)
}
