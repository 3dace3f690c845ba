//! Wakers on other threads: what they may not do themselves, they leave to the executor's own.
//!
//! A wake from elsewhere, and the end of the last waker of a task that is gone, go into an inbox, which the executor
//! empties before each poll. It closes with the executor: from then on wakes do nothing, and slots are given back
//! under the inbox's lock by whichever thread is the last. On wasm32 there are no other threads, and nothing of this.

#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
mod one_thread {
    use super::super::slot::Task;

    #[derive(Clone)]
    pub(in super::super) struct Remote;

    impl Remote {
        pub(in super::super) fn new() -> Self {
            Remote
        }
        #[inline]
        pub(in super::super) fn is_home(&self) -> bool {
            true
        }
        #[inline]
        pub(in super::super) fn has_news(&self) -> bool {
            false
        }
        pub(in super::super) unsafe fn wake(&self, _task: Task) {}
        pub(in super::super) fn take(&self) -> (Vec<Task>, Vec<Task>) {
            (Vec::new(), Vec::new())
        }
        pub(in super::super) unsafe fn free(&self, _task: Task, alone: impl FnOnce()) {
            alone();
        }
        pub(in super::super) fn close(&self, last: impl FnOnce(Vec<Task>, Vec<Task>)) {
            last(Vec::new(), Vec::new());
        }
    }
}

#[cfg(not(all(target_arch = "wasm32", not(target_feature = "atomics"))))]
mod threads {
    use super::super::slot::Task;
    use super::super::sync::{Arc, AtomicBool, Mutex, Ordering, this_thread};

    /// Tasks that were woken, each with one waker counted for its stay in here, and slots to be freed.
    #[derive(Default)]
    struct Inbox {
        woken: Vec<Task>,
        freed: Vec<Task>,
    }

    // SAFETY: an inbox holds addresses. What lies there is reached through the atomic word alone, or by the home
    // thread, or, once the inbox is closed, under its lock.
    unsafe impl Send for Inbox {}

    struct Shared {
        /// None once the executor is gone.
        inbox: Mutex<Option<Inbox>>,
        /// Whether something may be in it.
        news: AtomicBool,
    }

    /// The way home.
    #[derive(Clone)]
    pub(in super::super) struct Remote {
        thread: u64,
        shared: Arc<Shared>,
    }

    impl Remote {
        /// To an executor on this thread.
        pub(in super::super) fn new() -> Self {
            let shared = Shared { inbox: Mutex::new(Some(Inbox::default())), news: AtomicBool::new(false) };
            Remote { thread: this_thread(), shared: Arc::new(shared) }
        }

        /// Whether this is the executor's own thread.
        pub(in super::super) fn is_home(&self) -> bool {
            self.thread == this_thread()
        }

        /// Whether there is something to [`take`](Self::take). It may be overlooked once.
        pub(in super::super) fn has_news(&self) -> bool {
            self.shared.news.load(Ordering::Relaxed)
        }

        fn locked<T>(&self, f: impl FnOnce(&mut Option<Inbox>) -> T) -> T {
            // Nothing that is done under the lock panics half-way.
            f(&mut self.shared.inbox.lock().unwrap_or_else(|poisoned| poisoned.into_inner()))
        }

        /// Wakes from another thread.
        ///
        /// # Safety
        /// The slot is in use by a waker of the caller's.
        pub(in super::super) unsafe fn wake(&self, task: Task) {
            self.locked(|inbox| {
                if let Some(inbox) = inbox {
                    // SAFETY: above; the waker counted here keeps it in use while it lies in the inbox.
                    unsafe { task.header() }.state.add_waker();
                    inbox.woken.push(task);
                    self.shared.news.store(true, Ordering::Relaxed);
                }
            });
        }

        /// What was woken, and what is to be freed.
        pub(in super::super) fn take(&self) -> (Vec<Task>, Vec<Task>) {
            self.locked(|inbox| {
                self.shared.news.store(false, Ordering::Relaxed);
                let Inbox { woken, freed } = inbox.as_mut().map(std::mem::take).unwrap_or_default();
                (woken, freed)
            })
        }

        /// Has a slot freed: at home, or, where that is gone, by `alone`, which is then alone with all pages of it.
        ///
        /// # Safety
        /// Nobody has the slot any more, and this is called once for it.
        pub(in super::super) unsafe fn free(&self, task: Task, alone: impl FnOnce()) {
            self.locked(|inbox| match inbox {
                Some(inbox) => {
                    inbox.freed.push(task);
                    self.shared.news.store(true, Ordering::Relaxed);
                }
                None => alone(),
            });
        }

        /// Closes the inbox; `last` is alone with all pages.
        pub(in super::super) fn close(&self, last: impl FnOnce(Vec<Task>, Vec<Task>)) {
            self.locked(|inbox| {
                let Inbox { woken, freed } = inbox.take().unwrap_or_default();
                last(woken, freed);
            });
        }
    }
}

#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
pub(super) use one_thread::Remote;
#[cfg(not(all(target_arch = "wasm32", not(target_feature = "atomics"))))]
pub(super) use threads::Remote;
