//! A plain function that polls, and a future
//! with a name that calls it.

use super::source::Source;
use crate::prelude::*;

pub trait Read {
    fn poll_read(
        &mut self,
        cx: &mut Context<'_>,
        buf: &mut [u8],
    ) -> Poll<usize>;
}

impl Read for Source {
    fn poll_read(
        &mut self,
        cx: &mut Context<'_>,
        buf: &mut [u8],
    ) -> Poll<usize> {
        self.poll_take(cx, buf)
    }
}

pub struct ReadFuture<'a, R: ?Sized> {
    reader: &'a mut R,
    buf: &'a mut [u8],
}

impl<R: Read + ?Sized> Future
    for ReadFuture<'_, R>
{
    type Output = usize;

    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<usize> {
        let this = &mut *self;
        this.reader.poll_read(cx, this.buf)
    }
}

pub trait ReadExt: Read {
    fn read<'a>(
        &'a mut self,
        buf: &'a mut [u8],
    ) -> ReadFuture<'a, Self> {
        ReadFuture { reader: self, buf }
    }
}

impl<R: Read + ?Sized> ReadExt for R {}

pub async fn read_all<R: Read + ?Sized>(
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
