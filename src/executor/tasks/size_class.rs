//! What is done with all pages of a kind: a free slot is taken, empty pages are freed.

use super::header::TaskRef;
use super::local::Local;
use super::page::{Page, SizeClass};
use super::state::{flags, is_free};
use crate::trace::ids::TaskId;
use std::ptr::NonNull;

/// How many empty pages of a size class are kept for tasks to come.
const SPARES: usize = 8;

/// So many slots that are freed late are not worth a look at all slots of their kind.
const FEW_SLOTS: usize = 1000;

impl SizeClass {
    /// Takes a free slot, if there is one.
    #[inline]
    pub(super) fn take(&self) -> Option<TaskRef> {
        let task = self.free.get()?;
        // SAFETY: the page of a free slot in the list is allocated (S1).
        self.free.set(unsafe { task.header() }.next.get());
        Some(task)
    }

    /// Ends all idle tasks, if forgetting them is all that this takes; returns how many. Their slots are free again, but
    /// only [`give_back`](Self::give_back) links them.
    pub(super) fn end_plain(&self) -> u32 {
        if !self.kind.is_plain {
            return 0;
        }
        let mut ended = 0;
        for &page in &*self.pages.borrow() {
            let (mut idle, mut without_wakers) = (0, 0);
            // SAFETY: the pages of a size class are allocated (S1). An idle task is in no queue, and its future cell needs
            // no drop, so that its slot may be released (S2).
            unsafe {
                for task in Page::slots(page) {
                    let state = &task.header().state;
                    if flags(state.get()) == 0 {
                        idle += 1;
                        if state.release() {
                            without_wakers += 1;
                        }
                    }
                }
                page.as_ref().add_orphans(idle - without_wakers);
            }
            ended += idle as u32;
        }
        ended
    }

    /// Visits each task that does not have the flag `past` (`DONE`, or `RELEASED`), page by page, as long as `each` returns
    /// true; tasks may be added and ended meanwhile, and no page is freed.
    pub(super) fn visit(&self, past: u32, each: &mut dyn FnMut(TaskRef, TaskId) -> bool) {
        let page = |i: usize| self.pages.borrow().get(i).copied();
        let mut i = 0;
        while let Some(page) = page(i) {
            // SAFETY: the pages of a size class are allocated, and none is freed meanwhile (S1).
            for task in unsafe { Page::slots(page) } {
                // SAFETY: as its page is allocated, so is the header (S3).
                let header = unsafe { task.header() };
                if !header.state.has(past) && !each(task, header.id.get()) {
                    return;
                }
            }
            i += 1;
        }
    }

    /// Frees the pages that are empty, but for a few.
    pub(super) fn give_back(&self, local: &Local) {
        self.freed_late.set(0);
        if self.kind.is_large {
            while let Some(task) = self.take() {
                // SAFETY: the slot is free, and this is the executor's thread; the caller is not ending all tasks.
                unsafe { task.free_large() };
            }
            return;
        }
        let is_empty = |page: NonNull<Page>| {
            // SAFETY: the pages of a size class are allocated (S1).
            unsafe { Page::slots(page).all(|task| is_free(task.header().state.get())) }
        };
        let mut spares = SPARES;
        self.free.set(None);
        let mut pages = self.pages.borrow_mut();
        let before = pages.len();
        pages.retain(|&page| {
            if is_empty(page) && spares.checked_sub(1).map(|left| spares = left).is_none() {
                // SAFETY: none of its slots is in use, and it is forgotten here: `free` is made anew below.
                unsafe { Page::free(page) };
                return false;
            }
            true
        });
        local.remove_pages(self.kind, before - pages.len());
        pages.iter().rev().for_each(|&page| self.link_slots(page));
    }

    /// Frees empty pages, if half of all slots were freed late since that was last done: wakers may go when the loop, which
    /// does it otherwise, does not run any more.
    #[cold]
    #[inline(never)]
    fn give_back_late(&self, local: &Local) {
        let slots = self.pages.borrow().len() * self.kind.slots;
        if self.freed_late.get() > slots / 2 {
            self.give_back(local);
        }
    }

    /// Links those slots of a page that are free, the first before the others.
    fn link_slots(&self, page: NonNull<Page>) {
        // SAFETY: the pages of a size class are allocated (S1).
        for task in unsafe { Page::slots(page) }.rev() {
            // SAFETY: as its page is allocated, so is the header (S3).
            let header = unsafe { task.header() };
            if is_free(header.state.get()) {
                header.next.set(self.free.replace(Some(task)));
            }
        }
    }

    /// The executor is gone: empty pages are freed, the others are left to the wakers of their slots.
    pub(super) fn close(&self) {
        for page in self.pages.take() {
            // SAFETY: the pages of a size class are allocated (S1), and are forgotten here; an empty one is nobody's.
            unsafe {
                page.as_ref().forget_local();
                if !page.as_ref().has_orphans() {
                    Page::free(page);
                }
            }
        }
    }
}

impl TaskRef {
    /// The last waker of an orphaned slot was dropped.
    ///
    /// # Safety
    /// Nobody has the slot, and its word says so (S2); this is the executor's thread, and the executor is there. Neither the
    /// slot nor its page is used any more.
    pub(super) unsafe fn free_late(self) {
        // SAFETY: above. Size classes and the local side are there as long as the executor (S11).
        unsafe {
            let (page, class) = (self.page(), self.page().class.as_ref());
            page.add_orphans(-1);
            if class.kind.is_large {
                return self.free_large();
            }
            let local = page.local().unwrap_unchecked();
            self.free();
            class.freed_late.set(class.freed_late.get() + 1);
            if class.freed_late.get() > FEW_SLOTS && !local.ending.get() {
                class.give_back_late(local);
            }
        }
    }
}
