//! Their runtime: a table of sockets, and one
//! turn of its loop.

use super::their_read::{Row, TheirSocket};
use crate::prelude::*;
use std::cell::{Cell, RefCell};

type Rows = Vec<Rc<Row>>;

#[derive(Default)]
pub struct Sockets {
    rows: RefCell<Rows>,
    pub driver: Driver,
}

impl Sockets {
    /// One turn: the system says what is there.
    pub fn turn(&self) {
        let ready = self.ask_system();
        self.driver.is_turned(ready.len());
        for row in ready {
            row.is_ready.set(true);
            row.socket.is_reported();
            let waker = row.waker.take();
            if let Some(waker) = waker {
                self.driver.wakes(waker);
            }
        }
    }

    /// Rows for which bytes came: a model.
    fn ask_system(&self) -> Rows {
        let rows = self.rows.borrow();
        let all = rows.iter();
        all.filter(|row| row.bytes.get() > 0)
            .cloned()
            .collect()
    }

    pub fn open(self: Rc<Self>) -> TheirSocket {
        let row = Rc::new(Row {
            bytes: Cell::new(0),
            is_ready: Cell::new(false),
            waker: RefCell::default(),
            socket: Socket::new("READABLE"),
        });
        let mut rows = self.rows.borrow_mut();
        rows.push(row.clone());
        drop(rows);
        TheirSocket { theirs: self, row }
    }

    pub fn forget(&self, row: &Rc<Row>) {
        let mut rows = self.rows.borrow_mut();
        rows.retain(|r| !Rc::ptr_eq(r, row));
    }
}
