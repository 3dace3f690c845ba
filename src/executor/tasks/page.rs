//! Pages: memory for tasks of one kind, side by side; and the size class of a kind, which is all of its pages.
//!
//! ```text
//! page (8 KiB, aligned to its size)
//! ┌──────┬────────┬────────┬─────┐      slot   ┌───────┬──────┬────┬─────────────┐
//! │ Page │ slot   │ slot   │ ... │      ────►  │ state │ next │ id │ future cell │
//! └──────┴────────┴────────┴─────┘             └───────┴──────┴────┴─────────────┘
//! ```
//!
//! Twelve bytes on wasm32 come before the future cell. A page is allocated as long as its executor is there, or, when that
//! is gone, as one of its slots is in use: a task's wakers keep its slot in use, so they may outlive the executor. An
//! *orphaned* slot is one that the executor has released and wakers have not. This file does not know what a future cell
//! is.

use super::header::TaskRef;
use super::kind::{Kind, Poller, QUEUE_END};
use super::local::Local;
use super::memory;
use super::remote::Remote;
use super::state::{FREE, State};
use crate::trace::ids::TaskId;
#[cfg(loom)]
use loom::cell::Cell as PageCell;
use std::alloc::Layout;
#[cfg(not(loom))]
use std::cell::Cell as PageCell;
use std::cell::{Cell, RefCell};
use std::ptr::NonNull;

/// The beginning of a page.
#[repr(C)]
pub(super) struct Page {
    /// Its kind's, one step nearer.
    pub(super) poll: Poller,
    /// The pages of its kind (S11).
    pub(super) class: NonNull<SizeClass>,
    /// The executor's local side (S11); none once the executor is gone.
    local: PageCell<Option<NonNull<Local>>>,
    pub(super) kind: &'static Kind,
    /// Orphaned slots.
    orphaned: PageCell<u32>,
    /// Of a large slot's page, its place in `SizeClass::pages`.
    index: Cell<u32>,
    /// The way to the executor from other threads.
    pub(super) remote: Remote,
}

/// All pages of one kind.
pub(super) struct SizeClass {
    pub(super) kind: &'static Kind,
    /// The first slot that is free, linked by `Header::next`.
    pub(super) free: Cell<Option<TaskRef>>,
    pub(super) pages: RefCell<Vec<NonNull<Page>>>,
    /// Slots that were freed late, by their last wakers, since memory was last given back.
    pub(super) freed_late: Cell<usize>,
}

/// Of no task: the kind of the page that the run queue's sentinel lies in.
pub(super) const SENTINEL: Kind = {
    use super::header::Header;
    let (first, stride) = (size_of::<Page>().next_multiple_of(align_of::<Header>()), size_of::<Header>());
    let Ok(layout) = Layout::from_size_align(first + stride, Page::ALIGN) else { unreachable!() };
    Kind {
        poll: |_| QUEUE_END,
        end: |_| {},
        observe: |_| None,
        is_plain: false,
        is_large: false,
        first,
        stride,
        slots: 1,
        layout,
    }
};

impl Page {
    /// To what a page is aligned.
    pub(super) const ALIGN: usize = 8 << 10;

    /// Its length, if its slots are not large. The difference is what allocators keep beside a block, so that two pages fit
    /// side by side.
    pub(super) const SIZE: usize = Self::ALIGN - 8;

    /// A page of free slots, each linked to the next. The caller frees it by [`free`](Self::free).
    pub(super) fn new(
        kind: &'static Kind,
        class: NonNull<SizeClass>,
        local: Option<NonNull<Local>>,
        remote: Remote,
    ) -> NonNull<Page> {
        let (memory, is_spare) = memory::take(kind.layout);
        let page = memory.cast::<Page>();
        // SAFETY: the layout begins with room for a `Page`, and its alignment is a multiple of that of `Page`. Behind
        // `first` lie `slots` slots, each with room for a header at its beginning (`slot::Of::KIND`, `SENTINEL`).
        unsafe {
            page.write(Page {
                local: PageCell::new(local),
                class,
                poll: kind.poll,
                kind,
                orphaned: PageCell::new(0),
                index: Cell::new(0),
                remote,
            });
            let mut next = None;
            for task in Self::slots(page).rev() {
                let header = task.0.as_ptr();
                (&raw mut (*header).state).write(State::new(FREE));
                (&raw mut (*header).next).write(Cell::new(next));
                // No slot has a number yet: in zeroes none has.
                if is_spare {
                    (&raw mut (*header).id).write(Cell::new(TaskId::NONE));
                }
                next = Some(task);
            }
        }
        page
    }

    /// The sentinel of a run queue, in a page of its own. The caller frees that page by [`free`](Self::free).
    pub(super) fn sentinel() -> TaskRef {
        let page = Self::new(&SENTINEL, NonNull::dangling(), None, Remote::new());
        // SAFETY: the page is allocated, and has one slot, with a header (S3).
        unsafe {
            let sentinel = Self::slots(page).next().unwrap_unchecked();
            sentinel.header().next.set(Some(sentinel));
            sentinel
        }
    }

