//! Wakers: the handle by which anybody, on any thread, asks for a task to be polled again.
//!
//! A waker is the address of a task's slot behind the standard library's [`RawWaker`]; the vtable is written by hand,
//! and not through [`std::task::Wake`], because a slot is no `Arc`, and because clones and drops of wakers are events
//! that a trace records.

use super::Tasks;
use super::page::{self, Page};
use super::slot::Task;
use super::state::{CANCELLED, DONE, QUEUED, RUNNING, TOO_MANY, WATCHED, is_free, wakers};
use crate::trace::event::WakeEffect;
use crate::trace::ids::TaskId;
use std::ptr::NonNull;
use std::task::{RawWaker, RawWakerVTable, Waker};

/// What an executor does about its wakers, on its own thread.
pub(in crate::executor) trait Home {
    /// Whether the wake of a watched task that is under way is lost.
    fn loses(&self, task: TaskId) -> bool;
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
    let word = header.state.add_waker();
    if word & (WATCHED | TOO_MANY) != 0 {
        // SAFETY: as above.
        unsafe { cloned(task, word) };
    }
    raw(task)
}

/// What is seldom to be done about a new waker.
///
/// # Safety
/// The slot is in use.
#[cold]
#[inline(never)]
unsafe fn cloned(task: Task, word: u32) {
    if word & TOO_MANY != 0 {
        // As an `Arc` would.
        std::process::abort();
    }
    // SAFETY: above.
    unsafe { tell(task.page(), &|home| home.waker_cloned(task.header().id.get(), wakers(word))) };
}

unsafe fn wake(data: *const ()) {
    // SAFETY: this waker keeps the slot in use until its count is given back; after that, who is in line does.
    unsafe {
        let (task, header) = (task_of(data), task_of(data).header());
        if header.state.wake_idle() {
            return put_in_line(task);
        }
        wake_by_ref(data);
        drop(data);
    }
}

/// # Safety
/// The task is not done, was idle until now, and is `QUEUED`; this is the home thread.
#[inline]
unsafe fn put_in_line(task: Task) {
    // SAFETY: above. Who is not done has an executor; who was idle stood in no line.
    unsafe {
        let tasks = task.page().home().unwrap_unchecked();
        tasks.push(task);
        if tasks.is_hosted() {
            ring(NonNull::from(tasks));
        }
    }
}

/// Tells a host. Nothing is borrowed when that comes back: it may have let go of the executor.
///
/// # Safety
/// The tasks are there.
#[cold]
#[inline(never)]
unsafe fn ring(tasks: NonNull<Tasks>) {
    // SAFETY: above; what is told may be the last of them, and is dropped only here.
    let told = unsafe { tasks.as_ref() }.tell_host();
    std::mem::drop(told);
}

#[inline]
unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: this waker keeps the slot in use.
    let (task, header, remote) = unsafe { (task_of(data), task_of(data).header(), &task_of(data).page().remote) };
    if !remote.is_home() {
        // SAFETY: as above.
        return unsafe { remote.wake(task) };
    }
    let state = header.state.get();
    if state & (QUEUED | DONE | WATCHED) != 0 {
        if state & WATCHED != 0 {
            // SAFETY: the slot is in use, and this is the home thread.
            unsafe { wake_watched(task) };
        }
        return;
    }
    header.state.set(QUEUED);
    if state & RUNNING == 0 {
        // SAFETY: the task is not done, and was idle.
        unsafe { put_in_line(task) };
    }
}

unsafe fn drop(data: *const ()) {
    // SAFETY: this waker keeps the slot in use until its count is given back.
    let (task, header, page) = unsafe { (task_of(data), task_of(data).header(), task_of(data).page()) };
    if header.state.drop_plain() {
        return;
    }
    let home = if page.remote.is_home() { page.home() } else { None };
    let Some(tasks) = home else {
        // SAFETY: as above; here the executor is gone, or at home on another thread.
        return unsafe { page::drop_away(task) };
    };
    if header.state.has(WATCHED) {
        // SAFETY: as above; this is home, and the executor is there.
        return unsafe { drop_watched(task, NonNull::from(tasks)) };
    }
    if is_free(header.state.drop_waker()) {
        // SAFETY: nobody has the slot any more, this is home, and the executor is there.
        unsafe { task.free_late() };
    }
}

/// Drops a waker, and tells of it.
///
/// # Safety
/// The waker is counted, and is not used any more; these are its tasks, and this is the home thread.
#[cold]
#[inline(never)]
unsafe fn drop_watched(task: Task, tasks: NonNull<Tasks>) {
    // SAFETY: above. What is told may be the last of the tasks: it is dropped when nothing is borrowed any more.
    unsafe {
        let (id, word) = (task.header().id.get(), task.header().state.drop_waker());
        let _told = tasks.as_ref().tell(&|home| home.waker_dropped(id, wakers(word)));
        if is_free(word) {
            task.free_late();
        }
    }
}

/// Wakes a task, and tells of it.
///
/// # Safety
/// The slot is in use, and this is the home thread.
#[cold]
#[inline(never)]
unsafe fn wake_watched(task: Task) {
    // SAFETY: above.
    unsafe {
        if let Some(tasks) = task.page().home() {
            let id = task.header().id.get();
            if !tasks.loses(id) {
                let effect = mark_woken(task, tasks);
                std::mem::drop(tasks.tell_woken(id, effect));
            }
        }
    }
}

/// Wakes a task, whoever is told of it.
///
/// # Safety
/// The slot is in use, and one of these tasks'.
pub(super) unsafe fn mark_woken(task: Task, tasks: &Tasks) -> WakeEffect {
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
    // SAFETY: it was idle: so it stood in no line.
    unsafe { tasks.push(task) };
    WakeEffect::Queued
}

/// Tells the executor of a task whose page this is, if that is there and on this thread.
fn tell(page: &Page, what: &dyn Fn(&dyn Home)) {
    if page.remote.is_home()
        && let Some(tasks) = page.home()
    {
        std::mem::drop(tasks.tell(what));
    }
}
