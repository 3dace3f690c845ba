//! Their read: ready once a turn of their loop
//! has found bytes. It asks no system.

use super::sockets::Sockets;
use crate::prelude::*;
use std::cell::{Cell, RefCell};

/// A row of their table.
pub struct Row {
    /// What the system has for it: a model.
    pub bytes: Cell<usize>,
    pub is_ready: Cell<bool>,
    pub waker: RefCell<Option<Waker>>,
    pub socket: Socket,
}

impl Row {
    pub fn receive(&self, bytes: usize) {
        self.bytes.update(|all| all + bytes);
        self.socket.has_more(bytes);
    }
}

pub struct TheirSocket {
    pub theirs: Rc<Sockets>,
    pub row: Rc<Row>,
}

pub struct TheirRead<'a>(&'a TheirSocket);

pub fn their_read(
    socket: &TheirSocket,
) -> Watched<TheirRead<'_>> {
    watched("TheirRead", TheirRead(socket))
}

impl Future for TheirRead<'_> {
    type Output = usize;

    fn poll(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<usize> {
        let row = &self.0.row;
        if row.is_ready.take() {
            let bytes = row.bytes.take();
            row.socket.gives(bytes);
            return Poll::Ready(bytes);
        }
        row.socket.is_found_empty();
        // Whoever polls: the waker stays here.
        let waker = cx.waker().clone();
        self.0.theirs.driver.keeps(&waker);
        row.waker.replace(Some(waker));
        Poll::Pending
    }
}

impl Drop for TheirRead<'_> {
    fn drop(&mut self) {
        if self.0.row.waker.take().is_some() {
            self.0.theirs.driver.lets_go();
        }
    }
}

impl Drop for TheirSocket {
    fn drop(&mut self) {
        self.theirs.forget(&self.row);
    }
}
