//! How far an executor is driven, and what else it calls besides tasks.

use super::support::check;
use expect_test::expect;
use pollscope::executor::{Executor, Progress, Until};
use pollscope::prelude::{log, sleep};
use pollscope::trace::event::End;

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
