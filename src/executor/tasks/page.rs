//! Pages: memory for tasks of one kind, side by side.
//!
//! A page is there as long as its executor, or, when that is gone, as one of its slots is in use; a task's wakers keep
//! its slot in use, so they may outlive the executor.

use super::Tasks;
use super::class::Class;
use super::remote::Remote;
use super::slot::{Kind, Poller, Task};
use super::state::{FREE, State};
#[cfg(loom)]
use loom::{
    alloc::{alloc_zeroed, dealloc},
    cell::Cell as PageCell,
};
use std::alloc::handle_alloc_error;
use std::cell::Cell;
use std::ptr::NonNull;
#[cfg(not(loom))]
use std::{
    alloc::{alloc_zeroed, dealloc},
    cell::Cell as PageCell,
};

/// What stands at the beginning of a page.
#[repr(C)]
pub(super) struct Page {
    /// Its kind's, a step nearer.
    pub(super) poll: Poller,
    /// The pages of its kind; there as long as the executor.
    pub(super) class: NonNull<Class>,
    /// Whose it is; none once the executor is gone.
    pub(super) tasks: PageCell<Option<NonNull<Tasks>>>,
    pub(super) kind: &'static Kind,
    /// Slots that the executor has let go of, and wakers have not.
    pub(super) lingering: PageCell<u32>,
    /// The way home for wakers on other threads.
    pub(super) remote: Remote,
}

impl Page {
    /// To what a page is aligned.
    pub(super) const ALIGN: usize = 8 << 10;

    /// Its length, if its slots are not large. What it lacks is what allocators keep beside a block: so that two
    /// pages can stand wall to wall.
    pub(super) const SIZE: usize = Self::ALIGN - 8;

    /// A page of free slots, each linked to the next. Whoever calls frees it by [`free`](Self::free).
    pub(super) fn new(
        kind: &'static Kind,
        class: NonNull<Class>,
        tasks: Option<NonNull<Tasks>>,
        remote: Remote,
    ) -> NonNull<Page> {
        // Zeroes, so that no slot has a number yet.
        // SAFETY: the layout is not of size 0: it holds a `Page`.
        let memory = unsafe { alloc_zeroed(kind.layout) };
        let Some(memory) = NonNull::new(memory) else { handle_alloc_error(kind.layout) };
        let page = memory.cast::<Page>();
        // SAFETY: the layout begins with room for a `Page`, and is aligned to more than it needs. Behind `first` lie
        // `slots` slots, each with room for a header at its beginning (`Of::KIND`).
        unsafe {
            page.write(Page {
                tasks: PageCell::new(tasks),
                class,
                poll: kind.poll,
                kind,
                lingering: PageCell::new(0),
                remote,
            });
            let mut next = None;
            for task in Self::slots(page).rev() {
                let header = task.0.as_ptr();
                (&raw mut (*header).state).write(State::new(FREE));
                (&raw mut (*header).next).write(Cell::new(next));
                next = Some(task);
            }
        }
        page
    }

    /// A page with one slot, which is no task's. Whoever calls frees it by [`free`](Self::free).
    pub(super) fn front() -> Task {
        let page = Self::new(&Kind::FRONT, NonNull::dangling(), None, Remote::new());
        // SAFETY: it is there, and has one slot (`Kind::FRONT`), which has a header. Behind it stands itself.
        unsafe {
            let front = Self::slots(page).next().unwrap_unchecked();
            front.header().next.set(Some(front));
            front
        }
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
    pub(super) unsafe fn slots(page: NonNull<Page>) -> impl DoubleEndedIterator<Item = Task> {
        // SAFETY: above.
        let &Kind { first, stride, slots, .. } = unsafe { page.as_ref() }.kind;
        // SAFETY: `slots` slots of `stride` bytes lie behind `first` within the layout, and each is aligned to what it
        // begins with (`Of::KIND`). The pointer has the provenance of the whole allocation.
        (0..slots).map(move |i| Task(unsafe { page.cast::<u8>().add(first + i * stride).cast() }))
    }

    /// So many more of its slots are in use though the executor has let go of them.
    #[inline]
    pub(super) fn linger(&self, more: i32) {
        self.lingering.set(self.lingering.get().wrapping_add_signed(more));
    }

    /// The tasks that it belongs to; none once their executor is gone. To be asked on the home thread only.
    #[inline]
    pub(super) fn home(&self) -> Option<&Tasks> {
        // SAFETY: `Tasks` forgets itself in every page before it goes (`Tasks::close`), on the thread of whoever asks.
        self.tasks.get().map(|tasks| unsafe { &*tasks.as_ptr() })
    }
}

/// Drops a waker on another thread than the executor's, or where that is gone.
///
/// # Safety
/// The waker is counted, and is not used any more.
pub(super) unsafe fn drop_away(task: Task) {
    // SAFETY: the waker keeps the slot in use, and its page there, until it is dropped. The way out of the page must not
    // lie in the page. Where the executor is gone one thread at a time gets to give back.
    unsafe {
        if !task.header().state.drop_unless_last() {
            let remote = task.page().remote.clone();
            remote.drop_last(task, || give_back(task));
        }
    }
}

/// One slot less is in use of a page without a home; the last one frees it.
///
/// # Safety
/// The page has no home, and its slot is freed by this; nobody else is at its pages meanwhile.
unsafe fn give_back(task: Task) {
    // SAFETY: a slot of the page is in use until now; the page came from `Page::new`, and the executor that knew it is
    // gone: so with its last slot nobody does.
    unsafe {
        let page = task.page_address();
        page.as_ref().linger(-1);
        if page.as_ref().lingering.get() == 0 {
            Page::free(page);
        }
    }
}
