//! What is wrong with a watched application, as far as its recording proves it; and what is not said of healthy ones.

use super::read_with_findings;
use expect_test::{Expect, expect};
use futures::task::noop_waker;
use pollscope::watch::{Watch, Watched, watch};
use std::fmt::Write;
use std::future::{pending, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, Waker};

/// A recording by a clock that is set by hand, in ms.
struct Timed {
    recording: Watch,
    ms: Arc<AtomicU64>,
}

type Task = Pin<Box<dyn Future<Output = ()>>>;

impl Timed {
    fn new() -> Self {
        let ms = Arc::new(AtomicU64::new(0));
        let clock = ms.clone();
        Timed { recording: Watch::with_clock("", move || clock.load(Ordering::Relaxed) * 1000), ms }
    }

    fn task(&self, name: &str, future: impl Future<Output = ()> + 'static) -> Task {
        let watched: Watched<_> = self.recording.watch(name, future);
        Box::pin(watched)
    }

    fn passes(&self, ms: u64) -> impl Fn() + 'static {
        let clock = self.ms.clone();
        move || {
            clock.fetch_add(ms, Ordering::Relaxed);
        }
    }

    /// What is found, each with the events that prove it.
    fn check(&self, expected: Expect) {
        let trace = read_with_findings(&self.recording.finish());
        let mut said = String::new();
        for finding in trace.findings().all {
            writeln!(said, "{}", finding.cause).expect("it is text");
            for cursor in finding.events {
                writeln!(said, "  {}", trace.event_text(cursor as usize - 1)).expect("it is text");
            }
        }
        expected.assert_eq(&said);
    }
}

fn poll(task: &mut Task) -> Poll<()> {
    task.as_mut().poll(&mut Context::from_waker(Waker::noop()))
}

/// Keeps its waker outside once, and is ready then.
async fn waits(kept: Arc<std::sync::Mutex<Option<Waker>>>) {
    let mut is_kept = false;
    poll_fn(|cx| {
        if std::mem::replace(&mut is_kept, true) {
            return Poll::Ready(());
        }
        *kept.lock().expect("nobody panics with it") = Some(cx.waker().clone());
        Poll::Pending
    })
    .await;
}

