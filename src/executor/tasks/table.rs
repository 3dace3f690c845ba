//! The table of an executor's tasks: it gives them numbers and slots, finds them again, and drains the remote inbox.
//!
//! How tasks are polled is `permit`'s, how they end is `ended`'s. No borrow is held while user code runs: it may spawn, wake
//! and drop wakers.

use super::header::TaskRef;
use super::index::Index;
use super::kind::Kind;
use super::local::{Local, Scheduler};
use super::memory::room;
use super::page::Page;
use super::remote::Remote;
use super::run_queue::RunQueue;
use super::size_classes::SizeClasses;
use super::slot::{self, FutureCell};
use super::state::{INDEXED, QUEUED, RECORDED, is_free, is_in_queue};
use super::waker;
use crate::trace::event::WakeEffect;
use crate::trace::ids::TaskId;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

/// Why an assertion of this folder fails: none does, unless the rest of the executor uses it wrongly.
pub(super) const WRONG_TIME: &str = "tasks are polled, or all ended";

/// The tasks of one executor.
pub(in crate::executor) struct Tasks {
    pub(super) local: Local,
    /// For a policy that chooses: the tasks that are ready, taken out of the run queue, in its order.
    pub(super) order: RefCell<VecDeque<TaskRef>>,
    /// The last number that was given out.
    pub(super) last_id: Cell<u32>,
    /// The last one that somebody may know.
    last_named: Cell<TaskId>,
    /// Tasks that came to an end.
    pub(super) ended: Cell<u32>,
    /// Numbers that were given to something else than tasks.
    not_tasks: Cell<u32>,
    /// Tasks that ended while they were in the run queue, and still are.
    pub(super) cancelled_in_queue: Cell<u32>,
    /// Whether permits to run are given.
    pub(super) permitting: Cell<bool>,
    pub(super) classes: SizeClasses,
    pub(super) index: Index,
    pub(super) remote: Remote,
}

impl Tasks {
    /// If tasks are `recorded`, their wakes are reported to a recorder; if wakers are `counted`, too, all that is done with them;
    /// if wakes `may_be_lost`, a policy is asked.
    pub(in crate::executor) fn new(recorded: bool, counted: bool, may_be_lost: bool) -> Rc<Self> {
        Rc::new(Tasks {
            local: Local::new(RunQueue::new(Page::sentinel()), recorded, counted, may_be_lost),
            order: RefCell::new(VecDeque::with_capacity(room())),
            last_id: Cell::new(0),
            last_named: Cell::new(TaskId::NONE),
            ended: Cell::new(0),
            not_tasks: Cell::new(0),
            cancelled_in_queue: Cell::new(0),
            permitting: Cell::new(false),
            classes: SizeClasses::default(),
            index: Index::new(room()),
            remote: Remote::new(),
        })
    }

    /// Registers the scheduler; later calls are ignored.
    pub(in crate::executor) fn register(&self, scheduler: Weak<dyn Scheduler>) {
        self.local.register(scheduler);
    }

    /// Adds a task to the run queue; returns its number, and where its future is from now on.
    ///
    /// # Panics
    /// If the numbers are used up, all 4,294,967,295 of them.
    pub(in crate::executor) fn insert<C: FutureCell>(&self, cell: C) -> (TaskId, usize) {
        let (task, id) = self.prepare_named(const { &slot::Of::<C, false>::KIND });
        // SAFETY: the slot is of that kind (S9), and was free until now: it has no cell.
        let cell = unsafe { task.fill::<C, false>(cell) };
        // SAFETY: the slot has its cell now, and nothing has happened since.
        unsafe {
            self.enter_named(task, id);
            (id, cell.as_ref().address())
        }
    }

    /// A slot with a header, for a task that can be named.
    fn prepare_named(&self, kind: &'static Kind) -> (TaskRef, TaskId) {
        let id = self.named_number();
        let task = self.classes.slot(kind, &self.local, &self.remote);
        let flags = if self.local.recorded { INDEXED | RECORDED } else { INDEXED };
        // SAFETY: the page of a slot that was free is allocated (S1).
        let header = unsafe { task.header() };
        header.state.init(QUEUED | flags);
        header.id.set(id);
        (task, id)
    }

    /// # Safety
    /// The slot is `prepare_named`'s, and has its cell.
    unsafe fn enter_named(&self, task: TaskRef, id: TaskId) {
        // SAFETY: it is in use, `QUEUED`, and in no queue (above).
        unsafe { self.local.queue.push(task) };
        self.index.add(id, task);
    }

    /// Adds a task to the run queue that is neither recorded nor can be named.
    #[inline]
    pub(in crate::executor) fn insert_bare<C: FutureCell>(&self, cell: C) {
        let kind = const { &slot::Of::<C, true>::KIND };
        let id = self.number();
        let recent = self.classes.recent_slot(kind);
        // Not as a `match`: so the frequent case takes two instructions less on wasm32 (`spawn_complete` counts them).
        if recent.is_none() {
            // The kind is another than the last time, no slot is free, or a host is to be notified.
            let task = self.classes.slot(kind, &self.local, &self.remote);
            // SAFETY: the slot is of that kind (S9), and was free until now.
            unsafe { self.enter_bare(task, id, cell) };
            drop(self.local.notify_host());
        } else if let Some(task) = recent {
            // SAFETY: the slot is of that kind (S9), and was free until now.
            unsafe { self.enter_bare(task, id, cell) };
        }
    }

