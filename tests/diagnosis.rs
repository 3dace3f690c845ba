//! Why a run is stuck, late or wasteful: a small program for each finding, and none for healthy ones.

#![cfg(not(target_arch = "wasm32"))]

use pollscope::clock::VirtualClock;
use pollscope::executor::{Executor, Plan, Schedule};
use pollscope::prelude::*;
use pollscope::record::{Budget, TraceRecorder};
use pollscope::scenario::{Setup, checks, find};
use pollscope::trace::{TimeUnit, Trace};
use pollscope::view::{Cause, Finding, Findings, Viewer};
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

fn run_with(changes: &str, main: impl Future<Output = ()> + 'static) -> Trace {
    let plan = Plan { changes: Plan::read_changes(changes).expect("good changes"), ..Plan::default() };
    let recorder = TraceRecorder::new(TimeUnit::VirtualMs, Budget::default(), None);
    let executor = Executor::with_policy(recorder, Rc::new(VirtualClock::default()), Schedule::new(&plan));
    executor.limit(10_000, u64::MAX);
    drop(executor.spawn("main", main));
    let _ = catch_unwind(AssertUnwindSafe(|| executor.run()));
    executor.reveal_owners();
    executor.recorder().finish()
}

fn run(main: impl Future<Output = ()> + 'static) -> Trace {
    run_with("", main)
}

fn findings(trace: &Trace) -> Findings {
    Viewer::of(trace.clone()).findings().clone()
}

/// The findings, each in a line: its kind, and who it is about.
fn found(trace: &Trace) -> Vec<String> {
    findings(trace).all.iter().map(|f| line(trace, f)).collect()
}

fn line(trace: &Trace, finding: &Finding) -> String {
    assert!(finding.events.windows(2).all(|w| w[0] < w[1]), "in order: {finding:?}");
    assert_eq!(finding.events.last(), Some(&finding.cursor), "known with its last proof: {finding:?}");
    assert!(finding.cursor as usize <= trace.len());
    let value = serde_json::to_value(&finding.cause).expect("plain data");
    let kind = value["kind"].as_str().expect("it has a kind").to_owned();
    match &finding.cause {
        Cause::Deadlock { links } => {
            let links: Vec<String> = links.iter().map(|l| format!("{}-{}", l.task, l.holder)).collect();
            format!("{kind} {}", links.join(" "))
        }
        _ => match value["future"].as_str() {
            Some(future) => format!("{kind} {} {future}", value["task"]),
            None => format!("{kind} {}", value["task"]),
        },
    }
}

fn check(main: impl Future<Output = ()> + 'static, expected: &[&str]) {
    let trace = run(main);
    assert_eq!(found(&trace), expected, "\n{}", trace.to_text());
}

/// A leaf that waits for a bell, and says how it leaves its waker.
struct Ring {
    bell: Bell,
    leaves: Leaves,
}

#[derive(Clone, Copy, PartialEq)]
enum Leaves {
    Always,
    Never,
    Once(bool),
}

impl Future for Ring {
    type Output = ();

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.bell.has_rung() {
            return Poll::Ready(());
        }
        match self.leaves {
            Leaves::Always | Leaves::Once(false) => self.bell.keep(cx.waker().clone()),
            Leaves::Never | Leaves::Once(true) => {}
        }
        if let Leaves::Once(left) = &mut self.leaves {
            *left = true;
        }
        Poll::Pending
    }
}

fn ring(ms: u32, leaves: Leaves) -> Watched<Ring> {
    watched("Ring", Ring { bell: bell(ms), leaves })
}

#[test]
fn leaf_that_leaves_its_waker_is_healthy() {
    check(async { ring(5, Leaves::Always).await }, &[]);
}

#[test]
fn leaf_that_leaves_no_waker_loses_the_wake() {
    check(async { ring(5, Leaves::Never).await }, &["no_waker 1 Ring"]);
    check(async { pending::<()>().await }, &["no_waker 1 Pending"]);
}

