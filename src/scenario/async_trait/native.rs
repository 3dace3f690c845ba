//! The language itself, since Rust 1.75.

use super::source::Source;
use crate::prelude::framed;

pub trait Read {
    async fn read(
        &mut self,
        buf: &mut [u8],
    ) -> usize;
}

impl Read for Source {
    async fn read(
        &mut self,
        buf: &mut [u8],
    ) -> usize {
        self.take(buf).await
    }
}

async fn read_all<R: Read>(
    reader: &mut R,
    reads: u32,
) {
    let mut buf = [0; 16];
    for _ in 0..reads {
        framed(reader.read(&mut buf)).await;
    }
}

pub async fn known(
    mut source: Source,
    reads: u32,
) {
    framed(read_all(&mut source, reads)).await;
}
