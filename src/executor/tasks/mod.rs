//! The tasks of an executor: their memory, the line of those that are ready, and their wakers.
//!
//! All `unsafe` of the executor is in here. What it stands on:
//!
//! - A *slot* ([`slot`]) is in use from its spawn until the executor has let go of it and its last waker is dropped.
//!   The executor lets go when the body is dropped and the task stands in no line.
//! - A *page* ([`page`]) is there as long as one of its slots is in use. Those of an executor that is there are given back
//!   between polls ([`Tasks::tidy`]), or with it ([`Tasks::close`]).
//! - A body is polled by a [`Turn`] and dropped by an [`Ended`], of which there is at most one for a task: a turn is
//!   given to what stood in line, where a task stands at most once; an end is given once, when `DONE` is set, and never
//!   to what is being polled.
//! - Everything but the word of the [`state`] is the home thread's ([`remote`] says what other threads do).

mod class;
mod classes;
mod ended;
mod line;
mod page;
mod remote;
mod slot;
mod state;
#[cfg(not(any(one_thread, all(target_arch = "wasm32", not(target_feature = "atomics")))))]
mod sync;
mod turn;
mod waker;

pub(super) use ended::{Cancel, Ended};
pub(super) use slot::Body;
pub(super) use turn::{Next, Over, Turn};
pub(super) use waker::Home;

use crate::trace::event::WakeEffect;
use crate::trace::ids::TaskId;
use classes::Classes;
use page::Page;
use remote::Remote;
use slot::{Kind, Task};
use state::{INDEXED, QUEUED, RUNNING, WATCHED, is_free};
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

/// Why an assertion of this folder fails: none does, unless it is used wrongly from the rest of the executor.
const NOT_NOW: &str = "tasks are polled, or all ended";

/// The tasks of one executor. What is in here may change at any wake, so nothing is borrowed while strange code runs.
pub(super) struct Tasks {
    /// Stands before the first in line and behind the last; no task's.
    front: Task,
    /// The last in line, or `front`.
    last: Cell<Task>,
    /// Those in line for a policy that chooses: taken out of the line, in its order.
    order: RefCell<VecDeque<Task>>,
    /// The last number that was given out.
    last_id: Cell<u32>,
    /// The last of those that somebody may know.
    last_named: Cell<TaskId>,
    /// Whether the loop is to look up before it polls on.
    attention: Cell<u32>,
    /// Whether somebody else than the loop wants to hear of wakes.
    hosted: Cell<u32>,
    /// Tasks that came to an end.
    ended: Cell<u32>,
    /// Numbers that were given to something else than tasks.
    not_tasks: Cell<u32>,
    /// Those who ended while they stood in line, and still do.
    cancelled: Cell<u32>,
    /// Whether turns are given.
    in_turn: Cell<bool>,
    /// Whether all tasks are being ended.
    ending: Cell<bool>,
    classes: Classes,
    /// Tasks that may be named by their numbers, in the order of these; none for those that ended.
    index: RefCell<Vec<(TaskId, Option<Task>)>>,
    /// How many of them did.
    forgotten: Cell<usize>,
    remote: Remote,
    home: OnceCell<Weak<dyn Home>>,
    /// The same, in hand while a watched executor is driven; away while it is told something.
    driver: Cell<Option<Rc<dyn Home>>>,
    /// Whether a recorder is told of all that wakers do.
    watched: bool,
    /// Whether a wake that is told of may be lost.
    changed: bool,
}

impl Tasks {
    /// `watched` if a recorder is to be told of all that their wakers do, `changed` if a policy may then lose wakes.
    pub(super) fn new(watched: bool, changed: bool) -> Rc<Self> {
        let front = Page::front();
        Rc::new(Tasks {
            front,
            last: Cell::new(front),
            order: RefCell::default(),
            last_id: Cell::new(0),
            last_named: Cell::new(TaskId::NONE),
            attention: Cell::new(0),
            hosted: Cell::new(0),
            ended: Cell::new(0),
            not_tasks: Cell::new(0),
            cancelled: Cell::new(0),
            in_turn: Cell::new(false),
            ending: Cell::new(false),
            classes: Classes::default(),
            index: RefCell::default(),
            forgotten: Cell::new(0),
            remote: Remote::new(),
            home: OnceCell::new(),
            driver: Cell::new(None),
            watched,
            changed,
        })
    }

