//! Handles: how a waker of another make finds the executor again.
//!
//! A waker may be sent anywhere, so a handle is only a number; it leads back to the executor on its own thread alone.

use super::context::{Runtime, with_sink};
use crate::alloc::uncounted;
use crate::trace::event::{Event, WakeSource};
use crate::trace::ids::NameId;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::task::Waker;

thread_local! {
    /// The executors of this thread, by their numbers.
    static HERE: RefCell<Vec<(u64, Weak<dyn Runtime>)>> = const { RefCell::new(Vec::new()) };
}

/// Executor `id` is on this thread from now on.
pub(super) fn register(id: u64, runtime: Weak<dyn Runtime>) {
    // The thread may be ending, and all that is here with it.
    let _ = HERE.try_with(|here| uncounted(|| here.borrow_mut().push((id, runtime))));
}

/// Executor `id` is gone.
pub(super) fn unregister(id: u64) {
    // The thread may be ending, and all that is here with it.
    let _ = HERE.try_with(|here| here.borrow_mut().retain(|(h, _)| *h != id));
}

fn find(id: u64) -> Option<Rc<dyn Runtime>> {
    let find = |here: &RefCell<Vec<(u64, Weak<dyn Runtime>)>>| {
        here.borrow().iter().find(|(h, _)| *h == id).and_then(|(_, runtime)| runtime.upgrade())
    };
    HERE.try_with(find).ok().flatten()
}

/// The number of an executor, which may be carried anywhere.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Handle(u64);

impl Handle {
    /// The running executor's; none outside of any.
    pub(crate) fn current() -> Option<Self> {
        with_sink(|sink| Handle(sink.number()))
    }

    /// The number.
    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    pub(crate) fn number(self) -> u64 {
        self.0
    }

    /// Wakes as `source`.
    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    pub(crate) fn wake_from(self, waker: &Waker, source: WakeSource) {
        let Some(runtime) = find(self.0) else { return waker.wake_by_ref() };
        let before = runtime.set_source(source);
        waker.wake_by_ref();
        runtime.set_source(before);
    }

    /// Wakes as `source`, once `event` is recorded; wakes all the same where the executor is gone.
    pub(crate) fn wake_as(
        self,
        waker: &Waker,
        source: WakeSource,
        event: impl FnOnce(&dyn Fn(&str) -> NameId) -> Event,
    ) {
        let Some(runtime) = find(self.0) else { return waker.wake_by_ref() };
        runtime.record(event(&|text| runtime.name(text)));
        let before = runtime.set_source(source);
        waker.wake_by_ref();
        runtime.set_source(before);
    }
}
