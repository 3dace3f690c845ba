//! Wakers: the handle by which anybody, on any thread, asks for a task to be polled again.
//!
//! A waker is the address of a task's slot behind the standard library's [`RawWaker`]; the vtable is written by hand,
//! and not through [`std::task::Wake`], because a slot is no `Arc`, and because clones and drops of wakers are events
//! that a trace records.

use super::page::{self, Page};
use super::slot::Task;
use super::state::{CANCELLED, DONE, QUEUED, RUNNING, WATCHED, is_free, wakers};
use crate::trace::event::WakeEffect;
use crate::trace::ids::TaskId;
use std::ptr::NonNull;
use std::task::{RawWaker, RawWakerVTable, Waker};

/// What an executor does about its wakers, on its own thread.
pub(in crate::executor) trait Home {
    /// A watched task was woken.
    fn woken(&self, task: TaskId, effect: WakeEffect);
    /// A waker of a watched task was cloned; `count` clones are alive.
    fn waker_cloned(&self, task: TaskId, count: u32);
    /// A clone was dropped or used up; `count` are alive.
    fn waker_dropped(&self, task: TaskId, count: u32);
    /// Something is ready, and nobody drives.
    fn ready(&self);
}

/// A waker of a task.
///
/// # Safety
/// The slot is in use, and stays so until the waker is dropped. The caller has counted the waker, or does not drop it.
#[inline]
pub(super) unsafe fn new(task: Task) -> Waker {
    // SAFETY: the functions of the vtable want a slot that is in use (below), and that is promised (above).
    unsafe { Waker::from_raw(raw(task)) }
}

fn raw(task: Task) -> RawWaker {
    RawWaker::new(task.0.as_ptr().cast_const().cast(), &VTABLE)
}

static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop);

// The four below are called by `Waker` alone, with what `raw` gave it: a slot that this waker keeps in use, by its
// own count or because the poll that lends it does. They may be called on any thread.

#[inline]
unsafe fn task_of(data: *const ()) -> Task {
    // SAFETY: `raw` made it of a pointer that is not null.
    Task(unsafe { NonNull::new_unchecked(data.cast_mut()) }.cast())
}

unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: the waker that is cloned keeps the slot in use.
    let (task, header) = unsafe { (task_of(data), task_of(data).header()) };
    let count = header.state.add_waker();
    if header.state.has(WATCHED) {
        // SAFETY: as above.
        tell(unsafe { task.page() }, |home| home.waker_cloned(header.id.get(), count));
    }
    raw(task)
}

unsafe fn wake(data: *const ()) {
    // SAFETY: this waker keeps the slot in use until `drop` has given back its count.
    unsafe {
        wake_by_ref(data);
        drop(data);
    }
}

#[inline]
unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: this waker keeps the slot in use.
    let (task, header, page) = unsafe { (task_of(data), task_of(data).header(), task_of(data).page()) };
    if !page.remote.is_home() {
        // SAFETY: as above.
        return unsafe { page.remote.wake(task) };
    }
    let state = header.state.get();
    if state & (QUEUED | DONE | WATCHED) != 0 {
        if state & WATCHED != 0 {
            // SAFETY: the slot is in use, and this is the home thread.
            let effect = unsafe { mark_woken(task) };
            tell(page, |home| home.woken(header.id.get(), effect));
        }
        return;
    }
    header.state.set(QUEUED);
    if state & RUNNING == 0
        && let Some(tasks) = page.home()
    {
        // SAFETY: the task is not done, and was idle: so it stood in no line.
        unsafe { tasks.push(task) };
        tasks.tell_host();
    }
}

unsafe fn drop(data: *const ()) {
    // SAFETY: this waker keeps the slot in use until its count is given back.
    let (task, header, page) = unsafe { (task_of(data), task_of(data).header(), task_of(data).page()) };
    // Looked at before the count goes: after that, threads that are not home may free a page that has no home.
    let (id, home) = (header.id.get(), if page.remote.is_home() { page.home() } else { None });
    let word = header.state.drop_waker();
    if word & WATCHED != 0
        && let Some(tasks) = home
    {
        tasks.tell(|home| home.waker_dropped(id, wakers(word)));
    }
    if is_free(word) {
        // SAFETY: nobody has the slot any more, and of all who let it go one alone sees that it was the last.
        unsafe { page::free_late(task, home) };
    }
}

/// Wakes a task, whoever is told of it.
///
/// # Safety
/// The slot is in use, and this is the home thread.
pub(super) unsafe fn mark_woken(task: Task) -> WakeEffect {
    // SAFETY: above.
    let (header, page) = unsafe { (task.header(), task.page()) };
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
    if let Some(tasks) = page.home() {
        // SAFETY: the task is not done, and was idle: so it stood in no line.
        unsafe { tasks.push(task) };
    }
    WakeEffect::Queued
}

/// Tells the executor of a task whose page this is, if that is there and on this thread.
fn tell(page: &Page, what: impl FnOnce(&dyn Home)) {
    if page.remote.is_home()
        && let Some(tasks) = page.home()
    {
        tasks.tell(what);
    }
}
