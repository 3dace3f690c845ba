//! A slot: the header of a task, and its body behind it.
//!
//! ```text
//! page (8 KiB, aligned to its size)
//! ┌──────┬────────┬────────┬─────┐      slot   ┌───────┬──────┬────┬──────────────┐
//! │ Page │ slot   │ slot   │ ... │      ────►  │ state │ next │ id │ body         │
//! └──────┴────────┴────────┴─────┘             └───────┴──────┴────┴──────────────┘
//! ```
//!
//! Twelve bytes on wasm32 stand before the body. All slots of a page have bodies of one type, and what is common to
//! them ([`Kind`]) is found by rounding a slot's address down to its page.

use super::page::Page;
use super::state::{CANCELLED, DONE, GONE, QUEUED, RUNNING, State, WATCHED};
use super::waker;
use crate::record::Observation;
use crate::trace::ids::TaskId;
use std::alloc::Layout;
use std::cell::{Cell, UnsafeCell};
use std::mem::{ManuallyDrop, MaybeUninit, needs_drop};
use std::pin::Pin;
use std::ptr::NonNull;
use std::task::{Context, Poll};

/// A task's work, whatever the type of its future. It is dropped after [`end`](Body::end).
pub(in crate::executor) trait Body: 'static {
    /// Polls the future; a value that is ready stays in the body.
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()>;

    /// The future is dropped; then its value, or that there is none, is handed on.
    fn end(self: Pin<&mut Self>) {}

    /// What the future says of itself.
    fn observe(&self) -> Option<Observation> {
        None
    }

    /// Where the future is.
    fn address(&self) -> usize;
}

/// What stands before a body.
#[repr(C)]
pub(super) struct Header {
    pub(super) state: State,
    /// Whoever stands behind it in the line of those that are ready, or in the list of slots that are free.
    pub(super) next: Cell<Option<Task>>,
    pub(super) id: Cell<TaskId>,
}

/// The address of a header, with leave to reach all of its page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Task(pub(super) NonNull<Header>);

#[repr(C)]
struct Slot<B, X> {
    header: Header,
    extra: X,
    body: UnsafeCell<MaybeUninit<B>>,
}

/// What stands between the header and the body of a task that is not bare: its polls so far.
type Polls = Cell<u32>;

/// How a turn went: one of the numbers below. They are flags of the state where that saves a step: what a poll that is
/// pending left of `QUEUED` and `CANCELLED` says the rest.
pub(super) type Polled = u32;
/// Polls a task of one type. Its precondition is [`poll`]'s.
pub(super) type Poller = unsafe fn(Task) -> Polled;
/// Pending; it waits to be woken.
pub(super) const IDLE: Polled = 0;
/// Pending; it was woken meanwhile, and is to be put in line.
pub(super) const WOKEN: Polled = QUEUED;
/// Ready, and to be ended.
pub(super) const READY: Polled = RUNNING;
/// Ready, ended and let go already.
pub(super) const ENDED: Polled = DONE;
/// Not polled: it was cancelled in line.
pub(super) const MISSED: Polled = GONE;
/// Nobody was polled: the line is at its end.
pub(super) const LINE_END: Polled = WATCHED;

/// What the tasks of a page have in common.
pub(super) struct Kind {
    pub(super) poll: Poller,
    /// Drops the future, hands on its value, drops the body.
    pub(super) end: unsafe fn(Task),
    pub(super) observe: unsafe fn(Task) -> Option<Observation>,
    /// Whether a task that waits may be ended by forgetting it: nobody watches it or can name it, and its body needs no
    /// drop.
    pub(super) is_plain: bool,
    /// From a page's address to its first slot, in bytes.
    pub(super) first: usize,
    /// From slot to slot, in bytes.
    pub(super) stride: usize,
    /// Slots of a page.
    pub(super) slots: usize,
    /// A page.
    pub(super) layout: Layout,
}

