//! All size classes of an executor: where a task of a kind finds a slot, and when memory is given back.

use super::header::TaskRef;
use super::kind::Kind;
use super::local::Local;
use super::page::{Page, SENTINEL, SizeClass};
use super::remote::Remote;
use crate::trace::ids::TaskId;
use std::cell::{Cell, RefCell};
use std::ptr::NonNull;
use std::rc::Rc;

/// So many bytes are not worth a look at all slots.
const FEW_BYTES: usize = 512 << 10;

/// The size classes.
pub(super) struct SizeClasses {
    /// By the address of their kind, which is one for all pages that know it: a key for searching, no more.
    all: RefCell<Vec<Rc<SizeClass>>>,
    /// The one that was asked last.
    recent: Cell<NonNull<SizeClass>>,
    /// Of a kind that nobody asks for, so that there is always a recent one.
    none: Rc<SizeClass>,
    /// How many tasks had ended when memory was last given back.
    ended: Cell<u32>,
    /// Tasks that came while all tasks were ended.
    came_late: RefCell<Vec<TaskRef>>,
}

impl Default for SizeClasses {
    fn default() -> Self {
        let none = Rc::new(SizeClass::new(&SENTINEL));
        SizeClasses {
            all: RefCell::default(),
            recent: Cell::new(NonNull::from(&*none)),
            none,
            ended: Cell::new(0),
            came_late: RefCell::default(),
        }
    }
}

impl SizeClasses {
    /// A slot of a kind, if that was the last one asked for, and a slot is free.
    #[inline]
    pub(super) fn recent_slot(&self, kind: &'static Kind) -> Option<TaskRef> {
        // SAFETY: size classes are shared, and stay where they are as long as this.
        let recent = unsafe { self.recent.get().as_ref() };
        if std::ptr::eq(recent.kind, kind) { recent.take() } else { None }
    }

    /// Makes [`recent_slot`](Self::recent_slot) find nothing: while a host is to be notified of spawns, or all tasks are
    /// ended, there is more to do about a spawn.
    pub(super) fn forget_recent(&self) {
        self.recent.set(NonNull::from(&*self.none));
    }

    /// A slot of a kind.
    #[inline(never)]
    pub(super) fn slot(&self, kind: &'static Kind, local: &Local, remote: &Remote) -> TaskRef {
        let address = |kind: &'static Kind| std::ptr::from_ref(kind).addr();
        let mut all = self.all.borrow_mut();
        let at = all.binary_search_by_key(&address(kind), |class| address(class.kind)).unwrap_or_else(|at| {
            all.insert(at, Rc::new(SizeClass::new(kind)));
            at
        });
        let class = &*all[at];
        let is_ending = local.ending.get();
        if !local.is_hosted() && !is_ending {
            self.recent.set(NonNull::from(class));
        }
        let task = class.take().unwrap_or_else(|| {
            class.add(Page::new(kind, NonNull::from(class), Some(NonNull::from(local)), remote.clone()), local);
            // SAFETY: a page has at least one slot.
            unsafe { class.take().unwrap_unchecked() }
        });
        if is_ending {
            self.came_late.borrow_mut().push(task);
        }
        task
    }

    /// Gives memory back, if there is much of it, and far more than `alive` tasks want. `ended` tasks have come to an end so
    /// far: all slots are looked at only after half as many tasks have ended.
    #[inline]
    pub(super) fn give_back(&self, local: &Local, alive: usize, ended: u32) {
        let slots = local.slots();
        if local.bytes() > FEW_BYTES && alive < slots / 4 && ended.wrapping_sub(self.ended.get()) as usize > slots / 2 {
            self.give_back_all(local, ended);
        }
    }

    #[cold]
    #[inline(never)]
    fn give_back_all(&self, local: &Local, ended: u32) {
        self.ended.set(ended);
        self.all.borrow().iter().for_each(|class| class.give_back(local));
    }

    /// Frees the pages of large slots that could not be freed at once, because all tasks were ended.
    pub(super) fn give_back_large(&self, local: &Local) {
        self.all.borrow().iter().filter(|class| class.kind.is_large).for_each(|class| class.give_back(local));
    }

    /// Ends all idle tasks, where forgetting them is all that this takes; returns how many.
    pub(super) fn end_plain(&self) -> u32 {
        self.all.borrow().iter().map(|class| class.end_plain()).sum()
    }

    /// The size class of all tasks, if there has only been one kind of them.
    pub(super) fn only(&self) -> Option<Rc<SizeClass>> {
        match &**self.all.borrow() {
            [class] => Some(class.clone()),
            _ => None,
        }
    }

    /// Takes the tasks that came while all tasks were ended, in the order in which they came.
    pub(super) fn take_late(&self) -> Vec<TaskRef> {
        self.came_late.take()
    }

    /// Visits each task that does not have the flag `past` (`DONE`, or `RELEASED`). No user code runs meanwhile.
    pub(super) fn visit(&self, past: u32, each: &mut dyn FnMut(TaskRef, TaskId)) {
        for class in &*self.all.borrow() {
            class.visit(past, &mut |task, id| {
                each(task, id);
                true
            });
        }
    }

    /// The executor is gone. No other thread is at its pages.
    pub(super) fn close(&self) {
        self.all.borrow().iter().for_each(|class| class.close());
    }
}