    /// # Safety
    /// The slot is of kind `Of::<C, true>::KIND`, and was free until now.
    #[inline(always)]
    unsafe fn enter_bare<C: FutureCell>(&self, task: TaskRef, id: TaskId, cell: C) {
        // SAFETY: above: it has no cell, and is in no queue; with its state set it is in use.
        unsafe {
            task.header().state.init(QUEUED);
            task.header().id.set(id);
            task.fill::<C, true>(cell);
            self.local.queue.push(task);
        }
    }

    /// A number for something else than a task.
    pub(in crate::executor) fn number_apart(&self) -> TaskId {
        self.not_tasks.set(self.not_tasks.get() + 1);
        self.named_number()
    }

    /// A number that nothing else has that somebody may know.
    fn named_number(&self) -> TaskId {
        let id = self.number();
        assert!(self.last_named.replace(id) < id, "an executor has 4,294,967,295 numbers for tasks");
        id
    }

    /// The next number. After four billion they begin again; nobody but `end_all` reads those of bare tasks.
    #[inline]
    fn number(&self) -> TaskId {
        self.last_id.set(self.last_id.get().wrapping_add(1));
        TaskId(self.last_id.get())
    }

    /// Tasks that are alive.
    pub(in crate::executor) fn alive(&self) -> usize {
        // All three may have wrapped around; their difference has not.
        self.last_id.get().wrapping_sub(self.not_tasks.get()).wrapping_sub(self.ended.get()) as usize
    }

    /// Another task has ended.
    #[inline]
    pub(super) fn count_end(&self) {
        self.ended.set(self.ended.get().wrapping_add(1));
    }

    /// Frees memory that is not needed.
    pub(in crate::executor) fn give_back(&self) {
        // While all tasks are ended, addresses of slots are in use.
        if !self.local.ending.get() {
            self.classes.give_back(&self.local, self.alive(), self.ended.get());
        }
    }

    /// Bytes of memory that all tasks take, those included that ended and are kept by their wakers.
    pub(in crate::executor) fn bytes(&self) -> usize {
        self.local.bytes()
    }

    /// Has the loop look up when tasks take more memory than that.
    pub(in crate::executor) fn limit_bytes(&self, most: usize) {
        self.local.limit_bytes(most);
    }

    /// Whether a task of that number is alive; only those are found that can be named.
    pub(in crate::executor) fn is_alive(&self, id: TaskId) -> bool {
        self.index.find(id).is_some()
    }

    /// Wakes a task by its number, and reports it.
    pub(in crate::executor) fn wake(&self, id: TaskId) {
        if let Some(task) = self.index.find(id) {
            // SAFETY: what is in the index is in use, and one of these tasks; this is the executor's thread.
            let effect = unsafe { waker::mark_woken(task, &self.local) };
            drop(self.local.report_woken(id, effect));
        }
    }

    /// Whether a task that can be named is in the run queue.
    pub(in crate::executor) fn is_in_queue(&self, id: TaskId) -> bool {
        // SAFETY: what is in the index is in use.
        self.index.find(id).is_some_and(|task| is_in_queue(unsafe { task.header() }.state.get()))
    }

    /// Has the loop leave its batch before the next poll, and look at all else.
    pub(in crate::executor) fn interrupt(&self) {
        self.local.interrupt();
    }

    /// Whether the loop is to leave its batch; asked between any two polls.
    #[inline]
    pub(in crate::executor) fn is_interrupted(&self) -> bool {
        self.local.is_interrupted() || self.remote.has_items()
    }

    /// The loop looks at everything now.
    pub(in crate::executor) fn clear_interrupt(&self) {
        self.local.clear_interrupt();
    }

    /// Whether a host is notified of wakes and spawns.
    pub(in crate::executor) fn set_hosted(&self, hosted: bool) {
        self.local.set_hosted(hosted);
        if hosted {
            self.classes.forget_recent();
        }
    }

    /// Sets who drives. The caller takes it back.
    pub(in crate::executor) fn set_driver(&self, driver: Option<Rc<dyn Scheduler>>) {
        self.local.set_driver(driver);
    }

    /// Wakes what other threads woke, in the order in which they did; `woken` is called for each that is recorded.
    pub(in crate::executor) fn drain_remote_inbox(&self, mut woken: impl FnMut(TaskId, WakeEffect)) {
        if !self.remote.has_items() {
            return;
        }
        let (tasks, dropped) = self.remote.take();
        for &task in &tasks {
            // SAFETY: a waker was counted for its stay in the inbox (S10), and this is the executor's thread.
            unsafe {
                let id = task.header().id.get();
                let effect = waker::mark_woken(task, &self.local);
                if task.header().state.has(RECORDED) {
                    woken(id, effect);
                }
            }
        }
        // Only now: a slot that is freed may be given to another task.
        for task in tasks.into_iter().chain(dropped) {
            // SAFETY: the waker that was counted for its stay is dropped here; this is the executor's thread.
            unsafe {
                if is_free(task.header().state.drop_waker()) {
                    task.free_late();
                }
            }
        }
    }
}

impl Drop for Tasks {
    fn drop(&mut self) {
        // SAFETY: it came from `Page::sentinel`, and with the queue nothing refers to it any more.
        unsafe { Page::free(self.local.queue.sentinel.page_address()) };
    }
}
