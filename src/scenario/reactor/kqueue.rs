//! kqueue, as a model.

use super::system::{Selector, Wire};
use crate::prelude::*;
use std::cell::RefCell;

pub const EVFILT_READ: i16 = -1;
pub const EV_ADD: u16 = 0x1;
pub const EV_CLEAR: u16 = 0x20;

pub struct Kevent {
    filter: i16,
    flags: u16,
    /// Of an event: how many bytes there are.
    data: usize,
    udata: usize,
}

pub struct Knote {
    wire: Rc<Wire>,
    event: Kevent,
    told: u32,
}

pub struct Kqueue {
    /// EV_ADD, with or without EV_CLEAR.
    pub flags: u16,
    pub list: RefCell<Vec<Knote>>,
}

impl Selector for Kqueue {
    /// kevent, with a change
    fn add(&self, wire: Rc<Wire>, data: usize) {
        let event = Kevent {
            filter: EVFILT_READ,
            flags: self.flags,
            data: 0,
            udata: data,
        };
        let mut list = self.list.borrow_mut();
        let told = 0;
        list.push(Knote { wire, event, told });
    }

    /// kevent, with room for events
    fn wait(&self) -> Vec<usize> {
        let mut ready = Vec::new();
        let mut list = self.list.borrow_mut();
        for note in &mut *list {
            let (wire, event) =
                (&note.wire, &mut note.event);
            if event.filter != EVFILT_READ {
                continue;
            }
            event.data = wire.bytes.get();
            let news = wire.news.get();
            // EV_CLEAR: once told, cleared.
            let is_ready =
                match event.flags & EV_CLEAR {
                    0 => event.data > 0,
                    _ => news != note.told,
                };
            note.told = news;
            if is_ready {
                ready.push(event.udata);
            }
        }
        ready
    }
}
