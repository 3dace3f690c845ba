//! A model of the system: a socket's end there,
//! and what is asked which sockets are ready.

use crate::prelude::*;
use std::cell::Cell;

#[derive(Default)]
pub struct Wire {
    /// What came and was not read.
    pub bytes: Cell<usize>,
    /// How often something came.
    pub news: Cell<u32>,
}

impl Wire {
    pub fn receive(&self, bytes: usize) {
        self.bytes.update(|all| all + bytes);
        self.news.update(|n| n + 1);
    }
}

pub trait Selector {
    fn add(&self, wire: Rc<Wire>, token: usize);

    /// The tokens of those that are ready.
    fn wait(&self) -> Vec<usize>;
}
