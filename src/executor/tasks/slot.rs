//! A slot: the header of a task, and its future cell behind it. Here is all that depends on the type of a future: how a
//! slot is laid out, filled, polled and emptied.
//!
//! It knows wakers, since a poll lends one, and neither the run queue nor the recorder.

use super::header::{Header, TaskRef};
use super::kind::{ENDED, Kind, Polled, READY, SKIPPED};
use super::page::Page;
use super::state::{CANCELLED, DONE, QUEUED, RUNNING};
use super::waker;
use crate::record::Observation;
use std::alloc::Layout;
use std::cell::{Cell, UnsafeCell};
use std::mem::{ManuallyDrop, MaybeUninit, needs_drop};
use std::pin::Pin;
use std::ptr::NonNull;
use std::task::{Context, Poll};

/// A task's future, and where its value goes. It is dropped after [`end`](FutureCell::end).
pub(in crate::executor) trait FutureCell: 'static {
    /// Polls the future; a value that is ready stays in the cell.
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()>;

    /// Drops the future, then hands on its value, or that there is none.
    fn end(self: Pin<&mut Self>) {}

    /// What the future says of itself.
    fn observe(&self) -> Option<Observation> {
        None
    }

    /// Where the future is.
    fn address(&self) -> usize;
}

#[repr(C)]
struct Slot<C, X> {
    header: Header,
    extra: X,
    cell: UnsafeCell<MaybeUninit<C>>,
}

/// What comes between the header and the cell of a task that is not bare: its polls so far.
type Polls = Cell<u32>;

/// Tasks with future cells of a type. `BARE` tasks are neither recorded nor indexed: their poll ends them as well.
pub(super) struct Of<C, const BARE: bool>(C);

impl<C: FutureCell, const BARE: bool> Of<C, BARE> {
    pub(super) const KIND: Kind = {
        let (align, stride) = if BARE {
            (align_of::<Slot<C, ()>>(), size_of::<Slot<C, ()>>())
        } else {
            (align_of::<Slot<C, Polls>>(), size_of::<Slot<C, Polls>>())
        };
        assert!(align <= Page::ALIGN / 8, "a future may be aligned to 1 KiB at the most");
        let first = size_of::<Page>().next_multiple_of(align);
        // A large one has a page to itself, as long as it needs.
        let is_large = stride > Page::ALIGN / 8;
        let slots = if is_large { 1 } else { (Page::SIZE - first) / stride };
        let size = if is_large { first + stride } else { Page::SIZE };
        let Ok(layout) = Layout::from_size_align(size, Page::ALIGN) else { panic!("a future is too large") };
        Kind {
            poll: poll::<C, BARE>,
            end: end::<C, BARE>,
            observe: observe::<C, BARE>,
            is_plain: BARE && !needs_drop::<C>(),
            is_large,
            first,
            stride,
            slots,
            layout,
        }
    };
}

impl TaskRef {
    /// # Safety
    /// The slot is of kind `Of::<C, BARE>::KIND`, and its page is allocated.
    #[inline]
    unsafe fn cell<C, const BARE: bool>(self) -> *mut C {
        // SAFETY: a whole slot of that form is there (above, S9).
        unsafe {
            if BARE {
                (&raw mut (*self.0.as_ptr().cast::<Slot<C, ()>>()).cell).cast()
            } else {
                (&raw mut (*self.0.as_ptr().cast::<Slot<C, Polls>>()).cell).cast()
            }
        }
    }

    /// The polls so far.
    ///
    /// # Safety
    /// The slot is in use, and not bare.
    pub(super) unsafe fn polls<'a>(self) -> &'a Polls {
        // SAFETY: above; where `extra` lies does not depend on the cell's type, since it is aligned as the header is.
        unsafe { &(*self.0.as_ptr().cast::<Slot<(), Polls>>()).extra }
    }

    /// Moves a future cell in, and returns its address.
    ///
    /// # Safety
    /// The slot is of kind `Of::<C, BARE>::KIND`, and has no future cell.
    #[inline]
    pub(super) unsafe fn fill<C, const BARE: bool>(self, cell: C) -> NonNull<C> {
        // SAFETY: the place is in the slot, hence aligned, and nothing refers to it yet (above, S9).
        unsafe {
            if !BARE {
                self.polls().set(0);
            }
            let place = self.cell::<C, BARE>();
            place.write(cell);
            NonNull::new_unchecked(place)
        }
    }
}

/// # Safety
/// The task has just left the run queue by a permit to run (S6), and is of kind `Of::<C, BARE>::KIND`. A bare one is not
/// done.
unsafe fn poll<C: FutureCell, const BARE: bool>(task: TaskRef) -> Polled {
    // SAFETY: the executor has not released the slot (S2): it does so below, if at all.
    let header = unsafe { task.header() };
    if !BARE && header.state.has(DONE) {
        return SKIPPED;
    }
    header.state.begin_poll(BARE);
    // Lent by the executor: it is not counted, and not dropped.
    // SAFETY: the slot outlives the waker, which is not dropped (S10).
    let waker = ManuallyDrop::new(unsafe { waker::new(task) });
    // SAFETY: the task is not done, so it has its cell (S7), which stays in its slot until it is dropped there; nothing else
    // touches it during its poll (S6).
    let cell = unsafe { Pin::new_unchecked(&mut *task.cell::<C, BARE>()) };
    if cell.poll(&mut Context::from_waker(&waker)).is_pending() {
        return header.state.flip(RUNNING) & (QUEUED | CANCELLED);
    }
    if !BARE {
        return READY;
    }
    // SAFETY: it has its cell (S7), and with `DONE` set nothing polls or ends it again. Then the slot is released: a bare task
    // is in no queue, since `RUNNING` is set. It is not used any more.
    unsafe {
        if needs_drop::<C>() {
            header.state.set(DONE);
            end::<C, BARE>(task);
        }
        task.release(const { Of::<C, BARE>::KIND.is_large });
    }
    ENDED
}

/// # Safety
/// The task has its cell, which is a `C`, and is not polled or ended meanwhile or after (S7, S9).
unsafe fn end<C: FutureCell, const BARE: bool>(task: TaskRef) {
    // SAFETY: above; the cell was pinned from its first poll, and is dropped in its place.
    unsafe {
        let cell = task.cell::<C, BARE>();
        Pin::new_unchecked(&mut *cell).end();
        cell.drop_in_place();
    }
}

/// # Safety
/// The task has its cell, which is a `C`, and is not polled or ended meanwhile (S7, S9).
unsafe fn observe<C: FutureCell, const BARE: bool>(task: TaskRef) -> Option<Observation> {
    // SAFETY: above.
    unsafe { &*task.cell::<C, BARE>() }.observe()
}
