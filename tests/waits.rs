//! Where tasks wait, as the page shows it: the lines of the code, the futures inside, and who has what they wait for.

#![cfg(not(target_arch = "wasm32"))]

use pollscope::executor::Executor;
use pollscope::prelude::*;
use pollscope::record::{Budget, TraceRecorder};
use pollscope::trace::ids::TaskId;
use pollscope::trace::{Kind, TimeUnit};
use pollscope::view::frame::Frame;
use pollscope::view::{Holder, Viewer};

/// The frame before the clock first moves: all that could be polled was.
fn frame(main: impl Future<Output = ()> + 'static) -> Frame {
    let executor = Executor::new(TraceRecorder::new(TimeUnit::VirtualMs, Budget::default(), None));
    drop(executor.spawn("main", main));
    executor.run();
    let trace = executor.recorder().finish();
    let still = (0..trace.len()).find(|&i| trace.columns.kind(i) == Kind::ClockAdvanced).unwrap_or(trace.len());
    Viewer::of(trace).frame(still, TaskId::NONE)
}

/// Who is marked at which line, counted from the first of them.
fn lines(frame: &Frame, from: u32) -> Vec<(u32, u32)> {
    frame.lines.iter().map(|mark| (mark.task, mark.line - from)).collect()
}

#[test]
fn several_tasks_on_one_line_are_each_marked_there() {
    let from = line!();
    let frame = frame(async {
        for _ in 0..3 {
            drop(spawn(async {
                sleep(5).await;
            }));
        }
        sleep(9).await;
    });
    assert_eq!(lines(&frame, from), [(1, 7), (2, 4), (3, 4), (4, 4)]);
}

#[test]
fn task_is_marked_at_each_line_that_a_future_deep_inside_of_it_waits_at() {
    let from = line!();
    let frame = frame(async {
        let near = async {
            sleep(5).await;
        };
        let far = async {
            race(
                async {
                    sleep(7).await;
                },
                sleep(8),
            )
            .await;
        };
        join!(near, far).await;
    });
    // Of the race: the sleep in its own block, and the one that the race itself polls.
    assert_eq!(lines(&frame, from), [(1, 3), (1, 8), (1, 12)]);
    let inside: Vec<(&str, u32, bool)> =
        frame.sleeping[0].inside.iter().map(|f| (&*f.name, f.depth, f.polled)).collect();
    assert_eq!(
        inside,
        [("Join", 0, true), ("Sleep", 1, true), ("Race", 1, true), ("Sleep", 2, true), ("Sleep", 2, true)]
    );
}

#[test]
fn mutex_that_is_taken_says_who_has_it() {
    let frame = frame(async {
        let mutex = Rc::new(Mutex::new(()));
        let other = mutex.clone();
        drop(spawn(async move {
            let _guard = other.lock().await;
            sleep(5).await;
        }));
        yield_now().await;
        let _guard = mutex.lock().await;
    });
    let locks: Vec<(Holder, u32)> = frame.locks.iter().map(|lock| (lock.on.clone(), lock.task)).collect();
    assert_eq!(locks, [(Holder::Mutex { nth: 1 }, 2)]);
    assert_eq!(frame.sleeping[0].holders, [Holder::Mutex { nth: 1 }]);
}
