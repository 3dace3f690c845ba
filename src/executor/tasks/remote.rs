//! The remote side: what wakers do on other threads than the executor's.
//!
//! A wake from another thread, and the drop of the last waker of a released slot, go into an inbox, which the executor
//! drains before each poll. The inbox is closed with the executor: from then on wakes do nothing, and slots are freed
//! under the inbox's lock by whichever thread drops the last waker. On wasm32 there are no other threads, and this is
//! empty. It knows headers, and neither pages nor the executor.

#[cfg(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics"))))]
mod one_thread {
    use super::super::header::TaskRef;

    #[derive(Clone)]
    pub(in super::super) struct Remote;

    impl Remote {
        pub(in super::super) fn new() -> Self {
            Remote
        }
        #[inline]
        pub(in super::super) fn is_local(&self) -> bool {
            true
        }
        #[inline]
        pub(in super::super) fn has_items(&self) -> bool {
            false
        }
        pub(in super::super) unsafe fn wake(&self, _task: TaskRef) {}
        pub(in super::super) fn take(&self) -> (Vec<TaskRef>, Vec<TaskRef>) {
            (Vec::new(), Vec::new())
        }
        pub(in super::super) unsafe fn drop_last(&self, _task: TaskRef, if_closed: impl FnOnce()) {
            if_closed();
        }
        pub(in super::super) fn close(&self, rest: impl FnOnce(Vec<TaskRef>)) {
            rest(Vec::new());
        }
        pub(in super::super) fn poison(&self) {}
    }
}

#[cfg(not(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics")))))]
mod threads {
    use super::super::header::TaskRef;
    use super::super::sync::{Arc, AtomicBool, Mutex, Ordering, ThreadCell, this_thread};

    /// Tasks that were woken, and tasks whose last waker is to be dropped; a waker of each is counted for its stay here.
    #[derive(Default)]
    struct Inbox {
        woken: Vec<TaskRef>,
        dropped: Vec<TaskRef>,
    }

    struct Shared {
        /// None once the executor is gone.
        inbox: Mutex<Option<Inbox>>,
        /// Whether something may be in it.
        has_items: AtomicBool,
    }

    /// The way to an executor from another thread.
    pub(in super::super) struct Remote {
        /// The executor's thread. Loom sees reads of it race with [`poison`](Self::poison).
        thread: ThreadCell,
        shared: Arc<Shared>,
    }

    impl Clone for Remote {
        fn clone(&self) -> Self {
            Remote { thread: ThreadCell::new(self.thread.get()), shared: self.shared.clone() }
        }
    }

    impl Remote {
        /// To an executor on this thread.
        pub(in super::super) fn new() -> Self {
            let shared = Shared { inbox: Mutex::new(Some(Inbox::default())), has_items: AtomicBool::new(false) };
            Remote { thread: ThreadCell::new(this_thread()), shared: Arc::new(shared) }
        }

        /// Whether this is the executor's own thread.
        pub(in super::super) fn is_local(&self) -> bool {
            self.thread.get() == this_thread()
        }

        /// Whether there is something to [`take`](Self::take). It may be seen a moment late.
        pub(in super::super) fn has_items(&self) -> bool {
            self.shared.has_items.load(Ordering::Relaxed)
        }

        fn locked<T>(&self, f: impl FnOnce(&mut Option<Inbox>) -> T) -> T {
            // Nothing that is done under the lock panics half-way.
            f(&mut self.shared.inbox.lock().unwrap_or_else(|poisoned| poisoned.into_inner()))
        }

        /// Wakes from another thread.
        ///
        /// # Safety
        /// A waker of the caller's keeps the slot in use (S10).
        pub(in super::super) unsafe fn wake(&self, task: TaskRef) {
            self.locked(|inbox| {
                if let Some(inbox) = inbox {
                    // SAFETY: the slot is in use (above), so its page is allocated (S1); the word is any thread's (S8).
                    let state = unsafe { &task.header().state };
                    // This waker keeps the slot in use while it is in the inbox.
                    state.saturate(state.add_waker());
                    inbox.woken.push(task);
                    self.shared.has_items.store(true, Ordering::Relaxed);
                }
            });
        }

        /// Tasks that were woken, and tasks whose last waker is to be dropped. The caller drops one waker of each.
        pub(in super::super) fn take(&self) -> (Vec<TaskRef>, Vec<TaskRef>) {
            self.locked(|inbox| {
                self.shared.has_items.store(false, Ordering::Relaxed);
                let Inbox { woken, dropped } = inbox.as_mut().map(std::mem::take).unwrap_or_default();
                (woken, dropped)
            })
        }

        /// Leaves the drop of the last waker to the executor, or, where that is gone, to `if_closed`, which no other thread
        /// runs at the same time.
        ///
        /// # Safety
        /// The waker is counted, and is not used any more.
        pub(in super::super) unsafe fn drop_last(&self, task: TaskRef, if_closed: impl FnOnce()) {
            self.locked(|inbox| match inbox {
                Some(inbox) => {
                    inbox.dropped.push(task);
                    self.shared.has_items.store(true, Ordering::Relaxed);
                }
                None => if_closed(),
            });
        }

        /// Closes the inbox. `rest` drops one waker of each task that was in it, while no other thread is in
        /// [`drop_last`](Self::drop_last).
        pub(in super::super) fn close(&self, rest: impl FnOnce(Vec<TaskRef>)) {
            self.locked(|inbox| {
                let Inbox { woken, dropped } = inbox.take().unwrap_or_default();
                rest([woken, dropped].concat());
            });
        }

        /// The memory that this lies in is about to be freed: a write, which must come after every read of another thread.
        pub(in super::super) fn poison(&self) {
            self.thread.set(0);
        }
    }
}

#[cfg(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics"))))]
pub(super) use one_thread::Remote;
#[cfg(not(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics")))))]
pub(super) use threads::Remote;
