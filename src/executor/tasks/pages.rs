//! All pages of an executor, by the kind of their tasks.

use super::page::Page;
use super::slot::{Kind, Task};
use super::state::DONE;
use super::{TaskId, Tasks};
use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use std::ptr::NonNull;

/// How many pages that became empty are kept for what may come.
const SPARES: usize = 8;

struct OfKind {
    kind: &'static Kind,
    pages: Vec<NonNull<Page>>,
    /// The first of those that have room, linked by `Page::room`.
    room: Option<NonNull<Page>>,
}

#[derive(Default)]
pub(super) struct Pages {
    /// By the address of their kind.
    kinds: RefCell<Vec<OfKind>>,
    /// The page that had room last.
    recent: Cell<Option<NonNull<Page>>>,
    /// The last that became empty; which of them comes next to be given back.
    spares: Cell<[Option<NonNull<Page>>; SPARES]>,
    turn: Cell<usize>,
    /// Whether a slot was ever freed.
    freed: Cell<bool>,
    keep_all: Cell<bool>,
}

impl Pages {
    /// Slots in use.
    pub(super) fn used(&self) -> usize {
        let used = |page: &NonNull<Page>| {
            // SAFETY: the pages in `kinds` are there.
            unsafe { page.as_ref() }.used.get() as usize
        };
        self.kinds.borrow().iter().flat_map(|of| &of.pages).map(used).sum()
    }

    /// Whether [`visit`](Self::visit) comes by in the order of the tasks' numbers.
    pub(super) fn in_order(&self) -> bool {
        !self.freed.get() && self.kinds.borrow().len() <= 1
    }

    /// From now on pages that become empty are kept, or are not.
    pub(super) fn keep_all(&self, keep: bool) {
        self.keep_all.set(keep);
    }

    /// Comes by each task that is not done, page by page. Tasks may be added and ended meanwhile, if pages are kept.
    pub(super) fn visit<B>(&self, mut each: impl FnMut(Task, TaskId) -> ControlFlow<B>) -> ControlFlow<B> {
        let page = |kind: usize, i: usize| self.kinds.borrow().get(kind)?.pages.get(i).copied();
        let mut kind = 0;
        while kind < self.kinds.borrow().len() {
            let mut i = 0;
            while let Some(page) = page(kind, i) {
                // SAFETY: the page is known, so it is there; and it stays while pages are kept.
                for task in unsafe { Page::slots(page) } {
                    // SAFETY: as above.
                    let header = unsafe { task.header() };
                    // A slot that was never used has no number; one that was is done.
                    if header.id.get().is_some() && !header.state.has(DONE) {
                        each(task, header.id.get())?;
                    }
                }
                i += 1;
            }
            kind += 1;
        }
        ControlFlow::Continue(())
    }

    /// Gives the empty pages back, and leaves the others to the wakers that point there.
    ///
    /// Whoever calls is alone with all pages.
    pub(super) fn close(&self) {
        self.recent.set(None);
        self.spares.set([None; SPARES]);
        for page in self.kinds.take().into_iter().flat_map(|of| of.pages) {
            // SAFETY: the pages in `kinds` are there, and are forgotten here; an empty one is nobody's.
            unsafe {
                page.as_ref().tasks.set(None);
                if page.as_ref().used.get() == 0 {
                    Page::free(page);
                }
            }
        }
    }

    fn of<T>(&self, kind: &'static Kind, f: impl FnOnce(&mut OfKind) -> T) -> T {
        let mut kinds = self.kinds.borrow_mut();
        let address = |of: &OfKind| std::ptr::from_ref(of.kind).addr();
        let at = match kinds.binary_search_by_key(&std::ptr::from_ref(kind).addr(), address) {
            Ok(at) => at,
            Err(at) => {
                kinds.insert(at, OfKind { kind, pages: Vec::new(), room: None });
                at
            }
        };
        f(&mut kinds[at])
    }
}

impl Tasks {
    /// A slot of a kind, in use from now on.
    #[inline]
    pub(super) fn slot(&self, kind: &'static Kind) -> Task {
        if let Some(page) = self.pages.recent.get() {
            // SAFETY: a page that is given back is not the recent one any more.
            let page = unsafe { page.as_ref() };
            if std::ptr::eq(page.kind, kind)
                && let Some(task) = page.free.get()
            {
                return page.take(task);
            }
        }
        self.slot_elsewhere(kind)
    }

