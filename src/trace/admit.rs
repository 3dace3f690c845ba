//! Whether an event that comes from anywhere is let into a trace: the one place where all that is checked of it is.

use super::Trace;
use super::events::Event;
use super::meaning::{Known, Wrong};
use super::order::Order;

impl Order {
    /// Checks the next event against those before it and against the tables.
    pub(crate) fn admit(&mut self, trace: &Trace, time: u64, event: Event) -> Result<(), Wrong> {
        self.next(time)?;
        event.follows(trace, self)?;
        event.refers(Known { trace, spawned: self.spawned_tasks() })
    }
}
