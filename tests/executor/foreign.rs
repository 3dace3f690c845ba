//! The prelude's futures in an executor of another make: they report to its sink, and get time and timers from its driver.

use super::support::text;
use expect_test::expect;
use pollscope::executor::{new_number, report_to};
use pollscope::prelude::{Mutex, compute, join, log, now, sleep, spawn, watched};
use pollscope::record::{Budget, Driver, ObservedField, Recorder, Sink, Spawning, TimerKey, TimerState, TraceRecorder};
use pollscope::trace::event::{DropReason, End, Event, NO_MACHINE, Outcome, WakeSource};
use pollscope::trace::ids::{FutureId, FutureKindId, NameId, SiteId, SourceId, TaskId, TimerId};
use pollscope::trace::{FutureRole, SourceKind, TaskKind, TimeUnit, Trace};
use std::cell::{Cell, RefCell};
use std::num::NonZeroU32;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Waker};

/// Polls everything that it has, whenever time passes; a name is made when it is used, and not `'static`.
struct Rounds {
    recorder: TraceRecorder,
    number: u64,
    now: Cell<u64>,
    task: Cell<TaskId>,
    /// Deadlines, none for those that fired, by their numbers less one.
    timers: RefCell<Vec<Option<u64>>>,
}

impl Sink for Rounds {
    fn is_recording(&self) -> bool {
        true
    }
    fn number(&self) -> u64 {
        self.number
    }
    fn task(&self) -> TaskId {
        self.task.get()
    }
    fn record(&self, event: Event) {
        self.recorder.record(self.now.get(), event);
    }
    fn name(&self, text: &str) -> NameId {
        self.recorder.name(text)
    }
    fn site(&self, file: &str, line: u32, column: u32) -> SiteId {
        self.recorder.site(&String::from(file), line, column)
    }
    fn future_kind(&self, name: &str, role: FutureRole) -> FutureKindId {
        self.recorder.future_kind(&format!("Their{name}"), role)
    }
    fn future(&self, kind: FutureKindId, address: usize, first: Option<FutureId>) -> FutureId {
        self.recorder.future(self.task.get(), kind, address, first)
    }
    fn future_done(&self, id: FutureId) {
        self.recorder.future_done(self.task.get(), id);
    }
    fn observed(&self, field: ObservedField) {
        self.recorder.observed(field);
    }
    fn source(&self, kind: SourceKind) -> SourceId {
        self.recorder.source(kind)
    }
    fn held(&self, _source: SourceId) {}
    fn set_source(&self, _source: WakeSource) -> WakeSource {
        WakeSource::Outside
    }
    fn panicked(&self, _message: &str) -> bool {
        false
    }
}

impl Driver for Rounds {
    fn now_ms(&self) -> u64 {
        self.now.get()
    }
    fn compute(&self, ms: u32, site: SiteId) {
        self.now.set(self.now.get() + u64::from(ms));
        self.record(Event::ClockAdvanced { task: self.task.get(), by: ms.into(), site });
    }
    fn checkpoint(&self) -> Result<(), &'static str> {
        Ok(())
    }
    fn set_timer(&self, ms: u32, _waker: Waker) -> TimerKey {
        let deadline = self.now.get() + u64::from(ms);
        self.timers.borrow_mut().push(Some(deadline));
        let number = self.timers.borrow().len() as u32;
        self.recorder.timer_set(self.now.get(), TimerId(number), self.task.get(), deadline);
        TimerKey(NonZeroU32::new(number).expect("there is one"))
    }
    fn keep_timer(&self, timer: TimerKey, _waker: &Waker) -> TimerState {
        match self.timers.borrow()[timer.0.get() as usize - 1] {
            Some(_) => TimerState::Set,
            None => TimerState::Fired,
        }
    }
    fn end_timer(&self, _timer: TimerKey) {}
    fn signal_after(&self, _ms: u32, _signal: Box<dyn FnOnce()>) {}
    fn call_after(&self, _ms: u32, _callback: Box<dyn FnOnce()>) {}
}

impl Rounds {
    fn run(self: &Rc<Self>, mut futures: Vec<Pin<Box<dyn Future<Output = ()>>>>) {
        for (task, name) in (1..).map(TaskId).zip(["first", "second"]) {
            let (kind, parent, machine) = (TaskKind::Future, TaskId::NONE, NO_MACHINE);
            let spawning = Spawning { name, kind, size: 0, address: 0, parent, machine, observation: None };
            self.recorder.spawned(0, task, spawning);
            self.record(Event::Enqueued { task });
        }
        let mut done = vec![false; futures.len()];
        for nth in 1.. {
            for (i, future) in futures.iter_mut().enumerate().filter(|(i, _)| !done[*i]).collect::<Vec<_>>() {
                let task = TaskId(i as u32 + 1);
                self.task.set(task);
                self.record(Event::PollStarted { task, nth });
                let poll = || future.as_mut().poll(&mut Context::from_waker(Waker::noop()));
                let is_ready = report_to(self.clone(), Some(self.clone()), poll).is_ready();
                let outcome = if is_ready { Outcome::Ready } else { Outcome::Pending };
                self.record(Event::PollEnded { task, outcome, site: SiteId::NONE });
                match is_ready {
                    true => self.record(Event::Dropped { task, reason: DropReason::Completed }),
                    false => self.record(Event::Enqueued { task }),
                }
                done[i] = is_ready;
            }
            self.task.set(TaskId::NONE);
            let Some(next) = self.timers.borrow().iter().flatten().min().copied() else { break };
            let by = next - self.now.replace(next);
            self.record(Event::ClockAdvanced { task: TaskId::NONE, by, site: SiteId::NONE });
            for (i, timer) in self.timers.borrow_mut().iter_mut().enumerate().filter(|(_, t)| **t == Some(next)) {
                *timer = None;
                self.record(Event::TimerFired { timer: TimerId(i as u32 + 1), task: TaskId::NONE });
            }
        }
        self.record(Event::Ended { end: End::Completed });
    }
}