    /// Says whom to tell. The first word counts.
    pub(super) fn settle(&self, home: Weak<dyn Home>) {
        let _ = self.home.set(home);
    }

    /// Adds a task and puts it in line; says who it is, and where its future is from now on.
    ///
    /// # Panics
    /// If the numbers are used up, all 4,294,967,295 of them.
    pub(super) fn insert<B: Body>(&self, body: B) -> (TaskId, usize) {
        let (task, id) = self.prepare_named(const { &slot::Of::<B, false>::KIND });
        // SAFETY: the slot is one of that kind, and was free until now: it has no body.
        let body = unsafe { task.fill::<B, false>(body) };
        // SAFETY: it has a body now; it stands in no line. The body is there: nothing has happened since.
        unsafe {
            self.enter_named(task, id);
            (id, body.as_ref().address())
        }
    }

    /// A slot with a header, for a task that can be named.
    fn prepare_named(&self, kind: &'static Kind) -> (Task, TaskId) {
        let id = self.named_number();
        let task = self.classes.slot(kind, self);
        let flags = if self.watched { INDEXED | WATCHED } else { INDEXED };
        // SAFETY: the slot was free until now, and has a header.
        let header = unsafe { task.header() };
        header.state.begin(QUEUED | flags);
        header.id.set(id);
        (task, id)
    }

    /// # Safety
    /// The slot is `prepare_named`'s, and has its body.
    unsafe fn enter_named(&self, task: Task, id: TaskId) {
        // SAFETY: above; it is `QUEUED`, and stands in no line.
        unsafe { self.push(task) };
        self.index.borrow_mut().push((id, Some(task)));
    }

    /// Adds a task that nobody watches and nobody can name, and puts it in line.
    #[inline]
    pub(super) fn insert_bare<B: Body>(&self, body: B) {
        let kind = const { &slot::Of::<B, true>::KIND };
        let id = self.number();
        // While a host wants to hear of it, there is no short way.
        let (task, is_short) = match self.classes.recent_slot(kind) {
            Some(task) => (task, true),
            None => (self.classes.slot(kind, self), false),
        };
        // SAFETY: the slot is one of that kind, and was free until now: it has no body, and stands in no line.
        unsafe {
            task.header().state.begin(QUEUED);
            task.header().id.set(id);
            task.fill::<B, true>(body);
            self.push(task);
        }
        if !is_short {
            drop(self.tell_host());
        }
    }

    /// A number for something else than a task.
    pub(super) fn number_apart(&self) -> TaskId {
        self.not_tasks.set(self.not_tasks.get() + 1);
        self.named_number()
    }

    /// A number that no other has that somebody may know.
    fn named_number(&self) -> TaskId {
        let id = self.number();
        assert!(self.last_named.replace(id) < id, "an executor has 4,294,967,295 numbers for tasks");
        id
    }

    /// The next number. After four billion they begin again, which nobody sees but who ends all of them.
    #[inline]
    fn number(&self) -> TaskId {
        self.last_id.set(self.last_id.get().wrapping_add(1));
        TaskId(self.last_id.get())
    }

    /// Tasks that are alive.
    pub(super) fn alive(&self) -> usize {
        // All three may have gone round; what is between them has not.
        self.last_id.get().wrapping_sub(self.not_tasks.get()).wrapping_sub(self.ended.get()) as usize
    }

    /// Another task has ended.
    #[inline]
    fn count_end(&self) {
        self.ended.set(self.ended.get().wrapping_add(1));
    }

    /// Gives back memory that is not wanted.
    pub(super) fn tidy(&self) {
        // Whoever ends all has addresses in hand.
        if !self.ending.get() {
            self.classes.tidy(self.alive(), self.ended.get());
        }
    }

    /// Whether a task of that number is alive; only those are found that are known by it.
    pub(super) fn is_alive(&self, id: TaskId) -> bool {
        self.find(id).is_some()
    }

    fn find(&self, id: TaskId) -> Option<Task> {
        let index = self.index.borrow();
        let at = index.binary_search_by_key(&id, |&(id, _)| id).ok()?;
        index[at].1
    }

    /// Wakes a task that is known by its number, and tells of it.
    pub(super) fn wake(&self, id: TaskId) {
        if let Some(task) = self.find(id) {
            // SAFETY: who stands in the index is in use, and one of these tasks'; nobody else is at home here.
            let effect = unsafe { waker::mark_woken(task, self) };
            drop(self.tell_woken(id, effect));
        }
    }

