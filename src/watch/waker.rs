//! The waker that a watched task is polled with: it records what is done with it, and passes it on.

use super::log::{Log, Number, What};
use std::mem::ManuallyDrop;
use std::sync::Arc;
use std::task::{RawWaker, RawWakerVTable, Waker};

/// A waker of a task, around the waker that it is polled with. All clones of one share it, so that they wake the same
/// ([`Waker::will_wake`]) where the clones of the bare one do.
pub(super) struct TaskWaker {
    log: Arc<Log>,
    of: Number,
    inner: Waker,
}

static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, forget);

impl TaskWaker {
    pub(super) fn new(log: &Arc<Log>, of: Number, inner: &Waker) -> Arc<Self> {
        Arc::new(TaskWaker { log: log.clone(), of, inner: inner.clone() })
    }

    /// Whether it is around this waker.
    pub(super) fn is_around(&self, waker: &Waker) -> bool {
        self.inner.will_wake(waker)
    }

    /// As a waker that is lent, and not counted.
    pub(super) fn lend(self: &Arc<Self>) -> Lent<'_> {
        let data = Arc::as_ptr(self).cast();
        // SAFETY: the table's functions keep the contract of `RawWaker`: the pointer is of an `Arc<TaskWaker>`, which is Send
        // and Sync as a `Waker` and an `Arc<Log>` are; a clone adds a reference that its drop or wake takes away. This one
        // has none and is never dropped, and its lifetime is that of the `Arc` it was made from.
        let waker = unsafe { Waker::from_raw(RawWaker::new(data, &VTABLE)) };
        Lent(ManuallyDrop::new(waker), self)
    }
}

/// A waker for the time of a poll.
pub(super) struct Lent<'a>(
    ManuallyDrop<Waker>,
    #[allow(dead_code, reason = "it keeps the waker's data")] &'a Arc<TaskWaker>,
);

impl Lent<'_> {
    pub(super) fn waker(&self) -> &Waker {
        &self.0
    }
}

/// Whether a waker is one of a watched task of this log.
pub(super) fn is_of(waker: &Waker, log: &Arc<Log>) -> bool {
    if !std::ptr::eq(waker.vtable(), &VTABLE) {
        return false;
    }
    // SAFETY: a waker with this table has the pointer of an `Arc<TaskWaker>` that lives as long as the waker.
    let ours = unsafe { &*waker.data().cast::<TaskWaker>() };
    Arc::ptr_eq(&ours.log, log)
}

/// # Safety
/// `data` is that of a `TaskWaker`'s waker.
unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: by this function's contract; the waker that is cloned, or lent, keeps an `Arc`.
    let this = unsafe {
        Arc::increment_strong_count(data.cast::<TaskWaker>());
        &*data.cast::<TaskWaker>()
    };
    this.log.record(this.of, What::Cloned);
    RawWaker::new(data, &VTABLE)
}

/// # Safety
/// `data` is that of a clone, which is used up.
unsafe fn wake(data: *const ()) {
    // SAFETY: by this function's contract there is a reference, which is taken.
    let this = unsafe { Arc::from_raw(data.cast::<TaskWaker>()) };
    this.log.record(this.of, What::Woken);
    this.inner.wake_by_ref();
    this.log.record(this.of, What::Forgotten);
}

/// # Safety
/// `data` is that of a `TaskWaker`'s waker.
unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: by this function's contract; it lives as long as this call.
    let this = unsafe { &*data.cast::<TaskWaker>() };
    this.log.record(this.of, What::Woken);
    this.inner.wake_by_ref();
}

/// # Safety
/// `data` is that of a clone, which is dropped.
unsafe fn forget(data: *const ()) {
    // SAFETY: by this function's contract there is a reference, which is taken.
    let this = unsafe { Arc::from_raw(data.cast::<TaskWaker>()) };
    this.log.record(this.of, What::Forgotten);
}
