//! Handles: how a waker of someone else's finds the executor again.

use super::context::try_with;
use super::waker;
use crate::trace::event::{Event, WakeSource};
use crate::trace::ids::NameId;
use std::task::Waker;

/// The name of an executor that may be carried anywhere; it leads back to the executor on its own thread alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Handle(u64);

impl Handle {
    /// The running executor's; none outside of any.
    pub(crate) fn current() -> Option<Self> {
        try_with(|r| Handle(r.id()))
    }

    /// Wakes as `source`, once `event` is recorded; wakes all the same where the executor is gone.
    pub(crate) fn wake_as(
        self,
        waker: &Waker,
        source: WakeSource,
        event: impl FnOnce(&dyn Fn(&str) -> NameId) -> Event,
    ) {
        let woken = waker::at_home(self.0, |home| {
            home.record(event(&|text| home.name(text)));
            let before = home.set_source(Some(source));
            waker.wake_by_ref();
            home.set_source(before);
        });
        if !woken {
            waker.wake_by_ref();
        }
    }
}
