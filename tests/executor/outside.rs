//! Outside of every task: what needs an executor says so, and all else does its part without one.

use pollscope::executor::{Executor, new_number, report_to};
use pollscope::prelude::{Context, Future, Mutex, Pin, Poll, Waker, compute, log, now, pending, sleep, spawn};
use pollscope::record::{ObservedField, Sink};
use pollscope::trace::ids::{FutureId, FutureKindId, NameId, SiteId, SourceId, TaskId};
use pollscope::trace::{Event, FutureRole, SourceKind, event::WakeSource};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

const OUTSIDE: &str = "this works only inside of a task that an Executor polls";

fn panic_of<T>(f: impl FnOnce() -> T) -> String {
    let Err(payload) = catch_unwind(AssertUnwindSafe(f)) else { panic!("it did not panic") };
    let text = payload.downcast_ref::<String>().cloned();
    text.or_else(|| payload.downcast_ref::<&str>().map(|&text| text.to_owned())).expect("it panics with a text")
}

fn poll_once<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    Pin::new(future).poll(&mut Context::from_waker(Waker::noop()))
}

fn check_that_it_is_said() {
    assert_eq!(panic_of(|| spawn(async {})), OUTSIDE);
    assert_eq!(panic_of(|| compute(1)), OUTSIDE);
    assert_eq!(panic_of(now), OUTSIDE);
    assert_eq!(panic_of(|| poll_once(&mut sleep(1))), OUTSIDE);
}

#[test]
fn outside_of_every_task_what_needs_an_executor_says_so() {
    check_that_it_is_said();
    log!("nobody hears it");
    let mutex = Mutex::new(7);
    let Poll::Ready(guard) = poll_once(&mut mutex.lock()) else { panic!("it is free") };
    assert_eq!(*guard, 7);
    assert!(poll_once(&mut mutex.lock()).is_pending());
}

/// What is polled by another executor, which has no clock.
struct Timeless(u64);

impl Sink for Timeless {
    fn is_recording(&self) -> bool {
        false
    }
    fn number(&self) -> u64 {
        self.0
    }
    fn task(&self) -> TaskId {
        TaskId(1)
    }
    fn record(&self, _event: Event) {}
    fn name(&self, _text: &str) -> NameId {
        NameId::NONE
    }
    fn site(&self, _file: &str, _line: u32, _column: u32) -> SiteId {
        SiteId::NONE
    }
    fn future_kind(&self, _name: &str, _role: FutureRole) -> FutureKindId {
        FutureKindId::NONE
    }
    fn future(&self, _kind: FutureKindId, _address: usize, _first: Option<FutureId>) -> FutureId {
        FutureId::NONE
    }
    fn future_done(&self, _id: FutureId) {}
    fn observed(&self, _field: ObservedField) {}
    fn source(&self, _kind: SourceKind) -> SourceId {
        SourceId::NONE
    }
    fn held(&self, _source: SourceId) {}
    fn set_source(&self, source: WakeSource) -> WakeSource {
        source
    }
    fn panicked(&self, _message: &str) -> bool {
        false
    }
}

#[test]
fn in_an_executor_without_a_clock_what_needs_one_says_so() {
    report_to(Rc::new(Timeless(new_number())), None, check_that_it_is_said);
}

#[test]
fn handle_of_a_cancelled_task_that_is_polled_outside_names_the_task() {
    let executor = Executor::new(());
    let mut handle = executor.spawn("is cancelled", pending::<()>());
    assert!(executor.cancel(handle.id()));
    assert_eq!(panic_of(|| poll_once(&mut handle)), "task 1 was joined, but it was cancelled");
}