    /// Frees a page.
    ///
    /// # Safety
    /// It came from [`new`](Self::new), none of its slots is in use, and no reference to it is left (S1).
    pub(super) unsafe fn free(page: NonNull<Page>) {
        // SAFETY: above; a header needs no drop.
        unsafe {
            let layout = page.as_ref().kind.layout;
            page.as_ref().remote.poison();
            page.drop_in_place();
            memory::give_back(page.cast(), layout);
        }
    }

    /// Its slots.
    ///
    /// # Safety
    /// The page is allocated as long as the iterator is used.
    pub(super) unsafe fn slots(page: NonNull<Page>) -> impl DoubleEndedIterator<Item = TaskRef> {
        // SAFETY: above.
        let &Kind { first, stride, slots, .. } = unsafe { page.as_ref() }.kind;
        // SAFETY: `slots` slots of `stride` bytes lie behind `first` within the layout, and each is aligned for its header
        // (`slot::Of::KIND`, `SENTINEL`). The pointer has the provenance of the whole allocation (S4).
        (0..slots).map(move |i| TaskRef(unsafe { page.cast::<u8>().add(first + i * stride).cast() }))
    }

    /// More of its slots are orphaned, or fewer.
    #[inline]
    pub(super) fn add_orphans(&self, more: i32) {
        self.orphaned.set(self.orphaned.get().wrapping_add_signed(more));
    }

    pub(super) fn has_orphans(&self) -> bool {
        self.orphaned.get() != 0
    }

    /// The executor's local side; none once the executor is gone. To be called on the executor's thread only.
    #[inline]
    pub(super) fn local(&self) -> Option<&Local> {
        // SAFETY: a pointer that is there is good (S11), and this is the executor's thread (above).
        self.local.get().map(|local| unsafe { &*local.as_ptr() })
    }

    /// The executor is gone.
    pub(super) fn forget_local(&self) {
        self.local.set(None);
    }
}

impl SizeClass {
    pub(super) fn new(kind: &'static Kind) -> Self {
        SizeClass { kind, free: Cell::new(None), pages: RefCell::default(), freed_late: Cell::new(0) }
    }

    /// Adds a page of free slots that are linked, when no slot is free.
    pub(super) fn add(&self, page: NonNull<Page>, local: &Local) {
        local.add_page(self.kind);
        let mut pages = self.pages.borrow_mut();
        // SAFETY: the page is allocated (S1).
        unsafe {
            page.as_ref().index.set(pages.len() as u32);
            self.free.set(Page::slots(page).next());
        }
        pages.push(page);
    }

    /// Removes the page of a large slot.
    fn remove(&self, page: NonNull<Page>, local: &Local) {
        local.remove_pages(self.kind, 1);
        let mut pages = self.pages.borrow_mut();
        // SAFETY: the pages of a size class are allocated (S1).
        unsafe {
            let at = page.as_ref().index.get();
            pages.swap_remove(at as usize);
            if let Some(moved) = pages.get(at as usize) {
                moved.as_ref().index.set(at);
            }
        }
    }
}

impl TaskRef {
    /// # Safety
    /// The slot's page is allocated.
    #[inline]
    pub(super) unsafe fn page<'a>(self) -> &'a Page {
        // SAFETY: the page is allocated (above), and may be shared (S3).
        unsafe { self.page_address().as_ref() }
    }

    /// # Safety
    /// As [`page`](Self::page).
    #[inline]
    pub(super) unsafe fn page_address(self) -> NonNull<Page> {
        let page = self.0.as_ptr().map_addr(|a| a & !(Page::ALIGN - 1)).cast::<Page>();
        // SAFETY: slots begin within the first `ALIGN` bytes of their page, which is aligned to that, and not at 0; the
        // reference has the provenance of the whole page (S4).
        unsafe { NonNull::new_unchecked(page) }
    }

    /// The executor releases the slot; it is free, unless it is orphaned.
    ///
    /// # Safety
    /// The future cell is dropped, the task is in no queue, and this is done once (S2). If the slot is `large`, neither it
    /// nor its page is used any more.
    #[inline]
    pub(super) unsafe fn release(self, large: bool) {
        // SAFETY: the slot is in use until here (S2). With no waker left nobody has it.
        unsafe {
            if !self.header().state.release() {
                self.page().add_orphans(1);
            } else if large {
                self.free_large();
            } else {
                self.free();
            }
        }
    }

    /// The slot is free from now on.
    ///
    /// # Safety
    /// Nobody has it, and its word says so (S2); this is the executor's thread, and the executor is there.
    #[inline]
    pub(super) unsafe fn free(self) {
        // SAFETY: the slot was in use until now, so its page is allocated (S1); its size class is, too (S11).
        unsafe { self.header().next.set(self.page().class.as_ref().free.replace(Some(self))) };
    }

    /// The slot is free from now on, and so is its page, which it has to itself.
    ///
    /// # Safety
    /// As [`free`](Self::free); and its kind is large, and neither it nor its page is used any more.
    #[cold]
    #[inline(never)]
    pub(super) unsafe fn free_large(self) {
        // SAFETY: above. While all tasks are ended addresses of slots are in use: the page is freed after that (S1).
        unsafe {
            let (page, class) = (self.page_address(), self.page().class.as_ref());
            let local = page.as_ref().local().unwrap_unchecked();
            if local.ending.get() {
                return self.free();
            }
            class.remove(page, local);
            Page::free(page);
        }
    }
}