#[test]
fn slow_poll_with_a_woken_task_behind_it_is_found() {
    let timed = Timed::new();
    let kept = Arc::default();
    let mut late = timed.task("late", waits(Arc::clone(&kept)));
    let compute = timed.passes(80);
    let mut slow = timed.task("slow", async move { compute() });
    assert!(poll(&mut late).is_pending());
    kept.lock().expect("nobody panics").take().expect("it is kept").wake();
    timed.passes(2)();
    assert!(poll(&mut slow).is_ready());
    assert!(poll(&mut late).is_ready());
    timed.check(expect![[r#"
        slow_poll task 2 for 80 ms, 1 others, 80 ms late
          task 2 poll 1
          task 2 Ready
          task 1 poll 2
    "#]]);
}

/// Nobody was woken, or was only after it; the other task was spawned and never said that it is to be polled at once; the
/// poll is too short.
#[test]
fn slow_poll_that_keeps_nobody_waiting_is_none() {
    for (ms, wakes_before) in [(80, false), (49, true)] {
        let timed = Timed::new();
        let kept = Arc::default();
        let mut other = timed.task("other", waits(Arc::clone(&kept)));
        let mut spawned = timed.task("spawned", async {});
        let compute = timed.passes(ms);
        let mut slow = timed.task("slow", async move { compute() });
        assert!(poll(&mut other).is_pending());
        let wake = || kept.lock().expect("nobody panics").take().expect("it is kept").wake();
        if wakes_before {
            wake();
        }
        assert!(poll(&mut slow).is_ready());
        if !wakes_before {
            wake();
        }
        assert!(poll(&mut other).is_ready() && poll(&mut spawned).is_ready());
        timed.check(expect![[""]]);
    }
}

/// A poll around another one: the inner task is polled within it, and waited for nobody.
#[test]
fn poll_around_another_one_is_not_what_that_waits_for() {
    let timed = Timed::new();
    let kept = Arc::default();
    let mut inner = timed.task("inner", waits(Arc::clone(&kept)));
    assert!(poll(&mut inner).is_pending());
    let compute = timed.passes(100);
    let mut outer = timed.task("outer", async move {
        kept.lock().expect("nobody panics").take().expect("it is kept").wake();
        compute();
        assert!(poll(&mut inner).is_ready());
    });
    assert!(poll(&mut outer).is_ready());
    drop(outer);
    timed.check(expect![[""]]);
}

/// On another thread than the slow one's: that thread was not what it waited for.
#[test]
fn slow_poll_is_no_matter_of_a_task_on_another_thread() {
    let timed = Timed::new();
    let kept = Arc::default();
    let mut other = Box::pin(timed.recording.watch("other", waits(Arc::clone(&kept))));
    let noop = noop_waker();
    assert!(other.as_mut().poll(&mut Context::from_waker(&noop)).is_pending());
    let wake = kept.lock().expect("nobody panics").take().expect("it is kept");
    let compute = timed.passes(100);
    let mut slow = timed.task("slow", async move {
        wake.wake();
        compute();
    });
    assert!(poll(&mut slow).is_ready());
    std::thread::scope(|scope| {
        scope.spawn(|| assert!(other.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready()));
    });
    drop((slow, other));
    timed.check(expect![[""]]);
}

#[test]
fn task_whose_poll_left_no_waker_is_found_at_the_end() {
    let timed = Timed::new();
    let mut left = timed.task("left", async {
        watch("forgets", poll_fn(|_| Poll::<()>::Pending)).await;
    });
    assert!(poll(&mut left).is_pending());
    timed.check(expect![[r#"
        no_waker_left task 1
          task 1 Pending at tests/watch/findings.rs:162
          end: Stopped
    "#]]);
}

#[test]
fn task_whose_last_waker_was_dropped_is_found_at_the_end() {
    let timed = Timed::new();
    let kept = Arc::default();
    let mut left = timed.task("left", waits(Arc::clone(&kept)));
    assert!(poll(&mut left).is_pending());
    let forgets = Arc::clone(&kept);
    let mut other = timed.task("other", async move { drop(forgets.lock().expect("nobody panics").take()) });
    assert!(poll(&mut other).is_ready());
    drop(other);
    timed.check(expect![[r#"
        no_waker_left task 1, the last in the poll of 2
          task 1 Pending
          task 1 waker dropped: 0
          end: Stopped
    "#]]);
}

/// One that is polled as somebody likes needs no waker; one whose waker is kept may be woken; one that is not polled yet or
/// is woken is to be polled; one that was dropped is over; and of a recording that found no room too little is known.
#[test]
fn task_that_may_still_go_on_is_none() {
    let timed = Timed::new();
    let kept = Arc::default();
    let mut freely = timed.task("freely", pending());
    assert!(poll(&mut freely).is_pending() && poll(&mut freely).is_pending());
    let mut kept_by_another = timed.task("kept", waits(Arc::clone(&kept)));
    assert!(poll(&mut kept_by_another).is_pending());
    let _not_yet = timed.task("not yet", pending());
    let mut dropped = timed.task("dropped", pending());
    assert!(poll(&mut dropped).is_pending());
    drop(dropped);
    let mut woken = timed.task("woken", async {
        poll_fn(|cx| {
            cx.waker().wake_by_ref();
            Poll::<()>::Pending
        })
        .await;
    });
    assert!(poll(&mut woken).is_pending());
    timed.check(expect![[""]]);

    let full = Timed::new();
    full.recording.keep(3);
    let mut left = full.task("left", pending());
    assert!(poll(&mut left).is_pending() && poll(&mut full.task("no room", pending())).is_pending());
    full.check(expect![[""]]);
}

#[test]
fn panic_of_a_watched_task_is_found() {
    let timed = Timed::new();
    let mut task = timed.task("task", async { panic!("no more") });
    let _ = catch_unwind(AssertUnwindSafe(|| poll(&mut task))).expect_err("it panics");
    drop(task);
    timed.check(expect![[r#"
        panicked task 1: no more
          task 1 panic: no more
    "#]]);
}

/// A real clock: a task sends, and then keeps the thread; who receives is polled only after it.
#[test]
fn slow_poll_under_tokio_is_found() {
    let recording = Watch::new("a task that computes after it has sent");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("it can be made");
    runtime.block_on(async {
        let (send, received) = tokio::sync::oneshot::channel::<()>();
        let receiver = tokio::spawn(recording.watch("receiver", async {
            let _ = watch("receive", received).await;
        }));
        tokio::task::yield_now().await;
        let sender = tokio::spawn(recording.watch("sender", async move {
            let _ = send.send(());
            std::thread::sleep(std::time::Duration::from_millis(70));
        }));
        let _ = (receiver.await, sender.await);
    });
    drop(runtime);
    let trace = read_with_findings(&recording.finish());
    let findings = trace.findings().all;
    let [finding] = &findings[..] else { panic!("{}", trace.to_text()) };
    let pollscope::view::Cause::SlowPoll { task: 2, ms, others: 1, late } = finding.cause else { panic!("{finding}") };
    assert!(ms >= 70.0 && late >= 70.0, "{finding}");
}
