//! The tasks of an executor: their memory, the line of those that are ready, and their wakers.
//!
//! All `unsafe` of the executor is in here. What it stands on:
//!
//! - A *slot* ([`slot`]) is in use from its spawn until the executor has let go of it and its last waker is dropped.
//!   The executor lets go when the body is dropped and the task stands in no line.
//! - A *page* ([`page`]) is there as long as one of its slots is in use.
//! - A body is polled by a [`Turn`] and dropped by an [`Ended`], of which there is at most one for a task: a turn is
//!   given to what stood in line, which a task does at most once; an end is given once, when `DONE` is set, and never
//!   to what has its turn.
//! - Everything but the word of the [`state`] is the home thread's ([`remote`] says what other threads do).

mod ended;
mod line;
mod page;
mod pages;
mod remote;
mod slot;
mod state;
#[cfg(not(all(target_arch = "wasm32", not(target_feature = "atomics"))))]
mod sync;
mod turn;
mod waker;

pub(super) use ended::{Cancel, Ended};
pub(super) use slot::Body;
pub(super) use turn::{Next, Over, Turn};
pub(super) use waker::Home;

use crate::trace::event::WakeEffect;
use crate::trace::ids::TaskId;
use pages::Pages;
use remote::Remote;
use slot::{Header, Task};
use state::{DONE, INDEXED, QUEUED, State, WATCHED};
use std::cell::{Cell, OnceCell, RefCell};
use std::ptr::NonNull;
use std::rc::{Rc, Weak};

/// The tasks of one executor. What is in here may change at any wake, so nothing is borrowed while strange code runs.
pub(super) struct Tasks {
    /// Stands before the first in line; no task's.
    front: Header,
    /// The last in line, or `front`.
    last: Cell<Task>,
    /// Those in line for a policy that chooses: taken out of the line, in its order.
    order: RefCell<Vec<Task>>,
    /// The last number that was given out.
    last_id: Cell<u32>,
    /// Whether the loop is to look up before it polls on.
    attention: Cell<bool>,
    /// Whether somebody else than the loop wants to hear of wakes.
    hosted: Cell<bool>,
    /// Slots in use without a task that is alive: with wakers left, or in line.
    lingering: Cell<u32>,
    /// Those of them that stand in line.
    cancelled: Cell<u32>,
    pages: Pages,
    /// Tasks that may be named by their ids, in the order of these; none for those that ended.
    index: RefCell<Vec<(TaskId, Option<Task>)>>,
    ended: Cell<usize>,
    remote: Remote,
    home: OnceCell<Weak<dyn Home>>,
}

/// Who hears of a task.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// Nobody: there is no way to name it.
    ByNobody,
    /// It may be named by its id.
    ById,
    /// And a recorder is told of all its wakers do.
    Watched,
}

impl Tasks {
    pub(super) fn new() -> Rc<Self> {
        let tasks = Rc::new(Tasks {
            front: Header { state: State::new(DONE), next: Cell::new(None), id: Cell::new(TaskId::NONE) },
            last: Cell::new(Task(NonNull::dangling())),
            order: RefCell::default(),
            last_id: Cell::new(0),
            attention: Cell::new(false),
            hosted: Cell::new(false),
            lingering: Cell::new(0),
            cancelled: Cell::new(0),
            pages: Pages::default(),
            index: RefCell::default(),
            ended: Cell::new(0),
            remote: Remote::new(),
            home: OnceCell::new(),
        });
        tasks.last.set(tasks.front());
        tasks
    }

    /// Says whom to tell.
    pub(super) fn settle(&self, home: Weak<dyn Home>) {
        assert!(self.home.set(home).is_ok(), "tasks have one home");
    }

    /// Adds a task and puts it in line; says who it is, and where its body is from now on.
    #[inline]
    pub(super) fn insert<B: Body>(&self, body: B, known: Known) -> (TaskId, usize) {
        let id = self.number();
        let task = self.slot(const { &slot::Of::<B>::KIND });
        let flags = match known {
            Known::ByNobody => QUEUED,
            Known::ById => QUEUED | INDEXED,
            Known::Watched => QUEUED | INDEXED | WATCHED,
        };
        // SAFETY: the slot is of the kind of `B`, new in use and without a body; it stands in no line.
        let body = unsafe {
            let header = task.header();
            header.state.begin(flags);
            header.id.set(id);
            let body = task.fill(body);
            self.push(task);
            body
        };
        if known != Known::ByNobody {
            self.index.borrow_mut().push((id, Some(task)));
        }
        // SAFETY: the body is there: nothing has happened since.
        (id, unsafe { body.as_ref() }.address())
    }

    /// The next number.
    #[inline]
    pub(super) fn number(&self) -> TaskId {
        let id = TaskId(self.last_id.get().wrapping_add(1));
        assert!(id.is_some(), "an executor numbers no more than 4,294,967,295 tasks");
        self.last_id.set(id.0);
        id
    }

    /// Tasks that are alive.
    pub(super) fn alive(&self) -> usize {
        self.pages.used() - self.lingering.get() as usize
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

    /// Takes a task out of the index.
    #[cold]
    fn forget(&self, id: TaskId) {
        let mut index = self.index.borrow_mut();
        if let Ok(at) = index.binary_search_by_key(&id, |&(id, _)| id) {
            index[at].1 = None;
            self.ended.set(self.ended.get() + 1);
        }
        // Half of it may be of the dead: each is moved away once for each that came.
        if self.ended.get() > 32 + index.len() / 2 {
            index.retain(|(_, task)| task.is_some());
            self.ended.set(0);
        }
    }

    /// Has the loop look up before its next poll.
    pub(super) fn call_attention(&self) {
        self.attention.set(true);
    }

    /// Whether there is something to see to; asked by the loop, between any two polls.
    #[inline]
    pub(super) fn wants_attention(&self) -> bool {
        self.attention.get() || self.remote.has_news()
    }

    /// From now on the loop goes on until something new calls for its attention.
    pub(super) fn attend(&self) {
        self.attention.set(false);
    }

    /// Whether wakes are told to a host.
    pub(super) fn set_hosted(&self, hosted: bool) {
        self.hosted.set(hosted);
    }

    /// Tells a host, if there is one, that something is ready.
    #[inline]
    pub(super) fn tell_host(&self) {
        if self.hosted.get() {
            self.tell(|home| home.ready());
        }
    }

    #[cold]
    fn tell(&self, what: impl FnOnce(&dyn Home)) {
        if let Some(home) = self.home.get().and_then(Weak::upgrade) {
            what(&*home);
        }
    }

    /// Wakes what other threads woke, in the order in which they did, and tells of each.
    pub(super) fn take_news(&self, mut woken: impl FnMut(TaskId, WakeEffect)) {
        if !self.remote.has_news() {
            return;
        }
        let (tasks, freed) = self.remote.take();
        for task in tasks {
            // SAFETY: the waker that was counted for the stay in the inbox keeps the slot in use; this is home.
            unsafe {
                let id = task.header().id.get();
                let effect = waker::mark_woken(task);
                if task.header().state.has(WATCHED) {
                    woken(id, effect);
                }
                if state::is_free(task.header().state.drop_waker()) {
                    page::free_late(task, Some(self));
                }
            }
        }
        for task in freed {
            // SAFETY: nobody has the slot any more: it was left here to be freed, once.
            unsafe { page::free_late(task, Some(self)) };
        }
    }
}
