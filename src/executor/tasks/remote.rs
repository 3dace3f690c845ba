//! Wakers on other threads: what they may not do themselves, they leave to the executor's own.
//!
//! A wake from elsewhere, and the end of the last waker of a task that is gone, go into an inbox, which the executor
//! empties before each poll. It closes with the executor: from then on wakes do nothing, and slots are given back
//! under the inbox's lock by whichever thread is the last. On wasm32 there are no other threads, and nothing of this.

#[cfg(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics"))))]
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
        pub(in super::super) unsafe fn drop_last(&self, _task: Task, alone: impl FnOnce()) {
            alone();
        }
        pub(in super::super) fn close(&self, last: impl FnOnce(Vec<Task>)) {
            last(Vec::new());
        }
    }
}

#[cfg(not(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics")))))]
mod threads {
    use super::super::slot::Task;
    use super::super::sync::{Arc, AtomicBool, Mutex, Ordering, this_thread};

    /// Tasks that were woken, and tasks whose last waker is to be dropped; each has a waker counted for its stay in here.
    #[derive(Default)]
    struct Inbox {
        woken: Vec<Task>,
        dropped: Vec<Task>,
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

        /// Whether there is something to [`take`](Self::take). It may be overlooked for a moment.
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
                    // SAFETY: above. The waker counted here keeps it in use while it lies in the inbox.
                    unsafe { task.header() }.state.add_waker();
                    inbox.woken.push(task);
                    self.shared.news.store(true, Ordering::Relaxed);
                }
            });
        }

        /// What was woken, and whose last wakers are to be dropped. The caller drops one waker of each.
        pub(in super::super) fn take(&self) -> (Vec<Task>, Vec<Task>) {
            self.locked(|inbox| {
                self.shared.news.store(false, Ordering::Relaxed);
                let Inbox { woken, dropped } = inbox.as_mut().map(std::mem::take).unwrap_or_default();
                (woken, dropped)
            })
        }

        /// Has the last waker dropped: at home, or, where that is gone, by `alone`, which is then alone with all pages of
        /// it. It is given a slot that is free.
        ///
        /// # Safety
        /// The waker is counted, and is not used any more.
        pub(in super::super) unsafe fn drop_last(&self, task: Task, alone: impl FnOnce()) {
            self.locked(|inbox| match inbox {
                Some(inbox) => {
                    inbox.dropped.push(task);
                    self.shared.news.store(true, Ordering::Relaxed);
                }
                None => alone(),
            });
        }

        /// Closes the inbox; `last` is alone with all pages, and drops one waker of each task in it.
        pub(in super::super) fn close(&self, last: impl FnOnce(Vec<Task>)) {
            self.locked(|inbox| {
                let Inbox { woken, dropped } = inbox.take().unwrap_or_default();
                last([woken, dropped].concat());
            });
        }
    }
}

#[cfg(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics"))))]
pub(super) use one_thread::Remote;
#[cfg(not(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics")))))]
pub(super) use threads::Remote;
