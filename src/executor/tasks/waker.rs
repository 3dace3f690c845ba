//! Wakers: the handle by which anybody, on any thread, asks for a task to be polled again.
//!
//! A waker is the address of a task's slot behind the standard library's [`RawWaker`]; the vtable is written by hand, and not
//! through [`std::task::Wake`], because a slot is no `Arc`, and because clones and drops of wakers are events that a trace
//! records. This file knows how a task is woken, and not how it is polled.

use super::header::TaskRef;
use super::local::{Local, Scheduler};
use super::page::Page;
use super::state::{CANCELLED, DONE, QUEUED, RECORDED, RUNNING, SATURATED, is_free, wakers};
use crate::trace::event::WakeEffect;
use std::ptr::NonNull;
use std::task::{RawWaker, RawWakerVTable, Waker};

/// A waker of a task.
///
/// # Safety
/// The slot is in use, and stays so until the waker is dropped. The caller has counted the waker, or does not drop it (S10).
#[inline]
pub(super) unsafe fn new(task: TaskRef) -> Waker {
    // SAFETY: the functions of the vtable need a slot in use, which is promised (above).
    unsafe { Waker::from_raw(raw(task)) }
}

fn raw(task: TaskRef) -> RawWaker {
    RawWaker::new(task.0.as_ptr().cast_const().cast(), &VTABLE)
}

/// Whether a waker is of this make: of a task, of whichever executor.
pub(in crate::executor) fn is_a_task_s(waker: &Waker) -> bool {
    std::ptr::eq(waker.vtable(), &VTABLE)
}

static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop);

// The four functions below are called by `Waker` alone, with what `raw` gave it: a slot that this waker keeps in use (S10).
// They may be called on any thread.

#[inline]
unsafe fn task_of(data: *const ()) -> TaskRef {
    // SAFETY: `raw` made it of a pointer that is not null.
    TaskRef(unsafe { NonNull::new_unchecked(data.cast_mut()) }.cast())
}

unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: the waker that is cloned keeps the slot in use (S10).
    let (task, header) = unsafe { (task_of(data), task_of(data).header()) };
    let word = header.state.add_waker();
    if word & (RECORDED | SATURATED) != 0 {
        // SAFETY: the slot is in use (S10).
        unsafe { cloned(task, word) };
    }
    raw(task)
}

/// What is rarely to be done about a new waker.
///
/// # Safety
/// The slot is in use.
#[cold]
#[inline(never)]
unsafe fn cloned(task: TaskRef, word: u32) {
    // SAFETY: above.
    unsafe {
        task.header().state.saturate(word);
        if word & RECORDED != 0 {
            report_count(task.page(), &|scheduler| scheduler.waker_cloned(task.header().id.get(), wakers(word)));
        }
    }
}

unsafe fn wake(data: *const ()) {
    // SAFETY: this waker keeps the slot in use until its count is given back (S10); after that, the run queue does (S5).
    unsafe {
        let (task, header) = (task_of(data), task_of(data).header());
        if header.state.wake_idle() {
            return push(task);
        }
        wake_by_ref(data);
        drop(data);
    }
}

/// # Safety
/// The task is not done, was idle until now, and is `QUEUED`; this is the executor's thread.
#[inline]
unsafe fn push(task: TaskRef) {
    // SAFETY: above. A task that is not done has an executor; one that was idle was in no queue (S5).
    unsafe {
        let local = task.page().local().unwrap_unchecked();
        local.queue.push(task);
        if local.is_hosted() {
            notify_host(NonNull::from(local));
        }
    }
}

/// # Safety
/// The executor is there. It may be gone afterwards.
#[cold]
#[inline(never)]
unsafe fn notify_host(local: NonNull<Local>) {
    // SAFETY: above. What is returned may be the last reference to the executor, and is dropped only here.
    let last = unsafe { local.as_ref() }.notify_host();
    std::mem::drop(last);
}

#[inline]
unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: this waker keeps the slot in use (S10).
    let (task, header, remote) = unsafe { (task_of(data), task_of(data).header(), &task_of(data).page().remote) };
    if !remote.is_local() {
        // SAFETY: this waker keeps the slot in use (S10).
        return unsafe { remote.wake(task) };
    }
    let state = header.state.get();
    if state & (QUEUED | DONE | RECORDED) != 0 {
        if state & RECORDED != 0 {
            // SAFETY: the slot is in use (S10), and this is the executor's thread.
            unsafe { wake_recorded(task) };
        }
        return;
    }
    header.state.set(QUEUED);
    if state & RUNNING == 0 {
        // SAFETY: the task is not done, and was idle.
        unsafe { push(task) };
    }
}

