//! Wakers: the handle by which anybody, on any thread, asks for a task to be polled again.
//!
//! A waker is an `Arc<WakeCell>` behind the standard library's [`RawWaker`]; the vtable is written by hand,
//! and not through [`std::task::Wake`], because clones and drops of wakers are events that a trace records.
//!
//! A wake on the executor's own thread goes straight to the executor ([`Home`]). On another thread, or after
//! the executor is gone, it only leaves the task's id in the inbox, which the executor empties before each
//! poll. All that a cell holds is `Send + Sync`, so that wakers may be too.

use super::context::Runtime;
use crate::alloc::uncounted;
use crate::trace::ids::TaskId;
use std::cell::RefCell;
use std::mem::ManuallyDrop;
use std::rc::Weak;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{RawWaker, RawWakerVTable, Waker};

/// What an executor does about its wakers, on its own thread.
pub(super) trait Home: Runtime {
    /// The task is woken.
    fn wake(&self, task: TaskId);
    /// A waker of the task was cloned; `count` clones are alive.
    fn waker_cloned(&self, task: TaskId, count: u32);
    /// A clone was dropped or used up; `count` are alive.
    fn waker_dropped(&self, task: TaskId, count: u32);
}

/// Ids of tasks that were woken from elsewhere; none once the executor is gone.
pub(super) type Inbox = Arc<Mutex<Option<Vec<TaskId>>>>;

/// An inbox that is open.
pub(super) fn new_inbox() -> Inbox {
    Arc::new(Mutex::new(Some(Vec::new())))
}

/// Takes what is in an inbox.
pub(super) fn take_inbox(inbox: &Inbox) -> Vec<TaskId> {
    inbox.lock().unwrap_or_else(PoisonError::into_inner).as_mut().map(std::mem::take).unwrap_or_default()
}

thread_local! {
    /// The executors of this thread, by id.
    static HOMES: RefCell<Vec<(u64, Weak<dyn Home>)>> = const { RefCell::new(Vec::new()) };
}

/// A number for an executor that no other one in this process has.
pub(super) fn new_home_id() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Makes `home` the place where wakes of executor `id` go on this thread.
pub(super) fn settle(id: u64, home: Weak<dyn Home>) {
    HOMES.with_borrow_mut(|homes| uncounted(|| homes.push((id, home))));
}

/// Forgets executor `id`, and closes its inbox.
pub(super) fn leave(id: u64, inbox: &Inbox) {
    *inbox.lock().unwrap_or_else(PoisonError::into_inner) = None;
    // The thread may be ending, and its homes with it.
    let _ = HOMES.try_with(|homes| homes.borrow_mut().retain(|(h, _)| *h != id));
}

/// Calls `f` with executor `id` if this is its thread and it is still there; says whether it did.
pub(super) fn at_home(id: u64, f: impl FnOnce(&dyn Home)) -> bool {
    let find = |homes: &RefCell<Vec<(u64, Weak<dyn Home>)>>| {
        let homes = homes.borrow();
        homes.iter().find(|(h, _)| *h == id).and_then(|(_, home)| home.upgrade())
    };
    match HOMES.try_with(find) {
        Ok(Some(home)) => {
            f(&*home);
            true
        }
        _ => false,
    }
}

/// The target of a task's wakers.
pub(super) struct WakeCell {
    task: TaskId,
    home: u64,
    inbox: Inbox,
    clones: AtomicU32,
}

impl WakeCell {
    pub(super) fn new(task: TaskId, home: u64, inbox: Inbox) -> Arc<Self> {
        Arc::new(WakeCell { task, home, inbox, clones: AtomicU32::new(0) })
    }

    /// Calls `f` with a waker that lives no longer than the call. It is no clone: making and forgetting it is not
    /// counted.
    pub(super) fn with_waker<T>(self: &Arc<Self>, f: impl FnOnce(&Waker) -> T) -> T {
        let data = Arc::as_ptr(self).cast();
        // SAFETY: `data` points into an `Arc<WakeCell>`, as every function of the vtable needs, and `self` keeps
        // that alive until `f` has returned. The `ManuallyDrop` never gives back the count that was not taken.
        let waker = ManuallyDrop::new(unsafe { Waker::from_raw(RawWaker::new(data, &VTABLE)) });
        f(&waker)
    }

    fn at_home(&self, f: impl FnOnce(&dyn Home)) -> bool {
        at_home(self.home, f)
    }

    fn wake(&self) {
        if !self.at_home(|home| home.wake(self.task)) {
            let mut inbox = self.inbox.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(inbox) = &mut *inbox {
                inbox.push(self.task);
            }
        }
    }

    fn cloned(&self) {
        let count = self.clones.fetch_add(1, Ordering::Relaxed) + 1;
        self.at_home(|home| home.waker_cloned(self.task, count));
    }

    fn dropped(&self) {
        let count = self.clones.fetch_sub(1, Ordering::Relaxed) - 1;
        self.at_home(|home| home.waker_dropped(self.task, count));
    }
}

static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop);

// The four below are called by `Waker` alone, with the `data` of a waker made in `WakeCell::with_waker` or in
// `clone`: a pointer to the `WakeCell` inside of an `Arc` that is alive. `wake` and `drop` own one count of
// that `Arc`, which `clone` took.

unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: `data` points into a live `Arc<WakeCell>` (above).
    unsafe { Arc::increment_strong_count(data.cast::<WakeCell>()) };
    // SAFETY: as above; the reference ends with this call.
    unsafe { &*data.cast::<WakeCell>() }.cloned();
    RawWaker::new(data, &VTABLE)
}

unsafe fn wake(data: *const ()) {
    // SAFETY: the caller hands over one count (above).
    let cell = unsafe { Arc::from_raw(data.cast::<WakeCell>()) };
    cell.wake();
    cell.dropped();
}

unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: `data` points into a live `Arc<WakeCell>` (above), and the waker outlives this call.
    unsafe { &*data.cast::<WakeCell>() }.wake();
}

unsafe fn drop(data: *const ()) {
    // SAFETY: the caller hands over one count (above).
    let cell = unsafe { Arc::from_raw(data.cast::<WakeCell>()) };
    cell.dropped();
}
