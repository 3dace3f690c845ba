//! The local side: what wakers and spawns reach on the executor's own thread. It is the run queue, the link to the
//! scheduler, and what is known of the memory in use.
//!
//! Every page points to it (S11). No borrow is held while user code runs, and a report to the scheduler is user code: it
//! may drop the executor, and this with it.

use super::kind::Kind;
use super::run_queue::RunQueue;
use crate::trace::event::WakeEffect;
use crate::trace::ids::TaskId;
use std::cell::{Cell, OnceCell};
use std::rc::{Rc, Weak};

/// What an executor does about its wakers, on its own thread.
pub(in crate::executor) trait Scheduler {
    /// Whether the wake of a recorded task that is under way is lost.
    fn loses(&self, task: TaskId) -> bool;
    /// A recorded task was woken.
    fn woken(&self, task: TaskId, effect: WakeEffect);
    /// A waker of a recorded task was cloned; `count` clones are alive.
    fn waker_cloned(&self, task: TaskId, count: u32);
    /// A clone was dropped or used up; `count` are alive.
    fn waker_dropped(&self, task: TaskId, count: u32);
    /// Something is ready, and nobody drives.
    fn ready(&self);
}

/// The local side of an executor.
pub(super) struct Local {
    pub(super) queue: RunQueue,
    /// Whether the loop is to leave its batch before the next poll.
    interrupted: Cell<u32>,
    /// Whether an event loop is to be notified of wakes.
    hosted: Cell<u32>,
    /// Whether all tasks are being ended: no page is freed meanwhile.
    pub(super) ending: Cell<bool>,
    /// Bytes of all pages.
    bytes: Cell<usize>,
    /// How many there may be before the loop is interrupted.
    most_bytes: Cell<usize>,
    /// Slots of all pages whose slots are not large.
    slots: Cell<usize>,
    scheduler: OnceCell<Weak<dyn Scheduler>>,
    /// The same, at hand while a recorded executor is driven; taken out while something is reported to it.
    driver: Cell<Option<Rc<dyn Scheduler>>>,
    /// Whether all that wakers do is reported to a recorder.
    pub(super) recorded: bool,
    /// Whether clones and drops of wakers are, too.
    counted: bool,
    /// Whether a wake that is reported may be lost.
    may_lose: bool,
}

impl Local {
    pub(super) fn new(queue: RunQueue, recorded: bool, counted: bool, may_lose: bool) -> Self {
        Local {
            queue,
            interrupted: Cell::new(0),
            hosted: Cell::new(0),
            ending: Cell::new(false),
            bytes: Cell::new(0),
            most_bytes: Cell::new(usize::MAX),
            slots: Cell::new(0),
            scheduler: OnceCell::new(),
            driver: Cell::new(None),
            recorded,
            counted,
            may_lose,
        }
    }

    /// Registers the scheduler; later calls are ignored.
    pub(super) fn register(&self, scheduler: Weak<dyn Scheduler>) {
        let _ = self.scheduler.set(scheduler);
    }

    /// Sets who drives. The caller takes it back.
    pub(super) fn set_driver(&self, driver: Option<Rc<dyn Scheduler>>) {
        self.driver.set(driver);
    }

    /// Has the loop leave its batch before the next poll, and look at all else.
    pub(super) fn interrupt(&self) {
        self.interrupted.set(1);
    }

    #[inline]
    pub(super) fn is_interrupted(&self) -> bool {
        self.interrupted.get() != 0
    }

    pub(super) fn clear_interrupt(&self) {
        self.interrupted.set(0);
    }

    pub(super) fn set_hosted(&self, hosted: bool) {
        self.hosted.set(hosted.into());
    }

    pub(super) fn is_hosted(&self) -> bool {
        self.hosted.get() != 0
    }

    /// Bytes of all pages.
    pub(super) fn bytes(&self) -> usize {
        self.bytes.get()
    }

    /// Slots of all pages whose slots are not large.
    pub(super) fn slots(&self) -> usize {
        self.slots.get()
    }

    /// The loop is interrupted when pages take more than `most` bytes.
    pub(super) fn limit_bytes(&self, most: usize) {
        self.most_bytes.set(most);
    }

    pub(super) fn add_page(&self, kind: &Kind) {
        self.bytes.set(self.bytes.get() + kind.layout.size());
        if !kind.is_large {
            self.slots.set(self.slots.get() + kind.slots);
        }
        if self.bytes.get() > self.most_bytes.get() {
            self.interrupt();
        }
    }

    pub(super) fn remove_pages(&self, kind: &Kind, pages: usize) {
        self.bytes.set(self.bytes.get() - pages * kind.layout.size());
        if !kind.is_large {
            self.slots.set(self.slots.get() - pages * kind.slots);
        }
    }

    /// Notifies an event loop, if there is one, that something is ready. Returns what [`report`](Self::report) does.
    #[inline]
    pub(super) fn notify_host(&self) -> Option<Rc<dyn Scheduler>> {
        if self.is_hosted() { self.report(&|scheduler| scheduler.ready()) } else { None }
    }

    /// Whether the wake that is under way is lost.
    pub(super) fn loses(&self, task: TaskId) -> bool {
        self.may_lose && {
            let lost = Cell::new(false);
            drop(self.report(&|scheduler| lost.set(scheduler.loses(task))));
            lost.get()
        }
    }

    /// Reports a wake, the most frequent report of all. Returns what [`report`](Self::report) does.
    pub(super) fn report_woken(&self, task: TaskId, effect: WakeEffect) -> Option<Rc<dyn Scheduler>> {
        let Some(driver) = self.driver.take() else { return self.report(&|scheduler| scheduler.woken(task, effect)) };
        driver.woken(task, effect);
        // Its place is empty: nothing is dropped.
        std::mem::forget(self.driver.replace(Some(driver)));
        None
    }

    /// Reports a clone or a drop of a waker, if that is wanted. Returns what [`report`](Self::report) does.
    pub(super) fn report_count(&self, what: &dyn Fn(&dyn Scheduler)) -> Option<Rc<dyn Scheduler>> {
        if self.counted { self.report(what) } else { None }
    }

    /// Reports something to the scheduler, which may let go of the executor, and of `self` with it. Then what is returned is
    /// the last reference to both: the caller drops it once it has nothing borrowed any more.
    #[cold]
    pub(super) fn report(&self, what: &dyn Fn(&dyn Scheduler)) -> Option<Rc<dyn Scheduler>> {
        let scheduler = self.scheduler.get().and_then(Weak::upgrade)?;
        what(&*scheduler);
        Some(scheduler)
    }
}