impl Kind {
    /// Of no task: of the one slot that stands before and behind the line.
    pub(super) const FRONT: Kind = {
        let (first, stride) = (size_of::<Page>().next_multiple_of(align_of::<Header>()), size_of::<Header>());
        let Ok(layout) = Layout::from_size_align(first + stride, Page::ALIGN) else { unreachable!() };
        Kind { poll: |_| LINE_END, end: |_| {}, observe: |_| None, is_plain: false, first, stride, slots: 1, layout }
    };
}

/// Tasks with bodies of a type. `BARE` are those that nobody watches or can name: their poll ends them as well.
pub(super) struct Of<B, const BARE: bool>(B);

impl<B: Body, const BARE: bool> Of<B, BARE> {
    pub(super) const KIND: Kind = {
        let (align, stride) = if BARE {
            (align_of::<Slot<B, ()>>(), size_of::<Slot<B, ()>>())
        } else {
            (align_of::<Slot<B, Polls>>(), size_of::<Slot<B, Polls>>())
        };
        assert!(align <= Page::ALIGN / 8, "a future may be aligned to 1 KiB at the most");
        let first = size_of::<Page>().next_multiple_of(align);
        // A large one has a page to itself, as long as it needs.
        let large = stride > Page::ALIGN / 8;
        let slots = if large { 1 } else { (Page::SIZE - first) / stride };
        let size = if large { first + stride } else { Page::SIZE };
        let Ok(layout) = Layout::from_size_align(size, Page::ALIGN) else { panic!("a future is too large") };
        Kind {
            poll: poll::<B, BARE>,
            end: end::<B, BARE>,
            observe: observe::<B, BARE>,
            is_plain: BARE && !needs_drop::<B>(),
            first,
            stride,
            slots,
            layout,
        }
    };
}

impl Task {
    /// # Safety
    /// The slot is not free, or the caller is the list of those that are free; its page is there.
    #[inline]
    pub(super) unsafe fn header<'a>(self) -> &'a Header {
        // SAFETY: a page's slots have headers from the beginning to the end (`Page::new`). All that is in one may
        // change behind a shared reference, and no other kind is ever made.
        unsafe { self.0.as_ref() }
    }

    /// # Safety
    /// As [`header`](Self::header).
    #[inline]
    pub(super) unsafe fn page<'a>(self) -> &'a Page {
        // SAFETY: the page is there (above), and all that is in its head may change behind a shared reference.
        unsafe { self.page_address().as_ref() }
    }

    /// # Safety
    /// As [`header`](Self::header).
    #[inline]
    pub(super) unsafe fn page_address(self) -> NonNull<Page> {
        let page = self.0.as_ptr().map_addr(|a| a & !(Page::ALIGN - 1)).cast::<Page>();
        // SAFETY: slots begin within the first `ALIGN` bytes of their page, which is aligned to that, and not at 0. A
        // `Task` has the provenance of the whole page (`Page::new`).
        unsafe { NonNull::new_unchecked(page) }
    }

    /// The executor lets go of the slot; it is free unless wakers are left.
    ///
    /// # Safety
    /// The body is gone, the task stands in no line, and this is done once.
    #[inline]
    pub(super) unsafe fn let_go(self) {
        // SAFETY: the slot is in use until here. With no waker left nobody has it.
        unsafe {
            if self.header().state.let_go() {
                self.free();
            } else {
                self.page().linger(1);
            }
        }
    }

    /// The last waker of a slot is gone that the executor has let go of.
    ///
    /// # Safety
    /// As [`free`](Self::free).
    pub(super) unsafe fn free_late(self) {
        // SAFETY: above.
        unsafe {
            self.page().linger(-1);
            self.free();
        }
    }