unsafe fn drop(data: *const ()) {
    // SAFETY: this waker keeps the slot in use until its count is given back (S10).
    let (task, header, page) = unsafe { (task_of(data), task_of(data).header(), task_of(data).page()) };
    if header.state.drop_plain() {
        return;
    }
    let local = if page.remote.is_local() { page.local() } else { None };
    let Some(local) = local else {
        // SAFETY: the waker is counted and used no more (S10); the executor is gone, or on another thread.
        return unsafe { drop_elsewhere(task) };
    };
    if header.state.has(RECORDED) {
        // SAFETY: the waker is counted and used no more (S10); this is the executor's thread, and it is there.
        return unsafe { drop_recorded(task, NonNull::from(local)) };
    }
    if is_free(header.state.drop_waker()) {
        // SAFETY: nobody has the slot any more; this is the executor's thread, and it is there.
        unsafe { task.free_late() };
    }
}

/// Drops a waker, and reports it.
///
/// # Safety
/// The waker is counted, and is not used any more; `local` is its executor's, and this is the executor's thread.
#[cold]
#[inline(never)]
unsafe fn drop_recorded(task: TaskRef, local: NonNull<Local>) {
    // SAFETY: above. The last reference to the executor, if it is that, is dropped after all else.
    unsafe {
        let (id, word) = (task.header().id.get(), task.header().state.drop_waker());
        let _last = local.as_ref().report_count(&|scheduler| scheduler.waker_dropped(id, wakers(word)));
        if is_free(word) {
            task.free_late();
        }
    }
}

/// Drops a waker on another thread than the executor's, or where the executor is gone.
///
/// # Safety
/// The waker is counted, and is not used any more.
unsafe fn drop_elsewhere(task: TaskRef) {
    // SAFETY: the waker keeps the slot in use until it is dropped (S10). The inbox must not lie in the page that is freed.
    // Where the executor is gone one thread at a time frees slots (S8).
    unsafe {
        if !task.header().state.drop_unless_last() {
            let remote = task.page().remote.clone();
            remote.drop_last(task, || free_without_executor(task));
        }
    }
}

/// An orphaned slot of a page without an executor is free; the last one frees its page.
///
/// # Safety
/// The executor is gone; the slot's last waker is dropped by this; no other thread is at its pages meanwhile.
unsafe fn free_without_executor(task: TaskRef) {
    // SAFETY: the page is allocated, since a slot of it was in use until now (S1). With its last orphan nobody knows it: the
    // executor is gone.
    unsafe {
        let page = task.page_address();
        page.as_ref().add_orphans(-1);
        if !page.as_ref().has_orphans() {
            Page::free(page);
        }
    }
}

/// Wakes a recorded task, and reports it.
///
/// # Safety
/// The slot is in use, and this is the executor's thread.
#[cold]
#[inline(never)]
unsafe fn wake_recorded(task: TaskRef) {
    // SAFETY: above.
    unsafe {
        if let Some(local) = task.page().local() {
            let id = task.header().id.get();
            if !local.loses(id) {
                let effect = mark_woken(task, local);
                std::mem::drop(local.report_woken(id, effect));
            }
        }
    }
}

/// Wakes a task, without a report.
///
/// # Safety
/// The slot is in use, and `local` is its executor's; this is the executor's thread.
pub(super) unsafe fn mark_woken(task: TaskRef, local: &Local) -> WakeEffect {
    // SAFETY: above.
    let header = unsafe { task.header() };
    let state = header.state.get();
    if state & (DONE | CANCELLED) != 0 {
        return WakeEffect::AfterDone;
    }
    if state & QUEUED != 0 {
        return WakeEffect::Coalesced;
    }
    header.state.set(QUEUED);
    if state & RUNNING != 0 {
        return WakeEffect::DuringPoll;
    }
    // SAFETY: it was idle, so in no queue (S5).
    unsafe { local.queue.push(task) };
    WakeEffect::Queued
}

/// Reports a new waker to the executor of a task in this page, if it is there and on this thread.
fn report_count(page: &Page, what: &dyn Fn(&dyn Scheduler)) {
    if page.remote.is_local()
        && let Some(local) = page.local()
    {
        std::mem::drop(local.report_count(what));
    }
}
