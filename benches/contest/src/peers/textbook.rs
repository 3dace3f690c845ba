//! The executor of the textbooks: reference-counted tasks, boxed futures, one shared queue.

#![cfg(not(any(feature = "zero-cost", feature = "traits", feature = "record", feature = "event-loop")))]

use super::{Peer, Run, Work};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, RawWaker, RawWakerVTable, Waker};

pub(crate) struct Textbook {
    queue: Rc<Queue>,
}

type Queue = RefCell<VecDeque<Rc<Task>>>;

struct Task {
    future: RefCell<Option<Pin<Box<dyn Future<Output = ()>>>>>,
    queue: Rc<Queue>,
    queued: Cell<bool>,
}

impl Peer for Textbook {
    type For<F: Work> = Textbook;
}

impl<F: Work> Run<F> for Textbook {
    fn new(_: usize) -> Self {
        Textbook { queue: Rc::default() }
    }

    fn spawn(&mut self, future: F) {
        let future = RefCell::new(Some(Box::pin(future) as Pin<Box<dyn Future<Output = ()>>>));
        let task = Rc::new(Task { future, queue: self.queue.clone(), queued: Cell::new(true) });
        self.queue.borrow_mut().push_back(task);
    }

    fn run(&mut self, _: impl Fn() -> bool) {
        loop {
            let Some(task) = self.queue.borrow_mut().pop_front() else { break };
            task.queued.set(false);
            let waker = task.clone().waker();
            let mut future = task.future.borrow_mut();
            if let Some(running) = &mut *future
                && running.as_mut().poll(&mut Context::from_waker(&waker)).is_ready()
            {
                *future = None;
            }
        }
    }
}

impl Task {
    fn wake(self: &Rc<Self>) {
        if !self.queued.replace(true) {
            self.queue.borrow_mut().push_back(self.clone());
        }
    }

    fn waker(self: Rc<Self>) -> Waker {
        // SAFETY: the data is an `Rc<Task>` turned raw, as each function of the table expects, and the module has one
        // thread.
        unsafe { Waker::new(Rc::into_raw(self).cast(), &VTABLE) }
    }
}

static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop);

// The data of all four is an `Rc<Task>` turned raw; `wake` and `drop` own the count that it stands for.

unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: above.
    unsafe { Rc::increment_strong_count(data.cast::<Task>()) };
    RawWaker::new(data, &VTABLE)
}

unsafe fn wake(data: *const ()) {
    // SAFETY: above.
    unsafe { Rc::from_raw(data.cast::<Task>()) }.wake();
}

unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: above; the count stays with the waker.
    ManuallyDrop::new(unsafe { Rc::from_raw(data.cast::<Task>()) }).wake();
}

unsafe fn drop(data: *const ()) {
    // SAFETY: above.
    std::mem::drop(unsafe { Rc::from_raw(data.cast::<Task>()) });
}