    /// The slot is free from now on.
    ///
    /// # Safety
    /// Nobody has it, and its word says so; this is the home thread, and the executor is there.
    #[inline]
    pub(super) unsafe fn free(self) {
        // SAFETY: the slot was in use until now; classes are there as long as the executor.
        unsafe { self.header().next.set(self.page().class.as_ref().free.replace(Some(self))) };
    }

    /// # Safety
    /// The slot's body is a `B`, or is to be one.
    #[inline]
    unsafe fn body<B, const BARE: bool>(self) -> *mut B {
        // SAFETY: the page's kind is `Of<B, BARE>` (above), so a whole slot of that form is there.
        unsafe {
            if BARE {
                (&raw mut (*self.0.as_ptr().cast::<Slot<B, ()>>()).body).cast()
            } else {
                (&raw mut (*self.0.as_ptr().cast::<Slot<B, Polls>>()).body).cast()
            }
        }
    }

    /// The polls so far.
    ///
    /// # Safety
    /// The task is in use, and not bare.
    pub(super) unsafe fn polls<'a>(self) -> &'a Polls {
        // SAFETY: above; what stands behind the header does not depend on the body's type.
        unsafe { &(*self.0.as_ptr().cast::<Slot<(), Polls>>()).extra }
    }

    /// Moves a body in, and gives its address.
    ///
    /// # Safety
    /// The slot is one of kind `Of::<B, BARE>::KIND`, and has no body.
    #[inline]
    pub(super) unsafe fn fill<B, const BARE: bool>(self, body: B) -> NonNull<B> {
        // SAFETY: above; the place is within a slot, hence aligned, and nobody else knows it yet.
        unsafe {
            if !BARE {
                self.polls().set(0);
            }
            let place = self.body::<B, BARE>();
            place.write(body);
            NonNull::new_unchecked(place)
        }
    }
}

/// # Safety
/// The task has just left the line, and is of kind `Of<B, BARE>`; whoever calls holds the executor's own claim on the
/// slot. A bare one is not done.
unsafe fn poll<B: Body, const BARE: bool>(task: Task) -> Polled {
    // SAFETY: the executor's claim keeps the slot (above) until it is given up below.
    let header = unsafe { task.header() };
    if !BARE && header.state.has(DONE) {
        return MISSED;
    }
    header.state.begin_poll(BARE);
    // Borrowed from the executor's claim: it is not counted, and not dropped.
    // SAFETY: `task` is what the vtable's functions want, and its slot outlives the waker.
    let waker = ManuallyDrop::new(unsafe { waker::new(task) });
    // SAFETY: it has a body, since it is not done. A body stays in its slot until it is dropped there; while `RUNNING`
    // is set nobody else touches it, for a task has one turn at a time, and who cancels it only leaves a mark.
    let body = unsafe { Pin::new_unchecked(&mut *task.body::<B, BARE>()) };
    if body.poll(&mut Context::from_waker(&waker)).is_pending() {
        return header.state.flip(RUNNING) & (QUEUED | CANCELLED);
    }
    if !BARE {
        return READY;
    }
    // SAFETY: it has a body (above), and `DONE` says from now on that it has none. Then the executor's claim is given up.
    unsafe {
        if needs_drop::<B>() {
            header.state.set(DONE);
            end::<B, BARE>(task);
        }
        task.let_go();
    }
    ENDED
}

/// # Safety
/// The task has a body, which is a `B`, and is not polled or ended meanwhile or after.
unsafe fn end<B: Body, const BARE: bool>(task: Task) {
    // SAFETY: above; the body was pinned from its first poll, and is dropped in its place.
    unsafe {
        let body = task.body::<B, BARE>();
        Pin::new_unchecked(&mut *body).end();
        body.drop_in_place();
    }
}

/// # Safety
/// The task has a body, which is a `B`, and is not polled or ended meanwhile.
unsafe fn observe<B: Body, const BARE: bool>(task: Task) -> Option<Observation> {
    // SAFETY: above.
    unsafe { &*task.body::<B, BARE>() }.observe()
}
