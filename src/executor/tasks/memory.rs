//! The memory of pages: the allocator's, or what was given back of late, while run after run is made on a thread.
//!
//! An exploration makes tens of thousands of executors a second, each with a page for every kind of task that it has. To ask
//! an allocator for them, which has to align them, takes longer than the run.

use crate::alloc::uncounted;
#[cfg(loom)]
use loom::alloc::{alloc_zeroed, dealloc};
use std::alloc::{Layout, handle_alloc_error};
#[cfg(not(loom))]
use std::alloc::{alloc_zeroed, dealloc};
use std::cell::{Cell, RefCell};
use std::ptr::NonNull;

/// More are given back to the allocator.
const MOST: usize = 32;

/// Memory of pages that is in no use.
struct Spares {
    pages: RefCell<Vec<(Layout, NonNull<u8>)>>,
    /// Whether more is kept, and what is kept is used.
    are_kept: Cell<bool>,
}

impl Spares {
    fn free_all(&self) {
        for (layout, memory) in self.pages.take() {
            // SAFETY: it was allocated with this layout (`take`), and nobody has it.
            unsafe { dealloc(memory.as_ptr(), layout) };
        }
    }
}

impl Drop for Spares {
    fn drop(&mut self) {
        self.free_all();
    }
}

thread_local! {
    static SPARES: Spares = const { Spares { pages: RefCell::new(Vec::new()), are_kept: Cell::new(false) } };
}

/// Keeps pages that are freed on this thread from now on, and uses them, or does neither any more.
pub(in crate::executor) fn keep_spares(are_kept: bool) {
    SPARES.with(|spares| spares.are_kept.set(are_kept));
}

/// Gives back what is kept on this thread.
pub(in crate::executor) fn free_spares() {
    SPARES.with(Spares::free_all);
}

/// For how many entries an executor's lists have room from the start: where run after run is made, most never grow.
pub(in crate::executor) fn room() -> usize {
    if SPARES.try_with(|spares| spares.are_kept.get()).unwrap_or_default() { 32 } else { 0 }
}

/// Memory with a layout, which is not of size 0, and whether it is a spare, with anything in it. If not, it is all zeroes: what
/// is not written of a future's bytes is zero in a run that is looked at.
pub(super) fn take(layout: Layout) -> (NonNull<u8>, bool) {
    let spare = SPARES.try_with(|spares| {
        if !spares.are_kept.get() {
            return None;
        }
        let pages = &mut *spares.pages.borrow_mut();
        let at = pages.iter().rposition(|(of, _)| *of == layout)?;
        Some(pages.swap_remove(at).1)
    });
    if let Some(spare) = spare.ok().flatten() {
        return (spare, true);
    }
    debug_assert!(layout.size() > 0);
    // SAFETY: the layout is not of size 0: every page holds a `Page`.
    let memory = unsafe { alloc_zeroed(layout) };
    (NonNull::new(memory).unwrap_or_else(|| handle_alloc_error(layout)), false)
}

/// Gives memory back.
///
/// # Safety
/// It came from [`take`] with this layout, and is not used any more.
pub(super) unsafe fn give_back(memory: NonNull<u8>, layout: Layout) {
    let kept = SPARES.try_with(|spares| {
        let pages = &mut *spares.pages.borrow_mut();
        let is_kept = spares.are_kept.get() && pages.len() < MOST;
        if is_kept {
            uncounted(|| pages.push((layout, memory)));
        }
        is_kept
    });
    if !kept.unwrap_or_default() {
        // SAFETY: above.
        unsafe { dealloc(memory.as_ptr(), layout) };
    }
}
