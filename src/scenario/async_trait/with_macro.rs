//! The macro writes the signature anew.

use super::source::Source;
use crate::prelude::framed;
use async_trait::async_trait;

#[async_trait(?Send)]
pub trait Read {
    async fn read(
        &mut self,
        buf: &mut [u8],
    ) -> usize;
}

#[async_trait(?Send)]
impl Read for Source {
    async fn read(
        &mut self,
        buf: &mut [u8],
    ) -> usize {
        self.take(buf).await
    }
}

async fn read_all<R: Read + ?Sized>(
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

pub async fn any(
    mut source: Source,
    reads: u32,
) {
    let reader: &mut dyn Read = &mut source;
    framed(read_all(reader, reads)).await;
}