#[test]
fn sibling_masks_a_lost_wake_as_latency() {
    check(
        async {
            join!(ring(5, Leaves::Never), sleep(20)).await;
        },
        &["masked_wake 1 Ring"],
    );
    check(
        async {
            race(sleep(20), pending()).await;
        },
        &[],
    );
}

#[test]
fn waker_of_another_task_is_stale() {
    check(
        async {
            let kept = Rc::new(RefCell::new(None));
            let mut leaf = Box::pin(ring(30, Leaves::Once(false)));
            race(async { leaf.as_mut().await }, sleep(5)).await;
            *kept.borrow_mut() = Some(leaf);
            let other = kept.clone();
            let _joined = spawn(async move {
                let leaf = other.borrow_mut().take();
                if let Some(leaf) = leaf {
                    leaf.await;
                }
            });
            sleep(50).await;
        },
        &["stale_waker 2 Ring"],
    );
}

#[test]
fn last_waker_that_is_dropped_unused_is_found() {
    check(
        async {
            let kept = Rc::new(RefCell::new(None));
            let other = kept.clone();
            drop(spawn(async move {
                sleep(5).await;
                drop(other.take());
            }));
            std::future::poll_fn(|cx| {
                kept.replace(Some(cx.waker().clone()));
                Poll::<()>::Pending
            })
            .await;
        },
        &["waker_gone 1"],
    );
}

#[test]
fn wake_that_a_person_takes_away_is_found() {
    let trace = run_with("t1.w1-lose", async { sleep(5).await });
    assert_eq!(found(&trace), ["wake_lost 1"], "{}", trace.to_text());
}

#[test]
fn what_is_dropped_without_a_poll_is_found() {
    check(
        async {
            drop(sleep(5));
            race(ready(()), sleep(5)).await;
        },
        &["never_polled 1 Sleep"],
    );
}

#[test]
fn future_that_is_left_alone_when_its_time_has_come_is_abandoned() {
    check(
        async {
            let mut slow = pin!(sleep(20));
            race(slow.as_mut(), sleep(5)).await;
            sleep(30).await;
            slow.await;
        },
        &["abandoned 1 Sleep"],
    );
    check(
        async {
            let mut tick = pin!(sleep(20));
            for _ in 0..3 {
                select(sleep(20), tick.as_mut()).await;
            }
        },
        &[],
    );
}

#[test]
fn poll_that_keeps_the_thread_blocks_the_others() {
    check(
        async {
            drop(spawn(async { sleep(5).await }));
            yield_now().await;
            compute(50);
        },
        &["blocked 1"],
    );
    check(async { compute(50) }, &[]);
}

#[test]
fn task_that_wakes_itself_for_nothing_polls_busily() {
    check(
        async {
            for _ in 0..40 {
                yield_now().await;
            }
        },
        &["busy_polling 1"],
    );
    check(
        async {
            for _ in 0..40 {
                compute(1);
                yield_now().await;
            }
        },
        &[],
    );
}

#[test]
fn future_that_looks_again_and_again_polls_busily_however_long_a_look_takes() {
    struct Looks(Bell);
    impl Future for Looks {
        type Output = ();
        fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
            compute(1);
            if self.0.has_rung() {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        }
    }
    check(async { watched("Looks", Looks(bell(40))).await }, &["busy_polling 1"]);
    let crunch = async {
        loop {
            compute(1);
            yield_now().await;
        }
    };
    check(
        async {
            race(ring(40, Leaves::Always), crunch).await;
        },
        &[],
    );
}

#[test]
fn future_that_is_polled_after_it_was_ready_is_found() {
    check(
        async {
            let mut leaf = pin!(watched("Leaf", ready_for_ever()));
            leaf.as_mut().await;
            leaf.as_mut().await;
        },
        &["polled_after_ready 1 Leaf"],
    );
}

fn ready_for_ever() -> impl Future<Output = ()> {
    std::future::poll_fn(|_| Poll::Ready(()))
}

