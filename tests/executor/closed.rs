//! A trace that has its end stays as it is, whatever is done in its executor afterwards.

use super::support::{Recorded, recorded, reporting};
use pollscope::executor::report_panic;
use pollscope::prelude::{Future, Mutex, Pin, bell, channel, log, pending, sleep, watched};
use pollscope::record::{MachineDef, Observation, StateDef};
use pollscope::trace::Trace;
use pollscope::trace::event::{End, Event};
use std::cell::Cell;
use std::task::{Context, Poll, Waker};

fn so_far(executor: &Recorded) -> Trace {
    executor.recorder().with_trace(Trace::clone)
}

#[test]
fn after_the_end_nothing_is_added_to_a_trace() {
    let executor = recorded();
    drop(executor.spawn("waits for ever", pending::<()>()));
    assert_eq!(executor.run(), End::Deadlock(1));
    let ended = so_far(&executor);
    drop(executor.spawn("comes late", async {}));
    executor.open_lane("comes late, too");
    executor.inside(|| {
        let mut cx = Context::from_waker(Waker::noop());
        let mut nap = watched("Late", sleep(5));
        assert!(Pin::new(&mut nap).poll(&mut cx).is_pending());
        let mutex = Mutex::new(0);
        assert!(Pin::new(&mut mutex.lock()).poll(&mut cx).is_ready());
        let (sender, mut receiver) = channel();
        sender.send(1);
        assert!(Pin::new(&mut receiver.recv()).poll(&mut cx).is_ready());
        drop(bell(5));
        log!("nobody hears it");
    });
    assert_eq!(so_far(&executor), ended);
    assert_eq!(executor.recorder().finish(), ended);
}

/// Reports a panic in its first poll, as a hook does for one that is caught, and goes on.
struct Reports(bool);

impl Future for Reports {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            return Poll::Ready(());
        }
        assert!(report_panic("caught"));
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

#[test]
fn panic_that_is_reported_is_the_end_of_the_trace_even_if_its_task_goes_on() {
    thread_local! {
        static OBSERVED: Cell<u32> = const { Cell::new(0) };
    }
    let executor = reporting();
    let states = vec![StateDef { name: "Reports".to_owned(), site: None }];
    let machine = executor.recorder().machine(&MachineDef { name: "Reports", file: "closed.rs", states });
    let observe: fn(&Reports) -> Observation = |_| {
        OBSERVED.set(OBSERVED.get() + 1);
        Observation::default()
    };
    drop(executor.spawn_machine("reports", machine, Some(observe), Reports(false)));
    assert_eq!(executor.run(), End::Completed);
    assert_eq!(OBSERVED.get(), 1, "it is asked when it is spawned, and never once nothing is recorded");
    let trace = executor.recorder().finish();
    assert_eq!(trace.event(trace.len() - 1), Event::Ended { end: End::Panicked });
}

#[test]
fn panic_while_the_trace_is_looked_at_is_not_reported() {
    let executor = recorded();
    let reported = executor.inside(|| executor.recorder().with_trace(|_| report_panic("in between")));
    assert!(!reported);
    assert_eq!(so_far(&executor).len(), 0);
}
