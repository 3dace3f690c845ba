//! An executor in the event loop of a page, recorded as live scenarios are, that is given as many wakes as are asked for: for
//! measuring the frames that the page keeps meanwhile.
#![cfg(target_arch = "wasm32")]

use pollscope::executor::{Executor, Plan, Schedule};
use pollscope::interop::{BrowserClock, Drains, EventLoop};
use pollscope::record::{Budget, TraceRecorder};
use pollscope::trace::TimeUnit;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use wasm_bindgen::prelude::*;

/// What the tasks share with who wakes them.
#[derive(Default)]
struct Shared {
    wakers: RefCell<Vec<Waker>>,
    polls: Cell<u32>,
}

/// Tasks, and who wakes them.
#[wasm_bindgen]
#[allow(missing_debug_implementations, reason = "for JavaScript alone")]
pub struct Wakes {
    executor: Executor<TraceRecorder, Schedule>,
    shared: Rc<Shared>,
}

#[wasm_bindgen]
impl Wakes {
    /// Drains give the thread back after their time, or are endless.
    #[wasm_bindgen(constructor)]
    pub fn new(endless: bool) -> Wakes {
        let recorder = TraceRecorder::new(TimeUnit::BrowserUs, Budget::UNLIMITED, None);
        let executor = Executor::with_policy(recorder, Rc::new(BrowserClock::new()), Schedule::new(&Plan::default()));
        EventLoop::drive_by(&executor, Drains { in_macrotask: false, endless }, || {});
        Wakes { executor, shared: Rc::default() }
    }

    /// Spawns tasks that wake themselves in each of their polls, so often.
    pub fn within(&self, tasks: u32, times: u32) {
        self.spawn("gives way", tasks, || {
            let mut left = times;
            move |_: &Shared, cx: &Context<'_>| {
                if left == 0 {
                    return Poll::Ready(());
                }
                left -= 1;
                cx.waker().wake_by_ref();
                Poll::Pending
            }
        });
    }

    /// Spawns tasks that wait to be woken from outside.
    pub fn waiting(&self, tasks: u32) {
        self.spawn("waits", tasks, || {
            let mut has_left = false;
            move |shared: &Shared, cx: &Context<'_>| {
                if !std::mem::replace(&mut has_left, true) {
                    shared.wakers.borrow_mut().push(cx.waker().clone());
                }
                Poll::Pending
            }
        });
    }

    /// Wakes each of them.
    pub fn wake(&self) {
        self.shared.wakers.borrow().iter().for_each(Waker::wake_by_ref);
    }

    /// The polls so far.
    #[wasm_bindgen(getter)]
    pub fn polls(&self) -> u32 {
        self.shared.polls.get()
    }

    /// Leaves the event loop.
    pub fn leave(&self) {
        self.executor.detach();
    }
}

impl Wakes {
    /// Spawns tasks whose polls are counted, each with a poll of its own.
    fn spawn<P>(&self, name: &str, tasks: u32, make: impl Fn() -> P)
    where
        P: FnMut(&Shared, &Context<'_>) -> Poll<()> + 'static,
    {
        for _ in 0..tasks {
            let (shared, mut poll) = (self.shared.clone(), make());
            self.executor.spawn_detached(
                name,
                poll_fn(move |cx| {
                    shared.polls.set(shared.polls.get() + 1);
                    poll(&shared, cx)
                }),
            );
        }
    }
}
