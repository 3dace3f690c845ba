//! Pages: memory for tasks of one kind, side by side.
//!
//! A page is there as long as one of its slots is in use, and a task's wakers keep its slot in use: so they may
//! outlive the executor. A page that becomes empty goes back to the allocator, but for a few of the last ones.

use super::remote::Remote;
use super::slot::{Header, Kind, Task};
use super::state::State;
use super::{TaskId, Tasks};
use std::alloc::{alloc, dealloc, handle_alloc_error};
use std::cell::Cell;
use std::ptr::NonNull;

/// What stands at the beginning of a page.
pub(super) struct Page {
    /// Whose it is; none once the executor is gone.
    pub(super) tasks: Cell<Option<NonNull<Tasks>>>,
    pub(super) kind: &'static Kind,
    /// The first slot that is free.
    pub(super) free: Cell<Option<Task>>,
    /// Slots that are not.
    pub(super) used: Cell<u32>,
    /// Its place among the pages of its kind.
    pub(super) index: Cell<u32>,
    /// Its neighbours among the pages of its kind that have room.
    pub(super) room: Cell<[Option<NonNull<Page>>; 2]>,
    /// Whether it stands among them. A page that was filled up is taken out only when somebody looks for room.
    pub(super) in_room: Cell<bool>,
    /// Whether it stands among the last that became empty.
    pub(super) spare: Cell<bool>,
    /// The way home for wakers on other threads.
    pub(super) remote: Remote,
}

impl Page {
    /// To what a page is aligned.
    pub(super) const ALIGN: usize = 8 << 10;

    /// Its length, if its slots are not large. What it lacks is what allocators keep beside a block: so that two
    /// pages can stand wall to wall.
    pub(super) const SIZE: usize = Self::ALIGN - 8;

    /// A page of free slots. Whoever calls frees it by [`free`](Self::free).
    pub(super) fn new(kind: &'static Kind, tasks: NonNull<Tasks>, remote: Remote) -> NonNull<Page> {
        // SAFETY: the layout is not of size 0: it holds a `Page`.
        let memory = unsafe { alloc(kind.layout) };
        let Some(memory) = NonNull::new(memory) else { handle_alloc_error(kind.layout) };
        let mut free = None;
        for i in (0..kind.slots).rev() {
            // SAFETY: `slots` slots of `stride` bytes lie behind `first` within the layout (`Of::KIND`), and each is
            // aligned to what it begins with. The pointer has the provenance of the whole allocation.
            unsafe {
                let slot = memory.add(kind.first + i * kind.stride).cast::<Header>();
                slot.write(Header { state: State::new(0), next: Cell::new(free), id: Cell::new(TaskId::NONE) });
                free = Some(Task(slot));
            }
        }
        let page = memory.cast::<Page>();
        // SAFETY: the layout begins with room for a `Page`, and is aligned to more than it needs.
        unsafe {
            page.write(Page {
                tasks: Cell::new(Some(tasks)),
                kind,
                free: Cell::new(free),
                used: Cell::new(0),
                index: Cell::new(0),
                room: Cell::new([None; 2]),
                in_room: Cell::new(false),
                spare: Cell::new(false),
                remote,
            });
        }
        page
    }

    /// Gives a page back.
    ///
    /// # Safety
    /// It came from [`new`](Self::new), none of its slots is in use, and nobody knows it any more.
    pub(super) unsafe fn free(page: NonNull<Page>) {
        // SAFETY: above; a header needs no drop.
        unsafe {
            let layout = page.as_ref().kind.layout;
            page.drop_in_place();
            dealloc(page.as_ptr().cast(), layout);
        }
    }

    /// Its slots.
    ///
    /// # Safety
    /// The page is there as long as the iterator.
    pub(super) unsafe fn slots(page: NonNull<Page>) -> impl Iterator<Item = Task> {
        // SAFETY: above.
        let kind = unsafe { page.as_ref() }.kind;
        (0..kind.slots).map(move |i| {
            // SAFETY: as in `new`.
            Task(unsafe { page.cast::<u8>().add(kind.first + i * kind.stride).cast() })
        })
    }
}

impl Page {
    /// Takes the first slot that is free, which is `task`.
    #[inline]
    pub(super) fn take(&self, task: Task) -> Task {
        // SAFETY: a free slot has a header.
        self.free.set(unsafe { task.header() }.next.get());
        self.used.set(self.used.get() + 1);
        task
    }

    /// One slot less is in use.
    pub(super) fn one_less(&self) {
        self.used.set(self.used.get() - 1);
    }

    /// The tasks that it belongs to; none once their executor is gone. To be asked on the home thread only.
    #[inline]
    pub(super) fn home(&self) -> Option<&Tasks> {
        // SAFETY: `Tasks` forgets itself in every page before it goes (`Tasks::close`), on the thread of whoever asks.
        self.tasks.get().map(|tasks| unsafe { &*tasks.as_ptr() })
    }
}

/// Frees the slot of a task that ended before its last waker went.
///
/// # Safety
/// Nobody has the slot any more, and this is called once for it; `home` are its tasks, if this is their thread.
pub(super) unsafe fn free_late(task: Task, home: Option<&Tasks>) {
    // SAFETY: pages with a slot in use are there, and this slot is until it is freed below.
    let page = unsafe { task.page() };
    match home {
        Some(tasks) => {
            tasks.lingering.set(tasks.lingering.get() - 1);
            // SAFETY: above.
            unsafe { tasks.free(task) };
        }
        None => {
            // The way out of the page must not lie in the page.
            let remote = page.remote.clone();
            // SAFETY: above; `alone` is called where the executor is gone, one thread at a time.
            unsafe { remote.free(task, || give_back(task)) };
        }
    }
}

/// One slot less is in use of a page without a home; the last one frees it.
///
/// # Safety
/// The page has no home, and its slot is freed by this; nobody else is at its pages meanwhile.
pub(super) unsafe fn give_back(task: Task) {
    // SAFETY: a slot of the page is in use until now; the page came from `Page::new`, and the executor that knew it is
    // gone: so with its last slot nobody does.
    unsafe {
        let page = task.page_address();
        page.as_ref().one_less();
        if page.as_ref().used.get() == 0 {
            Page::free(page);
        }
    }
}
