//! A class: all pages for the tasks of one kind, and the slots of them that are free.

use super::page::Page;
use super::slot::{Kind, Task};
use super::state::{flags, is_free};
use std::cell::{Cell, RefCell};
use std::ptr::NonNull;

/// How many empty pages of a class are kept for what may come.
const SPARES: usize = 8;

/// All pages of one kind.
pub(super) struct Class {
    pub(super) kind: &'static Kind,
    /// The first slot that is free, linked by `Header::next`.
    pub(super) free: Cell<Option<Task>>,
    pub(super) pages: RefCell<Vec<NonNull<Page>>>,
}

impl Class {
    pub(super) fn new(kind: &'static Kind) -> Self {
        Class { kind, free: Cell::new(None), pages: RefCell::default() }
    }

    /// Takes a free slot, if there is one.
    #[inline]
    pub(super) fn take(&self) -> Option<Task> {
        let task = self.free.get()?;
        // SAFETY: a free slot has a header.
        self.free.set(unsafe { task.header() }.next.get());
        Some(task)
    }

    /// Adds a page of free slots that are linked, when none is free.
    pub(super) fn add(&self, page: NonNull<Page>) {
        self.pages.borrow_mut().push(page);
        // SAFETY: the page is there.
        self.free.set(unsafe { Page::slots(page) }.next());
    }

    /// Ends all tasks that just wait, where that takes no more than to forget them; says how many. Their slots are free
    /// again, but found only when it is tidied.
    pub(super) fn end_plain(&self) -> u32 {
        if !self.kind.is_plain {
            return 0;
        }
        let mut ended = 0;
        for &page in &*self.pages.borrow() {
            let (mut waiting, mut forlorn) = (0, 0);
            // SAFETY: pages of a class are there, and slots have headers. A task that only waits is in no line; its body
            // needs no drop.
            unsafe {
                for task in Page::slots(page) {
                    let state = &task.header().state;
                    if flags(state.get()) == 0 {
                        waiting += 1;
                        if state.let_go() {
                            // It would have waited for ever: it has no waker that could keep the slot.
                            forlorn += 1;
                        }
                    }
                }
                page.as_ref().linger(waiting - forlorn);
            }
            ended += waiting as u32;
        }
        ended
    }

    /// Links those slots of a page that are free, the first before the others.
    fn link_slots(&self, page: NonNull<Page>) {
        // SAFETY: pages of a class are there.
        for task in unsafe { Page::slots(page) }.rev() {
            // SAFETY: a slot has a header, free or not.
            let header = unsafe { task.header() };
            if is_free(header.state.get()) {
                header.next.set(self.free.replace(Some(task)));
            }
        }
    }

    /// Slots, free or not.
    pub(super) fn slots(&self) -> usize {
        self.pages.borrow().len() * self.kind.slots
    }

    /// Gives back the pages that are empty, but for a few.
    pub(super) fn tidy(&self) {
        let is_empty = |page: NonNull<Page>| {
            // SAFETY: pages of a class are there, and slots have headers.
            unsafe { Page::slots(page).all(|task| is_free(task.header().state.get())) }
        };
        // Large ones are not worth keeping.
        let mut spares = if self.kind.layout.size() > Page::SIZE { 0 } else { SPARES };
        self.free.set(None);
        let mut pages = self.pages.borrow_mut();
        pages.retain(|&page| {
            if is_empty(page) && spares.checked_sub(1).map(|left| spares = left).is_none() {
                // SAFETY: none of its slots is in use, and it is forgotten here: `free` is made anew below.
                unsafe { Page::free(page) };
                return false;
            }
            true
        });
        pages.iter().rev().for_each(|&page| self.link_slots(page));
    }

    /// The executor goes: empty pages are given back, the others are left to the wakers that point there.
    pub(super) fn close(&self) {
        for page in self.pages.take() {
            // SAFETY: pages of a class are there, and are forgotten here; an empty one is nobody's.
            unsafe {
                page.as_ref().tasks.set(None);
                if page.as_ref().lingering.get() == 0 {
                    Page::free(page);
                }
            }
        }
    }
}
