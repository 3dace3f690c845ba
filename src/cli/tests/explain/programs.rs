//! The programs that are explained: apart, so that their lines stay what they are.

#![allow(clippy::let_underscore_future, reason = "what is explained is written as people write it")]

use pollscope::executor::Executor;
use pollscope::prelude::*;
use pollscope::record::{Budget, TraceRecorder};
use pollscope::trace::{CodeFile, Head, TimeUnit, Trace};

const FILE: &str = "src/cli/tests/explain/programs.rs";

/// What these tasks leave.
fn trace(title: &str, spawn: impl FnOnce(&Executor<TraceRecorder>)) -> Trace {
    let head = Head {
        title: title.to_owned(),
        build: "test".to_owned(),
        files: vec![CodeFile { name: FILE.to_owned(), text: include_str!("programs.rs").to_owned() }],
        ..Head::default()
    };
    let recorder = TraceRecorder::new(TimeUnit::VirtualMs, Budget::default(), None);
    let executor = Executor::new(recorder);
    spawn(&executor);
    executor.run();
    executor.reveal_owners();
    Trace { head, ..executor.recorder().finish() }
}

/// One whose first task sleeps and ends, and whose second one waits for nothing.
pub(crate) fn stuck() -> Trace {
    trace("one sleeps, one waits for nothing", |executor| {
        executor.spawn_detached("sleeper", async {
            sleep(5).await;
            log!("awake");
        });
        executor.spawn_detached("forgetful", async {
            let _ = sleep(3); // nobody polls it
            pending::<()>().await;
        });
    })
}

/// One that has nothing wrong.
pub(crate) fn healthy() -> Trace {
    trace("", |executor| {
        executor.spawn_detached("sleeper", async {
            sleep(5).await;
        });
    })
}

/// One that gives way: it wakes itself in its poll.
pub(crate) fn yielding() -> Trace {
    trace("", |executor| {
        executor.spawn_detached("polite", async {
            yield_now().await;
            yield_now().await;
        });
    })
}

/// One that gives way once and sleeps once.
pub(crate) fn hurrying() -> Trace {
    trace("one in a hurry", |executor| {
        executor.spawn_detached("hasty", async {
            yield_now().await;
            sleep(2).await;
        });
    })
}

/// The file of somebody else's application, with a thread that wakes.
pub(crate) fn watched() -> Vec<u8> {
    let watch = pollscope::watch::Watch::new("with a thread");
    let (send, receive) = futures::channel::oneshot::channel();
    let reader = watch.watch("reader", async { pollscope::watch("letter", receive).await.is_ok() });
    let writer = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(5));
        send.send(()).expect("it is waited for");
    });
    assert!(futures::executor::block_on(reader));
    writer.join().expect("it ends");
    watch.finish()
}