    /// Whether a task that is known by its number stands in the line.
    pub(super) fn is_in_line(&self, id: TaskId) -> bool {
        // SAFETY: who stands in the index is in use.
        self.find(id).is_some_and(|task| unsafe { task.header() }.state.get() & (QUEUED | RUNNING) == QUEUED)
    }

    /// Takes a task out of the index.
    #[cold]
    fn forget(&self, id: TaskId) {
        let mut index = self.index.borrow_mut();
        if let Ok(at) = index.binary_search_by_key(&id, |&(id, _)| id) {
            index[at].1 = None;
            self.forgotten.set(self.forgotten.get() + 1);
        }
        // Half of it may be of the dead: each is moved away once for each that came.
        if self.forgotten.get() > 32 + index.len() / 2 {
            index.retain(|(_, task)| task.is_some());
            self.forgotten.set(0);
        }
    }

    /// Has the loop look up before its next poll.
    pub(super) fn call_attention(&self) {
        self.attention.set(1);
    }

    /// Whether there is something to see to; asked by the loop, between any two polls.
    #[inline]
    pub(super) fn wants_attention(&self) -> bool {
        self.attention.get() != 0 || self.remote.has_news()
    }

    /// From now on the loop goes on until something new calls for its attention.
    pub(super) fn attend(&self) {
        self.attention.set(0);
    }

    /// Whether wakes are told to a host.
    pub(super) fn set_hosted(&self, hosted: bool) {
        self.hosted.set(hosted.into());
        if hosted {
            self.classes.forget_recent();
        }
    }

    fn is_hosted(&self) -> bool {
        self.hosted.get() != 0
    }

    /// Tells a host, if there is one, that something is ready. What comes back is as with [`tell`](Self::tell).
    #[inline]
    fn tell_host(&self) -> Option<Rc<dyn Home>> {
        if self.is_hosted() { self.tell(&|home| home.ready()) } else { None }
    }

    /// Who drives, from now on. Whoever sets it takes it back.
    pub(super) fn set_driver(&self, driver: Option<Rc<dyn Home>>) {
        self.driver.set(driver);
    }

    /// Whether the wake that is under way is lost.
    fn loses(&self, task: TaskId) -> bool {
        self.changed && {
            let lost = Cell::new(false);
            drop(self.tell(&|home| lost.set(home.loses(task))));
            lost.get()
        }
    }

    /// Tells of the most frequent thing that there is to tell. What comes back is as with [`tell`](Self::tell).
    fn tell_woken(&self, task: TaskId, effect: WakeEffect) -> Option<Rc<dyn Home>> {
        let Some(driver) = self.driver.take() else { return self.tell(&|home| home.woken(task, effect)) };
        driver.woken(task, effect);
        // In the place that was left empty.
        std::mem::forget(self.driver.replace(Some(driver)));
        None
    }

    /// Tells the executor. Whoever hears of it may let go of the executor, and of `self` with it: then what comes back
    /// is the last of both, and goes when the caller drops it, who has nothing borrowed any more.
    #[cold]
    fn tell(&self, what: &dyn Fn(&dyn Home)) -> Option<Rc<dyn Home>> {
        let home = self.home.get().and_then(Weak::upgrade)?;
        what(&*home);
        Some(home)
    }

    /// Wakes what other threads woke, in the order in which they did, and tells of each.
    pub(super) fn take_news(&self, mut woken: impl FnMut(TaskId, WakeEffect)) {
        if !self.remote.has_news() {
            return;
        }
        let (tasks, dropped) = self.remote.take();
        for &task in &tasks {
            // SAFETY: a waker was counted for its stay in the inbox, and this is home.
            unsafe {
                let id = task.header().id.get();
                let effect = waker::mark_woken(task, self);
                if task.header().state.has(WATCHED) {
                    woken(id, effect);
                }
            }
        }
        // Only now: a slot that is freed may be given to another task.
        for task in tasks.into_iter().chain(dropped) {
            // SAFETY: as above; that waker is dropped here.
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
        // SAFETY: it came from `Page::front`, and with the line it is known by nobody any more.
        unsafe { Page::free(self.front.page_address()) };
    }
}
