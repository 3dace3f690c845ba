//! A request that was sent: it knows whether
//! its answer came, and says so when it is
//! dropped.

use crate::prelude::log;

pub struct Sent {
    name: &'static str,
    is_answered: bool,
}

impl Sent {
    pub fn new(name: &'static str) -> Sent {
        log!("{name}: sent");
        Sent { name, is_answered: false }
    }

    pub fn answered(&mut self) {
        log!("{}: answered", self.name);
        self.is_answered = true;
    }
}

/// A drop is all that is left of a future that
/// is not polled any more.
impl Drop for Sent {
    fn drop(&mut self) {
        if !self.is_answered {
            log!("{}: dropped", self.name);
        }
    }
}
