//! The prelude's futures, by what their tasks log. Runs under Miri, too: the mutex is written with `unsafe`.

#![cfg(not(target_arch = "wasm32"))]

mod mutex;
mod races;

use pollscope::executor::Executor;
use pollscope::prelude::*;
use pollscope::record::{Budget, TraceRecorder};
use pollscope::trace::event::End;
use pollscope::trace::{Event, TimeUnit};

/// Runs a program as the main task and compares what it logs, with the time of each line.
fn check(main: impl Future<Output = ()> + 'static, expected: &[&str]) {
    let executor = Executor::new(TraceRecorder::new(TimeUnit::VirtualMs, Budget::default(), None));
    executor.block_on(main).expect("it comes to its end");
    let trace = executor.recorder().finish();
    let line = |i| match trace.event(i) {
        Event::Logged { text, .. } => Some(format!("{} {}", trace.time(i), trace.name(text))),
        _ => None,
    };
    assert_eq!((0..trace.len()).filter_map(line).collect::<Vec<_>>(), expected);
}

/// Polls a future once, outside of any task.
fn poll_once<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    Pin::new(future).poll(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn future_that_takes_the_place_of_another_has_a_number_of_its_own() {
    let executor = Executor::new(TraceRecorder::new(TimeUnit::VirtualMs, Budget::default(), None));
    executor
        .block_on(async {
            let mut slot = Some(Box::pin(sleep(50)));
            for _ in 0..3 {
                if let Some(nap) = &mut slot {
                    assert!(poll_once(nap).is_pending());
                    assert!(poll_once(nap).is_pending());
                    nap.set(sleep(50));
                }
            }
        })
        .expect("it comes to its end");
    let trace = executor.recorder().finish();
    let entered = (0..trace.len()).filter_map(|i| match trace.event(i) {
        Event::Entered { id, .. } => Some(id.0),
        _ => None,
    });
    assert_eq!(entered.collect::<Vec<_>>(), [1, 1, 2, 2, 3, 3]);
}

#[test]
fn join_polls_all_its_children_at_once() {
    check(
        async {
            let (a, b, c) = join!(sleep(10), async { 2 }, sleep(20)).await;
            log!("{a:?} {b} {c:?}");
        },
        &["20 () 2 ()"],
    );
}

#[test]
fn channel_ends_when_its_last_sender_is_dropped() {
    check(
        async {
            let (sender, mut receiver) = channel();
            for n in 1..=2 {
                let sender = sender.clone();
                drop(spawn(async move {
                    sleep(n * 10).await;
                    sender.send(n);
                }));
            }
            drop(sender);
            while let Some(n) = receiver.recv().await {
                log!("{n}");
            }
            log!("no more");
        },
        &["10 1", "20 2", "20 no more"],
    );
}

#[test]
fn ready_is_ready_and_pending_never_is() {
    let executor = Executor::new(());
    assert_eq!(executor.block_on(ready(7)), Ok(7));
    let executor = Executor::new(());
    assert_eq!(executor.block_on(pending::<()>()), Err(End::Deadlock(1)));
}

#[test]
fn framed_future_is_as_large_as_the_future() {
    let future = |n: u32| async move {
        sleep(n).await;
        n
    };
    assert_eq!(size_of_val(&framed(future(1))), size_of_val(&future(1)));
    check(
        async move {
            log!("{}", framed(Box::pin(future(1))).await);
        },
        &["1 1"],
    );
}