    #[cold]
    #[inline(never)]
    fn slot_elsewhere(&self, kind: &'static Kind) -> Task {
        let page = self.pages.of(kind, |of| {
            // SAFETY: pages that are linked are there.
            unsafe {
                while let Some(page) = of.room {
                    if page.as_ref().free.get().is_some() {
                        return page;
                    }
                    of.unlink(page);
                }
            }
            let page = Page::new(kind, NonNull::from(self), self.remote.clone());
            // SAFETY: it is new.
            unsafe {
                page.as_ref().index.set(of.pages.len() as u32);
                of.pages.push(page);
                of.link(page);
            }
            page
        });
        self.pages.recent.set(Some(page));
        // SAFETY: the page is there; it has room, or is new, and then it has at least one slot.
        unsafe { page.as_ref().take(page.as_ref().free.get().expect("a page with room has a free slot")) }
    }

    /// Frees a slot.
    ///
    /// # Safety
    /// It was in use, and nobody has it any more.
    #[inline]
    pub(super) unsafe fn free(&self, task: Task) {
        // SAFETY: a slot of the page is in use until now.
        let (header, page) = unsafe { (task.header(), task.page()) };
        let free = page.free.replace(Some(task));
        header.next.set(free);
        page.one_less();
        self.pages.freed.set(true);
        if free.is_none() || page.used.get() == 0 {
            // SAFETY: as above.
            self.changed(unsafe { task.page_address() });
        }
    }

    /// A page has room again, or is empty.
    #[cold]
    #[inline(never)]
    fn changed(&self, address: NonNull<Page>) {
        // SAFETY: this is called for a page that is there, by the one who has just freed a slot of it.
        let page = unsafe { address.as_ref() };
        if !page.in_room.get() {
            // SAFETY: as above, and it is not linked.
            self.pages.of(page.kind, |of| unsafe { of.link(address) });
        }
        if page.used.get() > 0 || page.spare.get() {
            return;
        }
        if page.kind.layout.size() > Page::SIZE && !self.pages.keep_all.get() {
            // SAFETY: it is there, empty and not among the spares. Large pages are not worth keeping.
            return unsafe { self.give_back(address) };
        }
        let mut spares = self.pages.spares.get();
        let turn = self.pages.turn.replace((self.pages.turn.get() + 1) % SPARES);
        page.spare.set(true);
        let oldest = spares[turn].replace(address);
        self.pages.spares.set(spares);
        if let Some(oldest) = oldest {
            // SAFETY: a page among the spares is there, since only those who leave them are given back.
            unsafe {
                oldest.as_ref().spare.set(false);
                if oldest.as_ref().used.get() == 0 && !self.pages.keep_all.get() {
                    self.give_back(oldest);
                }
            }
        }
    }

    /// # Safety
    /// The page is there, and empty.
    unsafe fn give_back(&self, page: NonNull<Page>) {
        if self.pages.recent.get() == Some(page) {
            self.pages.recent.set(None);
        }
        // SAFETY: above; it is known by nobody once it is out of the room, out of `pages` and not recent.
        unsafe {
            let index = page.as_ref().index.get() as usize;
            self.pages.of(page.as_ref().kind, |of| {
                if page.as_ref().in_room.get() {
                    of.unlink(page);
                }
                of.pages.swap_remove(index);
                if let Some(moved) = of.pages.get(index) {
                    moved.as_ref().index.set(index as u32);
                }
            });
            Page::free(page);
        }
    }
}

impl OfKind {
    /// Puts a page before the others that have room.
    ///
    /// # Safety
    /// It is there, and not linked.
    unsafe fn link(&mut self, page: NonNull<Page>) {
        // SAFETY: above; what is linked is there.
        unsafe {
            page.as_ref().room.set([None, self.room]);
            page.as_ref().in_room.set(true);
            if let Some(next) = self.room {
                next.as_ref().room.set([Some(page), next.as_ref().room.get()[1]]);
            }
        }
        self.room = Some(page);
    }

    /// Takes a page out of those that have room.
    ///
    /// # Safety
    /// It is there, and linked.
    unsafe fn unlink(&mut self, page: NonNull<Page>) {
        // SAFETY: above; what is linked is there.
        unsafe {
            let [before, next] = page.as_ref().room.get();
            page.as_ref().in_room.set(false);
            match before {
                Some(before) => before.as_ref().room.set([before.as_ref().room.get()[0], next]),
                None => self.room = next,
            }
            if let Some(next) = next {
                next.as_ref().room.set([before, next.as_ref().room.get()[1]]);
            }
        }
    }
}
