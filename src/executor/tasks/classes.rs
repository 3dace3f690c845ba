//! All classes of an executor: where a task of a kind finds a slot.

use super::class::Class;
use super::page::Page;
use super::slot::{Kind, Task};
use super::{TaskId, Tasks};
use std::cell::{Cell, RefCell};
use std::ptr::NonNull;
use std::rc::Rc;

/// So many pages are not worth tidying: 512 KiB.
const FEW_PAGES: usize = 64;

/// The classes.
pub(super) struct Classes {
    /// By the address of their kind.
    all: RefCell<Vec<Rc<Class>>>,
    /// The one that was asked last.
    recent: Cell<NonNull<Class>>,
    /// Of no kind that anybody asks for: so that there is always a recent one.
    none: Rc<Class>,
    pages: Cell<usize>,
    slots: Cell<usize>,
    /// How many tasks had ended when it was tidied last.
    tidied: Cell<u32>,
}

impl Default for Classes {
    fn default() -> Self {
        let none = Rc::new(Class::new(&Kind::FRONT));
        Classes {
            all: RefCell::default(),
            recent: Cell::new(NonNull::from(&*none)),
            none,
            pages: Cell::new(0),
            slots: Cell::new(0),
            tidied: Cell::new(0),
        }
    }
}

impl Classes {
    /// A slot of a kind, if it was asked for last, and there is one.
    #[inline]
    pub(super) fn recent_slot(&self, kind: &'static Kind) -> Option<Task> {
        // SAFETY: classes are shared, and stay where they are as long as this.
        let recent = unsafe { self.recent.get().as_ref() };
        if std::ptr::eq(recent.kind, kind) { recent.take() } else { None }
    }

    /// From now on nobody asked for a slot yet; and nobody is to be remembered while a host wants to hear of spawns.
    pub(super) fn forget_recent(&self) {
        self.recent.set(NonNull::from(&*self.none));
    }

    /// A slot of a kind.
    #[cold]
    #[inline(never)]
    pub(super) fn slot(&self, kind: &'static Kind, tasks: &Tasks) -> Task {
        let address = |kind: &'static Kind| std::ptr::from_ref(kind).addr();
        let mut all = self.all.borrow_mut();
        let at = all.binary_search_by_key(&address(kind), |class| address(class.kind)).unwrap_or_else(|at| {
            all.insert(at, Rc::new(Class::new(kind)));
            at
        });
        let class = &*all[at];
        if !tasks.is_hosted() {
            self.recent.set(NonNull::from(class));
        }
        class.take().unwrap_or_else(|| {
            class.add(Page::new(kind, NonNull::from(class), Some(NonNull::from(tasks)), tasks.remote.clone()));
            self.pages.set(self.pages.get() + 1);
            self.slots.set(self.slots.get() + kind.slots);
            // SAFETY: a page has at least one slot.
            unsafe { class.take().unwrap_unchecked() }
        })
    }

    /// Gives memory back, if there is much of it, and far more than `alive` tasks want. `ended` tasks have come to an
    /// end so far: all slots are looked at only after as many of them as half the slots.
    #[inline]
    pub(super) fn tidy(&self, alive: usize, ended: u32) {
        let slots = self.slots.get();
        if self.pages.get() > FEW_PAGES
            && alive < slots / 4
            && ended.wrapping_sub(self.tidied.get()) as usize > slots / 2
        {
            self.tidy_all(ended);
        }
    }

    #[cold]
    #[inline(never)]
    fn tidy_all(&self, ended: u32) {
        self.tidied.set(ended);
        let all = self.all.borrow();
        all.iter().for_each(|class| class.tidy());
        self.pages.set(all.iter().map(|class| class.pages.borrow().len()).sum());
        self.slots.set(all.iter().map(|class| class.slots()).sum());
    }

    /// Ends all tasks that just wait, where that takes no more than to forget them; says how many.
    pub(super) fn end_plain(&self) -> u32 {
        self.all.borrow().iter().map(|class| class.end_plain()).sum()
    }

    /// How many kinds of tasks there have been.
    pub(super) fn count(&self) -> usize {
        self.all.borrow().len()
    }

    /// Comes by each task that is not `past` that (`DONE`, or `GONE`), page by page, as long as `each` says so; tasks may
    /// be added and ended meanwhile.
    pub(super) fn visit(&self, past: u32, each: &mut dyn FnMut(Task, TaskId) -> bool) {
        let page = |class: usize, i: usize| self.all.borrow().get(class)?.pages.borrow().get(i).copied();
        let mut class = 0;
        while class < self.count() {
            let mut i = 0;
            while let Some(page) = page(class, i) {
                // SAFETY: a page that is known is there, and pages are given back by `tidy` and `close` alone.
                for task in unsafe { Page::slots(page) } {
                    // SAFETY: a slot has a header, free or not.
                    let header = unsafe { task.header() };
                    if !header.state.has(past) && !each(task, header.id.get()) {
                        return;
                    }
                }
                i += 1;
            }
            class += 1;
        }
    }

    /// The executor goes. Whoever calls is alone with all pages.
    pub(super) fn close(&self) {
        self.all.borrow().iter().for_each(|class| class.close());
    }
}
