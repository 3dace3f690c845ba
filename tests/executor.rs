//! The executor's promises, one test each, by the whole trace of a small program.
//!
//! The expected traces are kept up to date by `UPDATE_EXPECT=1 cargo test --test executor`; read what changed.

#![cfg(not(target_arch = "wasm32"))]

use expect_test::{Expect, expect};
use pollscope::executor::{Executor, Progress, Until, report_panic};
use pollscope::prelude::{JoinHandle, compute, log, now, sleep, spawn, yield_now};
use pollscope::record::{Budget, TraceRecorder};
use pollscope::trace::event::End;
use pollscope::trace::{TimeUnit, Trace};
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

type Recorded = Executor<TraceRecorder>;

fn recorded() -> Recorded {
    Executor::new(TraceRecorder::new(TimeUnit::VirtualMs, Budget::default(), None))
}

/// How many allocations a poll makes is the allocator's and the standard library's business, not the executor's;
/// and the lines of this file would change with every expectation in it.
fn text(trace: &Trace) -> String {
    let text = trace.to_text();
    let lines = text.lines().filter(|l| !l.contains(" allocated "));
    lines.map(|l| format!("{}\n", l.trim_start().split(" at executor.rs").next().unwrap_or(l))).collect()
}

thread_local! {
    /// Whether the panic hook reports to the executor that runs on this thread, as the page's hook does.
    static REPORTS: Cell<bool> = const { Cell::new(false) };
}

fn install_hook() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let default = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if REPORTS.get() {
                report_panic(info.payload().downcast_ref::<&str>().copied().unwrap_or_default());
            } else {
                default(info);
            }
        }));
    });
}

fn check(program: impl FnOnce(&Recorded), expected: &Expect) {
    let executor = recorded();
    program(&executor);
    executor.run();
    expected.assert_eq(&text(&executor.recorder().finish()));
}

/// Pending until somebody takes the waker that it leaves and wakes it.
#[derive(Clone, Default)]
struct Slot {
    waker: Rc<RefCell<Option<Waker>>>,
    open: Rc<Cell<bool>>,
}

impl Slot {
    fn waker(&self) -> Waker {
        self.waker.borrow().clone().expect("the slot was polled")
    }

    fn open(&self) {
        self.open.set(true);
        self.waker().wake();
    }
}

impl Future for Slot {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.open.get() {
            return Poll::Ready(());
        }
        *self.waker.borrow_mut() = Some(cx.waker().clone());
        Poll::Pending
    }
}

