//! A small reactor, as a runtime has on mio: a
//! table with a row for each source.

use super::stream::Stream;
use super::system::{Selector, Wire};
use crate::prelude::*;
use std::cell::{Cell, RefCell};

pub struct Row {
    pub is_ready: Cell<bool>,
    pub waker: RefCell<Option<Waker>>,
    pub socket: Socket,
}

pub struct Reactor {
    pub system: Box<dyn Selector>,
    pub rows: RefCell<Vec<Rc<Row>>>,
}

impl Reactor {
    /// A row, and its number as a token.
    pub fn register(
        &self,
        wire: &Rc<Wire>,
        interest: &str,
    ) -> Stream {
        let socket = Socket::new(interest);
        let row = Rc::new(Row {
            is_ready: Cell::new(false),
            waker: RefCell::default(),
            socket,
        });
        let mut rows = self.rows.borrow_mut();
        let wire = wire.clone();
        let token = rows.len();
        self.system.add(wire.clone(), token);
        rows.push(row.clone());
        Stream { wire, row }
    }

    /// A turn of the loop: no task was ready,
    /// and the thread slept until now.
    pub fn turn(&self) -> usize {
        let told = self.system.wait();
        for &token in &told {
            let rows = self.rows.borrow();
            let row = rows[token].clone();
            drop(rows);
            row.is_ready.set(true);
            row.socket.is_reported();
            let waker = row.waker.take();
            if let Some(waker) = waker {
                row.socket.wakes(waker);
            }
        }
        told.len()
    }
}
