//! What is recorded of a future, event by event, polled by hand.

use super::{read_with_findings, said};
use expect_test::expect;
use futures::task::noop_waker;
use pollscope::trace::Trace;
use pollscope::watch::{Watch, Watched, watch};
use std::future::{pending, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

fn recording() -> Watch {
    Watch::with_clock("", || 0)
}

/// Who polls here does not hear wakes.
struct Nobody;

#[allow(clippy::manual_noop_waker, reason = "clones of that one need not be known as the same")]
impl Wake for Nobody {
    fn wake(self: Arc<Self>) {}
}

thread_local! {
    static WAKER: Waker = Waker::from(Arc::new(Nobody));
}

fn poll<F: Future>(future: &mut Pin<Box<Watched<F>>>) -> Poll<F::Output> {
    WAKER.with(|waker| future.as_mut().poll(&mut Context::from_waker(waker)))
}

fn finish(recording: &Watch) -> Trace {
    read_with_findings(&recording.finish())
}

#[test]
fn a_panic_is_told_once_and_goes_on() {
    let recording = recording();
    let mut task = Box::pin(recording.watch("task", async {
        watch("inner", async { panic!("no more") }).await;
    }));
    let panic = catch_unwind(AssertUnwindSafe(|| poll(&mut task).is_ready())).expect_err("it panics");
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"no more"));
    drop(task);
    expect![[r#"
        driver created task at tests/watch/recorded.rs:41
        task 1 spawned by driver: task
        task 1 enqueued
        task 1 poll 1
        task 1 created inner at tests/watch/recorded.rs:42
        task 1   > inner at tests/watch/recorded.rs:42
        task 1 panic: no more
        task 1   < inner panicked
        task 1 panicked
        task 1 dropped: Cancelled
        end
    "#]]
    .assert_eq(&said(&finish(&recording)));
}

#[test]
fn what_is_dropped_unfinished_says_so_and_what_is_left_is_no_deadlock() {
    let recording = recording();
    let mut task = Box::pin(recording.watch("dropped", watch("outside of any", pending::<()>())));
    assert!(poll(&mut task).is_pending());
    drop(task);
    drop(recording.watch("never polled", ready(())));
    let mut left = Box::pin(recording.watch("left", pending::<()>()));
    assert!(poll(&mut left).is_pending());
    expect![[r#"
        driver created dropped at tests/watch/recorded.rs:66
        task 1 spawned by driver: dropped
        task 1 enqueued
        task 1 poll 1
        task 1 Pending
        task 1 dropped: Cancelled
        driver created never polled at tests/watch/recorded.rs:69
        task 2 spawned by driver: never polled
        task 2 enqueued
        task 2 dropped: Cancelled
        driver created left at tests/watch/recorded.rs:70
        task 3 spawned by driver: left
        task 3 enqueued
        task 3 poll 1
        task 3 Pending
        end: Stopped
    "#]]
    .assert_eq(&said(&finish(&recording)));
}

#[test]
fn wakers_are_counted_and_wakes_say_what_they_did() {
    let recording = recording();
    let mut kept = None;
    let mut task = Box::pin(recording.watch(
        "task",
        std::future::poll_fn(|cx| {
            cx.waker().wake_by_ref();
            match kept.take() {
                // A task's waker wakes the same, from poll to poll. In Miri its table may have moved.
                Some(waker) => {
                    assert!(cfg!(miri) || cx.waker().will_wake(&waker));
                    Poll::Ready(waker)
                }
                None => {
                    kept = Some(cx.waker().clone());
                    Poll::Pending
                }
            }
        }),
    ));
    assert!(poll(&mut task).is_pending());
    let Poll::Ready(waker) = poll(&mut task) else { panic!("it is ready") };
    drop(task);
    waker.wake();
    expect![[r#"
        driver created task at tests/watch/recorded.rs:97
        task 1 spawned by driver: task
        task 1 enqueued
        task 1 poll 1
        task 1 woken by itself, during its poll
        task 1 waker cloned: 1
        task 1 Pending
        task 1 enqueued
        task 1 poll 2
        task 1 woken by itself, during its poll
        task 1 Ready
        task 1 dropped: Completed
        task 1 woken by outside, after it was done
        task 1 waker dropped: 0
        end
    "#]]
    .assert_eq(&said(&finish(&recording)));
}

#[test]
fn a_poll_without_a_wake_and_a_waker_of_another_make_are_told() {
    let recording = recording();
    let mut task = Box::pin(recording.watch("task", async {
        let mut inner = Box::pin(watch("inner", pending::<()>()));
        std::future::poll_fn(|_| {
            let _ = inner.as_mut().poll(&mut Context::from_waker(&noop_waker()));
            Poll::<()>::Pending
        })
        .await;
    }));
    assert!(poll(&mut task).is_pending());
    assert!(poll(&mut task).is_pending());
    expect![[r#"
        driver created task at tests/watch/recorded.rs:141
        task 1 spawned by driver: task
        task 1 enqueued
        task 1 poll 1
        task 1 created inner at tests/watch/recorded.rs:142
        task 1   > inner at tests/watch/recorded.rs:142
        task 1 polls with a waker of another make
        task 1   < inner Pending
        task 1 Pending at tests/watch/recorded.rs:142
        task 1 enqueued
        task 1 poll 2
        task 1   > inner at tests/watch/recorded.rs:142
        task 1 polls with a waker of another make
        task 1   < inner Pending
        task 1 Pending at tests/watch/recorded.rs:142
        end: Stopped
    "#]]
    .assert_eq(&said(&finish(&recording)));
}

#[test]
fn polls_within_polls_are_two_tasks_where_the_inner_one_was_polled_before() {
    let recording = recording();
    let mut inner = Box::pin(recording.watch("inner", pending::<()>()));
    assert!(poll(&mut inner).is_pending());
    let mut outer = Box::pin(recording.watch("outer", async move {
        assert!(poll(&mut inner).is_pending());
    }));
    assert!(poll(&mut outer).is_ready());
    drop(outer);
    expect![[r#"
        driver created inner at tests/watch/recorded.rs:175
        task 1 spawned by driver: inner
        task 1 enqueued
        task 1 poll 1
        task 1 Pending
        driver created outer at tests/watch/recorded.rs:177
        task 2 spawned by driver: outer
        task 2 enqueued
        task 2 poll 1
        task 1 enqueued
        task 1 poll 2
        task 1 Pending
        task 1 dropped: Cancelled
        task 2 Ready
        task 2 dropped: Completed
        end
    "#]]
    .assert_eq(&said(&finish(&recording)));
}

#[test]
fn what_finds_no_room_is_counted() {
    let recording = recording();
    recording.keep(3);
    for _ in 0..4 {
        assert!(poll(&mut Box::pin(recording.watch("task", ready(())))).is_ready());
    }
    expect![[r#"
        driver created task at tests/watch/recorded.rs:208
        task 1 spawned by driver: task
        task 1 enqueued
        task 1 poll 1
        task 1 Ready
        end: Events(3)
        lost 4 events
    "#]]
    .assert_eq(&said(&finish(&recording)));
}

#[test]
fn after_the_end_futures_go_on_unwatched() {
    let recording = recording();
    let mut task = Box::pin(recording.watch("task", ready(7)));
    let bytes = recording.finish();
    assert_eq!(poll(&mut task), Poll::Ready(7));
    assert_eq!(poll(&mut Box::pin(watch("of no recording", ready(8)))), Poll::Ready(8));
    assert_eq!(recording.finish(), bytes);
}

#[test]
fn a_waker_may_wake_and_end_on_another_thread() {
    let recording = recording();
    let mut kept = None;
    let mut task = Box::pin(recording.watch(
        "task",
        std::future::poll_fn(|cx| match kept.take() {
            Some(()) => Poll::Ready(cx.waker().clone()),
            None => {
                kept = Some(());
                let waker = cx.waker().clone();
                let woken = std::thread::spawn(move || {
                    let other = waker.clone();
                    drop(waker);
                    other.wake();
                });
                woken.join().expect("a wake does not panic");
                Poll::Pending
            }
        }),
    ));
    assert!(poll(&mut task).is_pending());
    let Poll::Ready(waker) = poll(&mut task) else { panic!("it is ready") };
    drop(task);
    let last = std::thread::spawn(move || {
        waker.wake_by_ref();
        waker.clone()
    });
    drop(last.join().expect("a wake does not panic"));
    let trace = finish(&recording);
    let count = |kind: &str| trace.to_text().lines().filter(|line| line.contains(kind)).count();
    assert_eq!((count("woken"), count("waker cloned"), count("waker dropped")), (2, 4, 4), "{}", trace.to_text());
}