fn rounds() -> Rc<Rounds> {
    Rc::new(Rounds {
        recorder: TraceRecorder::new(TimeUnit::VirtualMs, Budget::default(), None),
        number: new_number(),
        now: Cell::new(0),
        task: Cell::new(TaskId::NONE),
        timers: RefCell::default(),
    })
}

#[test]
fn what_only_this_executor_can_do_is_refused_in_another() {
    let rounds = rounds();
    rounds.run(vec![
        Box::pin(async {
            compute(4);
            log!("at {}", now());
            // Of a line of a library's it is not known what polls it.
            watched("Boxed", Box::pin(sleep(2))).await;
        }),
        Box::pin(async {
            let refused = std::panic::catch_unwind(|| drop(spawn(async {})));
            log!("refused: {}", refused.is_err());
        }),
    ]);
    let trace = rounds.recorder.finish();
    assert_eq!(Trace::read(&trace.write()).as_ref(), Ok(&trace), "it keeps the ordering contract");
    expect![[r#"
        0  task 1 spawned by driver: first
        0  task 1 enqueued
        0  task 2 spawned by driver: second
        0  task 2 enqueued
        0  task 1 poll 1
        4  task 1 computed 4
        4  task 1 log: at 4
        4  task 1   > TheirBoxed
        4  task 1   > TheirSleep
        4  timer 1 set for task 1 in 2
        4  task 1   < TheirSleep Pending
        4  task 1   < TheirBoxed Pending
        4  task 1 Pending
        4  task 1 enqueued
        4  task 2 poll 1
        4  task 2 asked
        4  task 2 log: refused: true
        4  task 2 Ready
        4  task 2 dropped: Completed
        6  clock +2
        6  timer 1 fired
        6  task 1 poll 2
        6  task 1   > TheirBoxed
        6  task 1   > TheirSleep
        6  task 1   < TheirSleep Ready
        6  task 1   < TheirBoxed Ready
        6  task 1 Ready
        6  task 1 dropped: Completed
        6  end
    "#]]
    .assert_eq(&text(&trace));
}

#[test]
fn leaves_report_to_any_sink_and_take_time_from_any_driver() {
    let rounds = rounds();
    let mutex = Rc::new(Mutex::new(0));
    let other = mutex.clone();
    rounds.run(vec![
        Box::pin(async move {
            let _guard = mutex.lock().await;
            join(sleep(3), sleep(5)).await;
            log!("at {}", now());
        }),
        Box::pin(async move { *other.lock().await += 1 }),
    ]);
    let trace = rounds.recorder.finish();
    assert_eq!(Trace::read(&trace.write()).as_ref(), Ok(&trace), "it keeps the ordering contract");
    expect![[r#"
        0  task 1 spawned by driver: first
        0  task 1 enqueued
        0  task 2 spawned by driver: second
        0  task 2 enqueued
        0  task 1 poll 1
        0  task 1   > TheirLock
        0  task 1 locked mutex 1
        0  task 1   < TheirLock Ready
        0  task 1   > TheirJoin
        0  task 1   > TheirSleep
        0  timer 1 set for task 1 in 3
        0  task 1   < TheirSleep Pending
        0  task 1   > TheirSleep
        0  timer 2 set for task 1 in 5
        0  task 1   < TheirSleep Pending
        0  task 1   < TheirJoin Pending
        0  task 1 Pending
        0  task 1 enqueued
        0  task 2 poll 1
        0  task 2   > TheirLock
        0  task 2 found mutex 1 empty
        0  task 2 left mutex 1 a waker of no task
        0  task 2   < TheirLock Pending
        0  task 2 Pending
        0  task 2 enqueued
        3  clock +3
        3  timer 1 fired
        3  task 1 poll 2
        3  task 1   > TheirJoin
        3  task 1   > TheirSleep
        3  task 1   < TheirSleep Ready
        3  task 1   > TheirSleep
        3  task 1   < TheirSleep Pending
        3  task 1   < TheirJoin Pending
        3  task 1 Pending
        3  task 1 enqueued
        3  task 2 poll 2
        3  task 2   > TheirLock
        3  task 2 found mutex 1 empty
        3  task 2 left mutex 1 a waker of no task
        3  task 2   < TheirLock Pending
        3  task 2 Pending
        3  task 2 enqueued
        5  clock +2
        5  timer 2 fired
        5  task 1 poll 3
        5  task 1   > TheirJoin
        5  task 1   > TheirSleep
        5  task 1   < TheirSleep Ready
        5  task 1   < TheirJoin Ready
        5  task 1 log: at 5
        5  task 1 unlocked mutex 1
        5  task 1 Ready
        5  task 1 dropped: Completed
        5  task 2 poll 3
        5  task 2   > TheirLock
        5  task 2 waker let go by mutex 1
        5  task 2 locked mutex 1
        5  task 2   < TheirLock Ready
        5  task 2 unlocked mutex 1
        5  task 2 Ready
        5  task 2 dropped: Completed
        5  end
    "#]]
    .assert_eq(&text(&trace));
}