#[test]
fn wakes_that_come_to_nothing_are_a_storm() {
    check(
        async {
            let woken = spawn(async {
                let waker = std::future::poll_fn(|cx| Poll::Ready(cx.waker().clone())).await;
                for _ in 0..20 {
                    waker.wake_by_ref();
                }
                yield_now().await;
            });
            woken.await;
        },
        &["wake_storm 2"],
    );
}

#[test]
fn two_mutexes_taken_in_two_orders_are_a_circle() {
    check(
        async {
            let (a, b) = (Rc::new(Mutex::new(())), Rc::new(Mutex::new(())));
            let (a2, b2) = (a.clone(), b.clone());
            drop(spawn(async move {
                let _a = a.lock().await;
                sleep(5).await;
                let _b = b.lock().await;
            }));
            drop(spawn(async move {
                let _b = b2.lock().await;
                sleep(5).await;
                let _a = a2.lock().await;
            }));
        },
        &["deadlock 2-3 3-2"],
    );
}

#[test]
fn lock_of_one_s_own_is_a_circle_of_one() {
    check(
        async {
            let mutex = Mutex::new(());
            let _guard = mutex.lock().await;
            let _again = mutex.lock().await;
        },
        &["deadlock 1-1"],
    );
}

#[test]
fn two_who_wait_for_each_other_s_values_are_a_circle() {
    check(
        async {
            let (to_a, mut from_b) = channel::<()>();
            let (to_b, mut from_a) = channel::<()>();
            drop(spawn(async move {
                from_b.recv().await;
                to_b.send(());
            }));
            drop(spawn(async move {
                from_a.recv().await;
                to_a.send(());
            }));
        },
        &["deadlock 2-3 3-2"],
    );
}

#[test]
fn circle_goes_through_join_handles_and_locks() {
    check(
        async {
            let mutex = Rc::new(Mutex::new(()));
            let other = mutex.clone();
            let _guard = mutex.lock().await;
            spawn(async move {
                let _guard = other.lock().await;
            })
            .await;
        },
        &["deadlock 1-2 2-1"],
    );
}

#[test]
fn waker_that_only_its_own_task_keeps_wakes_nobody() {
    check(
        async {
            let mut kept = None;
            std::future::poll_fn(|cx| {
                kept = Some(cx.waker().clone());
                Poll::<()>::Pending
            })
            .await;
            drop(kept);
        },
        &["held_by_itself 1"],
    );
}

#[test]
fn value_that_nobody_can_send_never_comes() {
    thread_local!(static KEPT: RefCell<Option<Sender<()>>> = const { RefCell::new(None) });
    check(
        async {
            let (sender, mut receiver) = channel::<()>();
            KEPT.set(Some(sender));
            receiver.recv().await;
        },
        &["nobody_comes 1"],
    );
    KEPT.take();
}

#[test]
fn lost_wake_names_the_culprit() {
    let scenario = find("lost-wake").expect("it is there");
    let culprits = |leaf| {
        ["alone", "ticked", "handed_on"].map(|awaited| {
            let given = [("leaf", leaf), ("awaited", awaited)];
            found(&scenario.start(&given, Setup::default()).expect("good parameters").run()).join(", ")
        })
    };
    assert_eq!(culprits("keeps_waker"), ["", "", ""]);
    let forgets = ["no_waker 1 ForgetsWaker", "masked_wake 1 ForgetsWaker", "no_waker 2 ForgetsWaker"];
    assert_eq!(culprits("forgets_waker"), forgets);
    assert_eq!(culprits("keeps_first"), ["", "", "stale_waker 2 KeepsFirst"]);
    assert_eq!(culprits("trusts_wakes"), ["", "", ""], "that it did not look, nobody can see");
}

#[test]
fn scenarios_have_the_findings_that_they_are_meant_to_have_and_no_others() {
    for checks in checks().into_iter().filter(|checks| !checks.recorded.is_empty()) {
        let job = find(checks.id).and_then(|scenario| scenario.start(&[], Setup::default()));
        let trace = job.expect("the defaults are good").run();
        assert_eq!(found(&trace), checks.findings, "{}", checks.id);
    }
}
