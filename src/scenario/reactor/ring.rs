//! io_uring, as a model: what is told is that a
//! read is done, not that one may be tried.

use super::system::Wire;
use crate::prelude::*;
use std::cell::{Cell, RefCell};

/// A read that was submitted: its buffer is the
/// system's until it is done.
pub struct Entry {
    pub wire: Rc<Wire>,
    pub socket: Socket,
    done: Cell<Option<usize>>,
    waker: RefCell<Option<Waker>>,
}

#[derive(Default)]
pub struct Ring {
    entries: RefCell<Vec<Rc<Entry>>>,
}

impl Ring {
    pub fn submit(
        &self,
        wire: &Rc<Wire>,
    ) -> Rc<Entry> {
        let socket = Socket::new("a read");
        let entry = Rc::new(Entry {
            wire: wire.clone(),
            socket,
            done: Cell::default(),
            waker: RefCell::default(),
        });
        let mut all = self.entries.borrow_mut();
        all.push(entry.clone());
        entry
    }

    /// A turn: what the system read by itself.
    pub fn turn(&self) {
        let all = self.entries.borrow().clone();
        for entry in all {
            let bytes = entry.wire.bytes.take();
            if bytes > 0 {
                entry.socket.gives(bytes);
                entry.done.set(Some(bytes));
                entry.complete();
            }
        }
    }
}

impl Entry {
    fn complete(&self) {
        self.socket.is_reported();
        let waker = self.waker.take();
        if let Some(waker) = waker {
            self.socket.wakes(waker);
        }
    }
}

struct Done(Rc<Entry>);

impl Future for Done {
    type Output = usize;

    fn poll(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<usize> {
        let entry = &*self.0;
        if let Some(bytes) = entry.done.take() {
            return Poll::Ready(bytes);
        }
        entry.socket.is_found_empty();
        let waker = Some(cx.waker().clone());
        entry.waker.replace(waker);
        entry.socket.keeps(cx.waker());
        Poll::Pending
    }
}

pub async fn reader(
    name: &str,
    read: Rc<Entry>,
    ms: u32,
) {
    if ms > 0 {
        // Something else is awaited first.
        sleep(ms).await;
    }
    let all = watched("Done", Done(read)).await;
    log!("{name}: {all} bytes");
}
