//! A socket as tasks have it.

use super::reactor::Row;
use super::system::Wire;
use crate::prelude::*;
use std::io::{ErrorKind::WouldBlock, Result};

pub struct Stream {
    pub wire: Rc<Wire>,
    pub row: Rc<Row>,
}

impl Stream {
    /// Up to 512 bytes, or WouldBlock.
    #[track_caller]
    pub fn read(&self) -> Result<usize> {
        let Self { wire, row } = self;
        let bytes = wire.bytes.get().min(512);
        if bytes == 0 {
            row.socket.is_found_empty();
            return Err(WouldBlock.into());
        }
        wire.bytes.update(|all| all - bytes);
        row.socket.gives(bytes);
        Ok(bytes)
    }

    /// Looks into its row.
    #[track_caller]
    pub fn is_ready(&self) -> bool {
        let is_ready = self.row.is_ready.get();
        if !is_ready {
            self.row.socket.is_found_empty();
        }
        is_ready
    }

    /// Not ready until it is told again.
    pub fn is_served(&self) {
        self.row.is_ready.set(false);
    }

    /// Leaves its waker.
    pub fn leave(&self) -> Watched<Leave<'_>> {
        watched("Leave", Leave(&self.row))
    }

    /// Leaves its waker and waits to be woken.
    pub fn told(&self) -> Watched<Told<'_>> {
        let has_left = false;
        let row = &*self.row;
        watched("Told", Told { row, has_left })
    }
}

pub struct Leave<'a>(&'a Row);

impl Future for Leave<'_> {
    type Output = ();

    fn poll(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<()> {
        self.0.keep(cx.waker());
        Poll::Ready(())
    }
}

pub struct Told<'a> {
    row: &'a Row,
    has_left: bool,
}

impl Future for Told<'_> {
    type Output = ();

    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<()> {
        let has_waker = self.row.has_waker();
        if self.has_left && !has_waker {
            return Poll::Ready(());
        }
        self.has_left = true;
        self.row.keep(cx.waker());
        Poll::Pending
    }
}

impl Row {
    pub fn has_waker(&self) -> bool {
        self.waker.borrow().is_some()
    }

    /// In place of the one that it has.
    pub fn keep(&self, waker: &Waker) {
        self.waker.replace(Some(waker.clone()));
        self.socket.keeps(waker);
    }
}
