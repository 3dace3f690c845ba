//! Time: times of 64 bits to the end, and clocks that go by themselves.

use super::support::{recorded, text};
use expect_test::expect;
use pollscope::clock::Clock;
use pollscope::executor::{Executor, Progress, Until};
use pollscope::prelude::{compute, log, now, sleep};
use pollscope::record::{Budget, TraceRecorder};
use pollscope::trace::event::End;
use pollscope::trace::{Event, Kind, TimeUnit};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

/// A clock in microseconds that goes by itself, by so much with each look. It can be waited for, or not.
struct Going {
    now: Cell<u64>,
    look: u64,
    waits: Cell<u32>,
    can_wait: bool,
}

impl Going {
    fn new(look: u64, can_wait: bool) -> Rc<Self> {
        Rc::new(Going { now: Cell::new(0), look, waits: Cell::new(0), can_wait })
    }
}

impl Clock for Going {
    fn unit(&self) -> TimeUnit {
        TimeUnit::BrowserUs
    }

    fn now(&self) -> u64 {
        self.now.set(self.now.get() + self.look);
        self.now.get()
    }

    fn advance(&self, _by: u64) {}

    fn wait(&self, by: u64) {
        assert!(self.can_wait, "this one cannot wait");
        self.waits.set(self.waits.get() + 1);
        self.now.set(self.now.get() + by);
    }
}

fn unlimited() -> Budget {
    Budget { time: u64::MAX, ..Budget::default() }
}

#[test]
fn now_does_not_go_back_after_49_days() {
    let executor = Executor::new(TraceRecorder::new(TimeUnit::VirtualMs, unlimited(), None));
    executor
        .block_on(async {
            for _ in 0..3 {
                sleep(u32::MAX).await;
                log!("{}", now());
            }
        })
        .expect("it comes to its end");
    let trace = executor.recorder().finish();
    let logged = (0..trace.len()).filter_map(|i| match trace.event(i) {
        Event::Logged { text, .. } => Some((trace.time(i), trace.name(text).to_owned())),
        _ => None,
    });
    let expected = [1, 2, 3].map(|n| n * u64::from(u32::MAX)).map(|time| (time, time.to_string()));
    assert_eq!(logged.collect::<Vec<_>>(), expected);
}

#[test]
fn jump_of_the_clock_is_recorded_as_long_as_it_is() {
    let executor = Executor::new(TraceRecorder::new(TimeUnit::VirtualMs, unlimited(), None));
    drop(executor.spawn("sleeps", sleep(5)));
    assert_eq!(executor.drive(Until::Time(1 << 40), u32::MAX), Progress::Reached);
    assert_eq!(executor.now(), 1 << 40);
    let trace = executor.recorder().finish();
    let jumps = (0..trace.len()).filter_map(|i| match trace.event(i) {
        Event::ClockAdvanced { by, .. } => Some(by),
        _ => None,
    });
    assert_eq!(jumps.collect::<Vec<_>>(), [5, (1 << 40) - 5]);
    assert_eq!(trace.to_text().lines().last(), Some("1099511627776  clock +1099511627771"));
}

#[test]
fn time_ends_where_exact_numbers_do() {
    let executor = Executor::new(());
    assert_eq!(executor.drive(Until::Time(u64::MAX), u32::MAX), Progress::Reached);
    assert_eq!(executor.now(), 1 << 53);
    let sleeper = executor.spawn("sleeps", sleep(10));
    assert_eq!(executor.run(), End::Completed);
    assert_eq!((executor.now(), sleeper.is_finished()), (1 << 53, true));
}

#[test]
fn slack_may_be_as_large_as_can_be() {
    let executor = Executor::new(());
    let sleeper = executor.spawn("sleeps", sleep(10));
    executor.step();
    assert_eq!(executor.drive(Until::Time(1), u32::MAX), Progress::Reached);
    executor.fire_timers(u64::MAX);
    executor.step();
    assert!(sleeper.is_finished());
}

#[test]
fn clock_that_goes_by_itself_is_waited_for() {
    let clock = Going::new(1, true);
    let recorder = TraceRecorder::new(TimeUnit::BrowserUs, unlimited(), None);
    let executor = Executor::with_clock(recorder, clock.clone());
    let sleeper = executor.spawn("sleeps", sleep(200));
    assert_eq!(executor.run(), End::Completed);
    assert!(sleeper.is_finished());
    assert_eq!(clock.waits.get(), 1);
    let trace = executor.recorder().finish();
    let waits = (0..trace.len()).filter(|&i| trace.columns.kind(i) == Kind::ClockAdvanced);
    assert_eq!(waits.count(), 1, "{}", trace.to_text());
}

#[test]
fn timer_that_falls_due_while_the_loop_looks_is_not_waited_for() {
    for look in (100..1_200).step_by(50) {
        let clock = Going::new(look, true);
        let executor = Executor::with_clock((), clock.clone());
        let sleeper = executor.spawn("sleeps", sleep(1));
        assert_eq!(executor.run(), End::Completed);
        assert!(sleeper.is_finished() && clock.now.get() >= 1_000);
        // Five looks come before it would wait.
        assert!(clock.waits.get() <= u32::from(look < 250), "{} waits with {look} a look", clock.waits.get());
    }
}

#[test]
fn after_a_panic_of_a_clock_that_cannot_wait_nothing_false_is_recorded() {
    let recorder = TraceRecorder::new(TimeUnit::BrowserUs, unlimited(), None);
    let executor = Executor::with_clock(recorder, Going::new(1, false));
    drop(executor.spawn("sleeps", sleep(200)));
    let refused = catch_unwind(AssertUnwindSafe(|| executor.run()));
    assert!(refused.is_err());
    assert_eq!(executor.run(), End::Panicked);
    expect![[r#"
        task 1 spawned by driver: sleeps
        task 1 enqueued
        task 1 poll 1
        task 1   > Sleep
        task 1 waker cloned: 1
        timer 1 set for task 1 in 200
        task 1   < Sleep Pending
        task 1 Pending
        driver panic: 
        end: Panicked
    "#]]
    .assert_eq(&text(&executor.recorder().finish()));
}

#[test]
fn work_that_is_only_declared_does_not_move_a_clock_that_goes_by_itself() {
    let recorder = TraceRecorder::new(TimeUnit::BrowserUs, unlimited(), None);
    let executor = Executor::with_clock(recorder, Going::new(1, false));
    drop(executor.spawn("computes", async { compute(20) }));
    assert_eq!(executor.run(), End::Completed);
    let text = text(&executor.recorder().finish());
    assert!(!text.contains("computed"), "{text}");
}

#[test]
fn work_that_is_declared_moves_the_virtual_clock() {
    let executor = recorded();
    drop(executor.spawn("computes", async { compute(20) }));
    executor.run();
    assert_eq!(executor.now(), 20);
}
