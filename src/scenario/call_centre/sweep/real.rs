//! The staffing that is no model: real futures, of the code that is shown, on the executor that records nothing.

use super::super::calls::{Calls, Plan};
use super::super::code::{self, Call};
use super::tally::Tally;
use crate::alloc;
use crate::executor::{Executor, running};
use crate::scenario::job::{Arrivals, Work};
use pin_project_lite::pin_project;
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

/// What the real calls took of memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Futures {
    /// The size of one call's future, in bytes.
    pub(super) size: u32,
    /// How many were alive at once, at most.
    pub(super) most: u32,
    /// All that the executor held at once, at most, in bytes: slots, timers and queues.
    pub(super) held: u64,
}

thread_local! {
    /// The tally of the run that goes on now. Here it costs a call's future nothing, as a pointer in each would.
    static TALLY: RefCell<Tally> = RefCell::default();
}

/// Makes the calls, all of them.
pub(super) fn run(calls: &Calls) -> (Tally, Futures) {
    TALLY.set(Tally::of(calls.len()));
    let before = alloc::held().now;
    alloc::watch_peak();
    let executor = Executor::new(());
    let most = Rc::new(Cell::new(0));
    let arrive = {
        let (calls, most) = (calls.clone(), most.clone());
        move |executor: &Executor<()>, i: u32| {
            let plan = calls.get(i);
            executor.spawn_detached("call", Timed { call: future(plan), came: plan.arrives as u32 });
            // The executor would count them page by page.
            let alive = i + 1 - TALLY.with_borrow(Tally::served);
            most.set(most.get().max(alive));
        }
    };
    Arrivals::new(&executor, calls.len(), calls.gap, arrive).run();
    let held = (alloc::held().peak - before).max(0) as u64;
    let size = size_of_val(&future(calls.get(0))) as u32;
    (TALLY.take(), Futures { size, most: most.get(), held })
}

fn future(plan: Plan) -> impl Future<Output = ()> {
    code::call(Call::from(plan))
}

pin_project! {
    /// A call under the stopwatch: a million are alive at once, so that it holds no more than when its caller came.
    struct Timed<F> {
        #[pin]
        call: F,
        came: u32,
    }
}

impl<F: Future<Output = ()>> Future for Timed<F> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        let before = running::now_ms();
        let poll = this.call.poll(cx);
        let now = running::now_ms();
        TALLY.with_borrow_mut(|tally| tally.speaking += now - before);
        ready!(poll);
        TALLY.with_borrow_mut(|tally| tally.serve(u64::from(*this.came), now));
        Poll::Ready(())
    }
}