/// Logs when it is dropped.
struct Guard(&'static str);

impl Drop for Guard {
    fn drop(&mut self) {
        log!("drop {}", self.0);
    }
}

#[test]
fn promise_1_a_woken_task_is_polled_again() {
    check(
        |executor| {
            let slot = Slot::default();
            drop(executor.spawn("waits", slot.clone()));
            drop(executor.spawn("wakes", async move { slot.open() }));
        },
        &expect![[r#"
            0  task 1 spawned by driver: waits
            0  task 1 enqueued
            0  task 2 spawned by driver: wakes
            0  task 2 enqueued
            0  task 1 poll 1
            0  task 1 waker cloned: 1
            0  task 1 Pending
            0  task 2 poll 1
            0  task 1 waker cloned: 2
            0  task 1 woken by task 2
            0  task 1 enqueued
            0  task 1 waker dropped: 1
            0  task 2 Ready
            0  task 2 dropped: Completed
            0  task 1 poll 2
            0  task 1 Ready
            0  task 1 dropped: Completed
            0  task 1 waker dropped: 0
            0  end
        "#]],
    );
}

#[test]
fn promise_2_a_task_woken_twice_is_polled_once() {
    check(
        |executor| {
            let slot = Slot::default();
            drop(executor.spawn("waits", slot.clone()));
            drop(executor.spawn("wakes twice", async move {
                slot.waker().wake_by_ref();
                slot.open();
            }));
        },
        &expect![[r#"
            0  task 1 spawned by driver: waits
            0  task 1 enqueued
            0  task 2 spawned by driver: wakes twice
            0  task 2 enqueued
            0  task 1 poll 1
            0  task 1 waker cloned: 1
            0  task 1 Pending
            0  task 2 poll 1
            0  task 1 waker cloned: 2
            0  task 1 woken by task 2
            0  task 1 enqueued
            0  task 1 waker dropped: 1
            0  task 1 waker cloned: 2
            0  task 1 woken by task 2, coalesced
            0  task 1 waker dropped: 1
            0  task 2 Ready
            0  task 2 dropped: Completed
            0  task 1 poll 2
            0  task 1 Ready
            0  task 1 dropped: Completed
            0  task 1 waker dropped: 0
            0  end
        "#]],
    );
}

#[test]
fn promise_3_a_task_is_not_polled_after_ready() {
    check(
        |executor| {
            drop(executor.spawn("wakes itself and is ready", async {
                let waker = std::future::poll_fn(|cx| Poll::Ready(cx.waker().clone())).await;
                waker.wake();
            }));
        },
        &expect![[r#"
                0  task 1 spawned by driver: wakes itself and is ready
                0  task 1 enqueued
                0  task 1 poll 1
                0  task 1 waker cloned: 1
                0  task 1 woken by itself, during its poll
                0  task 1 waker dropped: 0
                0  task 1 Ready
                0  task 1 dropped: Completed
                0  end
        "#]],
    );
}

#[test]
fn promise_4_a_future_is_dropped_exactly_once() {
    check(
        |executor| {
            let guarded = |name| async move {
                let _guard = Guard(name);
                sleep(10).await;
            };
            drop(executor.spawn("ready", guarded("ready")));
            let cancelled = executor.spawn("cancelled", guarded("cancelled"));
            executor.step();
            executor.step();
            assert!(executor.cancel(cancelled.id()));
            assert!(!executor.cancel(cancelled.id()), "a task is cancelled once");
        },
        &expect![[r#"
            0  task 1 spawned by driver: ready
            0  task 1 enqueued
            0  task 2 spawned by driver: cancelled
            0  task 2 enqueued
            0  task 1 poll 1
            0  task 1   > Sleep
            0  task 1 waker cloned: 1
            0  timer 1 set for task 1 in 10
            0  task 1   < Sleep Pending
            0  task 1 Pending
            0  task 2 poll 1
            0  task 2   > Sleep
            0  task 2 waker cloned: 1
            0  timer 2 set for task 2 in 10
            0  task 2   < Sleep Pending
            0  task 2 Pending
            0  task 2 dropped: Cancelled
            0  timer 2 cancelled
            0  task 2 waker dropped: 0
            0  driver log: drop cancelled
            10  clock +10
            10  timer 1 fired
            10  task 1 woken by timer 1
            10  task 1 enqueued
            10  task 1 waker dropped: 0
            10  task 1 poll 2
            10  task 1   > Sleep
            10  task 1   < Sleep Ready
            10  task 1 log: drop ready
            10  task 1 Ready
            10  task 1 dropped: Completed
            10  end
        "#]],
    );
}

#[test]
fn promise_4_the_executor_drops_what_is_left_in_spawn_order() {
    let dropped = Rc::new(RefCell::new(Vec::new()));
    struct Note(u32, Rc<RefCell<Vec<u32>>>);
    impl Drop for Note {
        fn drop(&mut self) {
            self.1.borrow_mut().push(self.0);
        }
    }
    let executor = Executor::new(());
    for i in 1..=3 {
        let note = Note(i, dropped.clone());
        drop(executor.spawn("waits for ever", async move {
            let _note = note;
            std::future::pending::<()>().await;
        }));
    }
    assert_eq!(executor.run(), End::Deadlock(3));
    drop(executor);
    assert_eq!(*dropped.borrow(), [1, 2, 3]);
}

#[test]
fn promise_5_a_wake_after_completion_does_nothing() {
    let slot = Slot::default();
    let kept = slot.clone();
    check(
        |executor| {
            drop(executor.spawn("waits", slot.clone()));
            drop(executor.spawn("wakes", async move {
                let late = slot.waker();
                slot.open();
                yield_now().await;
                late.wake();
            }));
        },
        &expect![[r#"
                0  task 1 spawned by driver: waits
                0  task 1 enqueued
                0  task 2 spawned by driver: wakes
                0  task 2 enqueued
                0  task 1 poll 1
                0  task 1 waker cloned: 1
                0  task 1 Pending
                0  task 2 poll 1
                0  task 1 waker cloned: 2
                0  task 1 waker cloned: 3
                0  task 1 woken by task 2
                0  task 1 enqueued
                0  task 1 waker dropped: 2
                0  task 2   > YieldNow
                0  task 2 woken by itself, during its poll
                0  task 2   < YieldNow Pending
                0  task 2 Pending
                0  task 2 enqueued
                0  task 1 poll 2
                0  task 1 Ready
                0  task 1 dropped: Completed
                0  task 2 poll 2
                0  task 2   > YieldNow
                0  task 2   < YieldNow Ready
                0  task 1 woken by task 2, after it was done
                0  task 1 waker dropped: 1
                0  task 2 Ready
                0  task 2 dropped: Completed
                0  end
        "#]],
    );
    // The executor is gone; its wakers are not.
    kept.waker().wake();
}

#[test]
fn promise_5_a_wake_from_another_thread_is_seen() {
    let executor = Executor::new(());
    let slot = Slot::default();
    let waits = executor.spawn("waits", slot.clone());
    executor.step();
    slot.open.set(true);
    let waker = slot.waker();
    std::thread::spawn(move || waker.wake()).join().expect("waking does not panic");
    executor.run();
    assert!(waits.is_finished());
}

#[test]
fn promise_6_a_task_that_wakes_itself_is_queued_after_its_poll() {
    check(
        |executor| {
            drop(executor.spawn("yields", async {
                yield_now().await;
                log!("again");
            }));
            drop(executor.spawn("other", async { log!("first") }));
        },
        &expect![[r#"
                0  task 1 spawned by driver: yields
                0  task 1 enqueued
                0  task 2 spawned by driver: other
                0  task 2 enqueued
                0  task 1 poll 1
                0  task 1   > YieldNow
                0  task 1 woken by itself, during its poll
                0  task 1   < YieldNow Pending
                0  task 1 Pending
                0  task 1 enqueued
                0  task 2 poll 1
                0  task 2 log: first
                0  task 2 Ready
                0  task 2 dropped: Completed
                0  task 1 poll 2
                0  task 1   > YieldNow
                0  task 1   < YieldNow Ready
                0  task 1 log: again
                0  task 1 Ready
                0  task 1 dropped: Completed
                0  end
        "#]],
    );
}

#[test]
fn promise_7_tasks_are_polled_in_the_order_of_the_queue() {
    check(
        |executor| {
            for name in ["a", "b", "c"] {
                drop(executor.spawn(name, async move {
                    // The first wakes last.
                    sleep(if name == "a" { 2 } else { 1 }).await;
                    log!("{name} at {}", now());
                }));
            }
        },
        &expect![[r#"
                0  task 1 spawned by driver: a
                0  task 1 enqueued
                0  task 2 spawned by driver: b
                0  task 2 enqueued
                0  task 3 spawned by driver: c
                0  task 3 enqueued
                0  task 1 poll 1
                0  task 1   > Sleep
                0  task 1 waker cloned: 1
                0  timer 1 set for task 1 in 2
                0  task 1   < Sleep Pending
                0  task 1 Pending
                0  task 2 poll 1
                0  task 2   > Sleep
                0  task 2 waker cloned: 1
                0  timer 2 set for task 2 in 1
                0  task 2   < Sleep Pending
                0  task 2 Pending
                0  task 3 poll 1
                0  task 3   > Sleep
                0  task 3 waker cloned: 1
                0  timer 3 set for task 3 in 1
                0  task 3   < Sleep Pending
                0  task 3 Pending
                1  clock +1
                1  timer 2 fired
                1  task 2 woken by timer 2
                1  task 2 enqueued
                1  task 2 waker dropped: 0
                1  timer 3 fired
                1  task 3 woken by timer 3
                1  task 3 enqueued
                1  task 3 waker dropped: 0
                1  task 2 poll 2
                1  task 2   > Sleep
                1  task 2   < Sleep Ready
                1  task 2 log: b at 1
                1  task 2 Ready
                1  task 2 dropped: Completed
                1  task 3 poll 2
                1  task 3   > Sleep
                1  task 3   < Sleep Ready
                1  task 3 log: c at 1
                1  task 3 Ready
                1  task 3 dropped: Completed
                2  clock +1
                2  timer 1 fired
                2  task 1 woken by timer 1
                2  task 1 enqueued
                2  task 1 waker dropped: 0
                2  task 1 poll 2
                2  task 1   > Sleep
                2  task 1   < Sleep Ready
                2  task 1 log: a at 2
                2  task 1 Ready
                2  task 1 dropped: Completed
                2  end
        "#]],
    );
}

#[test]
fn promise_8_a_panic_ends_the_run() {
    install_hook();
    REPORTS.set(true);
    let executor = recorded();
    drop(executor.spawn("guarded", async {
        let _guard = Guard("never recorded");
        sleep(10).await;
    }));
    drop(executor.spawn("panics", async {
        yield_now().await;
        panic!("no such number");
    }));
    let unwound = catch_unwind(AssertUnwindSafe(|| executor.run()));
    assert!(unwound.is_err());
    assert_eq!(executor.run(), End::Panicked, "nothing is polled after a panic");
    let trace = executor.recorder().finish();
    drop(executor);
    expect![[r#"
            0  task 1 spawned by driver: guarded
            0  task 1 enqueued
            0  task 2 spawned by driver: panics
            0  task 2 enqueued
            0  task 1 poll 1
            0  task 1   > Sleep
            0  task 1 waker cloned: 1
            0  timer 1 set for task 1 in 10
            0  task 1   < Sleep Pending
            0  task 1 Pending
            0  task 2 poll 1
            0  task 2   > YieldNow
            0  task 2 woken by itself, during its poll
            0  task 2   < YieldNow Pending
            0  task 2 Pending
            0  task 2 enqueued
            0  task 2 poll 2
            0  task 2   > YieldNow
            0  task 2   < YieldNow Ready
            0  task 2 panic: no such number
            0  task 2 panicked
            0  end: Panicked
    "#]]
    .assert_eq(&text(&trace));
}

#[test]
fn promise_9_an_executor_is_not_run_from_inside() {
    let executor = recorded();
    let inner = executor.clone();
    drop(executor.spawn("recursive", async move {
        let refused = catch_unwind(AssertUnwindSafe(|| inner.run()));
        log!("refused: {}", refused.is_err());
    }));
    executor.run();
    expect![[r#"
            0  task 1 spawned by driver: recursive
            0  task 1 enqueued
            0  task 1 poll 1
            0  task 1 log: refused: true
            0  task 1 Ready
            0  task 1 dropped: Completed
            0  end
    "#]]
    .assert_eq(&text(&executor.recorder().finish()));
}

#[test]
fn join_handle_wakes_whoever_awaits_it() {
    check(
        |executor| {
            drop(executor.spawn("main", async {
                let child: JoinHandle<u32> = spawn(async {
                    sleep(5).await;
                    42
                });
                log!("got {}", child.await);
            }));
        },
        &expect![[r#"
                0  task 1 spawned by driver: main
                0  task 1 enqueued
                0  task 1 poll 1
                0  task 2 spawned by task 1: join_handle_wakes_whoever_awaits_it
                0  task 2 enqueued
                0  task 1   > JoinHandle
                0  task 1 waker cloned: 1
                0  task 1 waker held by task 2
                0  task 1   < JoinHandle Pending
                0  task 1 Pending
                0  task 2 poll 1
                0  task 2   > Sleep
                0  task 2 waker cloned: 1
                0  timer 1 set for task 2 in 5
                0  task 2   < Sleep Pending
                0  task 2 Pending
                5  clock +5
                5  timer 1 fired
                5  task 2 woken by timer 1
                5  task 2 enqueued
                5  task 2 waker dropped: 0
                5  task 2 poll 2
                5  task 2   > Sleep
                5  task 2   < Sleep Ready
                5  task 2 Ready
                5  task 2 dropped: Completed
                5  task 1 woken by task 2
                5  task 1 enqueued
                5  task 1 waker dropped: 0
                5  task 1 poll 2
                5  task 1   > JoinHandle
                5  task 1   < JoinHandle Ready
                5  task 1 log: got 42
                5  task 1 Ready
                5  task 1 dropped: Completed
                5  end
        "#]],
    );
}

#[test]
fn join_handle_detaches_when_dropped() {
    check(
        |executor| {
            drop(executor.spawn("main", async {
                drop(spawn(async {
                    sleep(5).await;
                    log!("went on");
                }));
            }));
        },
        &expect![[r#"
                0  task 1 spawned by driver: main
                0  task 1 enqueued
                0  task 1 poll 1
                0  task 2 spawned by task 1: join_handle_detaches_when_dropped
                0  task 2 enqueued
                0  task 1 Ready
                0  task 1 dropped: Completed
                0  task 2 poll 1
                0  task 2   > Sleep
                0  task 2 waker cloned: 1
                0  timer 1 set for task 2 in 5
                0  task 2   < Sleep Pending
                0  task 2 Pending
                5  clock +5
                5  timer 1 fired
                5  task 2 woken by timer 1
                5  task 2 enqueued
                5  task 2 waker dropped: 0
                5  task 2 poll 2
                5  task 2   > Sleep
                5  task 2   < Sleep Ready
                5  task 2 log: went on
                5  task 2 Ready
                5  task 2 dropped: Completed
                5  end
        "#]],
    );
}

#[test]
fn sleep_is_not_ready_before_its_timer_fired() {
    check(
        |executor| {
            drop(executor.spawn("computes past its deadline", async {
                let nap = sleep(3);
                compute(10);
                nap.await;
                log!("after the nap, which began when it was first polled");
            }));
        },
        &expect![[r#"
            0  task 1 spawned by driver: computes past its deadline
            0  task 1 enqueued
            0  task 1 poll 1
            10  task 1 computed 10
            10  task 1   > Sleep
            10  task 1 waker cloned: 1
            10  timer 1 set for task 1 in 3
            10  task 1   < Sleep Pending
            10  task 1 Pending
            13  clock +3
            13  timer 1 fired
            13  task 1 woken by timer 1
            13  task 1 enqueued
            13  task 1 waker dropped: 0
            13  task 1 poll 2
            13  task 1   > Sleep
            13  task 1   < Sleep Ready
            13  task 1 log: after the nap, which began when it was first polled
            13  task 1 Ready
            13  task 1 dropped: Completed
            13  end
        "#]],
    );
}

#[test]
fn sleep_that_is_dropped_cancels_its_timer() {
    check(
        |executor| {
            drop(executor.spawn("gives up", async {
                let mut nap = Box::pin(sleep(50));
                std::future::poll_fn(|cx| {
                    assert!(nap.as_mut().poll(cx).is_pending());
                    Poll::Ready(())
                })
                .await;
                drop(nap);
                log!("nobody waits");
            }));
        },
        &expect![[r#"
                0  task 1 spawned by driver: gives up
                0  task 1 enqueued
                0  task 1 poll 1
                0  task 1   > Sleep
                0  task 1 waker cloned: 1
                0  timer 1 set for task 1 in 50
                0  task 1   < Sleep Pending
                0  timer 1 cancelled
                0  task 1 waker dropped: 0
                0  task 1 log: nobody waits
                0  task 1 Ready
                0  task 1 dropped: Completed
                0  end
        "#]],
    );
}

#[test]
fn callbacks_run_on_a_lane_of_their_own() {
    check(
        |executor| {
            let lane = executor.open_lane("chain");
            executor.call(lane, || log!("called"));
            drop(executor.spawn("future", async { log!("polled") }));
        },
        &expect![[r#"
                0  task 1 spawned by driver: chain
                0  task 1 call 1
                0  task 1 log: called
                0  task 1 called
                0  task 2 spawned by driver: future
                0  task 2 enqueued
                0  task 2 poll 1
                0  task 2 log: polled
                0  task 2 Ready
                0  task 2 dropped: Completed
                0  end
        "#]],
    );
}

#[test]
fn deadlock_names_how_many_wait() {
    let executor = Executor::new(());
    drop(executor.spawn("waits for ever", std::future::pending::<()>()));
    assert_eq!(executor.run(), End::Deadlock(1));
    assert_eq!(executor.run(), End::Deadlock(1), "the end stays the end");
}

#[test]
fn drive_stops_at_a_time_and_goes_on() {
    let executor = Executor::new(());
    let done = executor.spawn("sleeps", sleep(30));
    assert_eq!(executor.drive(Until::Time(10), u32::MAX), Progress::Reached);
    assert_eq!((executor.now(), done.is_finished()), (10, false));
    assert_eq!(executor.drive(Until::Quiescent, 0), Progress::Paused);
    assert_eq!(executor.drive(Until::Quiescent, u32::MAX), Progress::Ended(End::Completed));
    assert_eq!((executor.now(), done.is_finished()), (30, true));
}

#[test]
fn wakers_may_be_sent_and_outlive_everything() {
    fn sendable<T: Send + Sync>(_: &T) {}
    let slot = Slot::default();
    let executor = Executor::new(());
    drop(executor.spawn("waits", slot.clone()));
    executor.step();
    let waker = slot.waker();
    sendable(&waker);
    drop(executor);
    let other = waker.clone();
    std::thread::spawn(move || drop(other)).join().expect("dropping does not panic");
    waker.wake();
}

#[test]
fn executor_that_is_dropped_in_a_task_of_another_leaves_its_timers_alone() {
    let outer = Executor::new(());
    let sleeper = outer.spawn("sleeps", sleep(10));
    drop(outer.spawn("makes another", async {
        let inner = Executor::new(());
        drop(inner.spawn("sleeps there", sleep(10)));
        inner.step();
    }));
    assert_eq!(outer.run(), End::Completed);
    assert!(sleeper.is_finished());
}

#[test]
fn destructors_at_the_end_may_ask_the_time() {
    struct Late(Rc<Cell<u32>>);
    impl Drop for Late {
        fn drop(&mut self) {
            self.0.set(now() + 1);
        }
    }
    let asked = Rc::new(Cell::new(0));
    let executor = Executor::new(());
    let late = Late(asked.clone());
    drop(executor.spawn("waits for ever", async move {
        let _late = late;
        sleep(7).await;
        std::future::pending::<()>().await;
    }));
    executor.run();
    drop(executor);
    assert_eq!(asked.get(), 8);
}

#[test]
fn holder_of_a_waker_is_forgotten_when_it_lets_go() {
    check(
        |executor| {
            drop(executor.spawn("gives up on a child", async {
                let child = spawn(std::future::pending::<()>());
                let _ = pollscope::prelude::select(child, sleep(1)).await;
                sleep(1).await;
            }));
        },
        &expect![[r#"
            0  task 1 spawned by driver: gives up on a child
            0  task 1 enqueued
            0  task 1 poll 1
            0  task 2 spawned by task 1: Pending
            0  task 2 enqueued
            0  task 1   > Select
            0  task 1   > JoinHandle
            0  task 1 waker cloned: 1
            0  task 1 waker held by task 2
            0  task 1   < JoinHandle Pending
            0  task 1   > Sleep
            0  task 1 waker cloned: 2
            0  timer 1 set for task 1 in 1
            0  task 1   < Sleep Pending
            0  task 1   < Select Pending
            0  task 1 Pending
            0  task 2 poll 1
            0  task 2 Pending
            1  clock +1
            1  timer 1 fired
            1  task 1 woken by timer 1
            1  task 1 enqueued
            1  task 1 waker dropped: 1
            1  task 1 poll 2
            1  task 1   > Select
            1  task 1   > JoinHandle
            1  task 1 waker cloned: 2
            1  task 1 waker dropped: 1
            1  task 1 waker held by task 2
            1  task 1   < JoinHandle Pending
            1  task 1   > Sleep
            1  task 1   < Sleep Ready
            1  task 1   < Select Ready
            1  task 1 waker let go by task 2
            1  task 1 waker dropped: 0
            1  task 1   > Sleep
            1  task 1 waker cloned: 1
            1  timer 2 set for task 1 in 1
            1  task 1   < Sleep Pending
            1  task 1 Pending
            2  clock +1
            2  timer 2 fired
            2  task 1 woken by timer 2
            2  task 1 enqueued
            2  task 1 waker dropped: 0
            2  task 1 poll 3
            2  task 1   > Sleep
            2  task 1   < Sleep Ready
            2  task 1 Ready
            2  task 1 dropped: Completed
            2  end: Deadlock(1)
        "#]],
    );
}
