//! epoll, as a model.

use super::system::{Selector, Wire};
use crate::prelude::*;
use std::cell::RefCell;

pub const EPOLLIN: u32 = 1;
pub const EPOLLET: u32 = 1 << 31;

pub struct Event {
    events: u32,
    data: usize,
}

pub struct Item {
    wire: Rc<Wire>,
    event: Event,
    told: u32,
}

pub struct Epoll {
    /// EPOLLIN, with or without EPOLLET.
    pub events: u32,
    pub list: RefCell<Vec<Item>>,
}

impl Selector for Epoll {
    /// epoll_ctl, EPOLL_CTL_ADD
    fn add(&self, wire: Rc<Wire>, data: usize) {
        let events = self.events;
        let event = Event { events, data };
        let mut list = self.list.borrow_mut();
        let told = 0;
        list.push(Item { wire, event, told });
    }

    /// epoll_wait
    fn wait(&self) -> Vec<usize> {
        let mut ready = Vec::new();
        let mut list = self.list.borrow_mut();
        for item in &mut *list {
            let Item { wire, event, .. } = item;
            let news = wire.news.get();
            // An edge: news since it was told.
            // A level: something is there.
            let is_ready =
                match event.events & EPOLLET {
                    0 => wire.bytes.get() > 0,
                    _ => news != item.told,
                };
            item.told = news;
            if is_ready {
                ready.push(event.data);
            }
        }
        ready
    }
}
