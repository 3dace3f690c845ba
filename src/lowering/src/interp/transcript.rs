//! Running a program to its end, and what it printed on the way.

use super::engine::{Bounds, Engine};
use super::stop::Stop;
use super::task::Task;
use crate::program::Program;
use pollscope::executor::Executor;
use pollscope::record::{Budget, TraceRecorder};
use pollscope::trace::event::{DropReason, End, Event, WakeEffect};
use pollscope::trace::ids::TaskId;
use pollscope::trace::{TimeUnit, Trace};
use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

/// A program that ran.
pub struct Ran {
    /// What was recorded.
    pub trace: Trace,
    /// Why it stopped before its end, if it did.
    pub stopped: Option<Stop>,
}

/// How many polls there may be.
const POLLS: u32 = 100_000;

/// Runs a program to its end, under a virtual clock.
///
/// # Errors
/// Why it cannot begin.
pub fn run(program: Rc<Program>, bounds: Bounds) -> Result<Ran, Stop> {
    let engine = Engine::new(program, bounds);
    let executor = Executor::new(TraceRecorder::new(TimeUnit::VirtualMs, Budget::default(), None));
    executor.limit(POLLS, u64::MAX);
    engine.record(executor.recorder(), "main.rs");
    let main = engine.main()?;
    // A panic ends the run: its trace is in the recorder, and nothing is dropped after it.
    let _ = catch_unwind(AssertUnwindSafe(|| {
        let output = match main.machine() {
            Some(machine) => executor.block_on_machine(machine, Some(Task::observe), main),
            None => executor.block_on(main),
        };
        executor.inside(|| drop(output));
    }));
    let trace = executor.recorder().finish();
    let stopped = engine.stopped();
    // Tasks that wait for ever are forgotten, as the end of a process forgets them.
    engine.stop(Stop::Panic("the run is over".into()));
    engine.forget_leaves();
    Ok(Ran { trace, stopped })
}

impl Ran {
    /// What it [printed](transcript).
    pub fn transcript(&self, tasks: bool) -> String {
        transcript(&self.trace, tasks)
    }
}

/// What a run printed, with what ended it; with `tasks`, also what happened to its tasks: `#  now queue|wake|poll|done|drop task`.
pub fn transcript(trace: &Trace, tasks: bool) -> String {
    let mut out = String::new();
    let note = |out: &mut String, now: u64, what: &str, task: TaskId| {
        if tasks {
            let _ = writeln!(out, "# {now:>4}  {what} {}", task.0);
        }
    };
    let mut done: Option<TaskId> = None;
    for i in 0..trace.len() {
        let (now, event) = (trace.time(i), trace.event(i));
        // `done` is said once all that comes with it has happened: the drops, and the wake of whoever joins.
        let goes_on = matches!(
            event,
            Event::PollStarted { .. }
                | Event::TimerFired { .. }
                | Event::ClockAdvanced { task: TaskId::NONE, .. }
                | Event::Dropped { .. }
                | Event::Ended { .. }
        );
        if goes_on && let Some(task) = done.take() {
            let before = if i > 0 { trace.time(i - 1) } else { now };
            note(&mut out, before, "done", task);
        }
        match event {
            Event::Spawned { task } => note(&mut out, now, "queue", task),
            Event::PollStarted { task, .. } => note(&mut out, now, "poll", task),
            Event::Woken { task, effect: WakeEffect::Queued | WakeEffect::DuringPoll, .. } => {
                note(&mut out, now, "wake", task)
            }
            Event::Dropped { task, reason: DropReason::Completed } => done = Some(task),
            Event::Dropped { task, .. } => note(&mut out, now, "drop", task),
            Event::Logged { text, .. } => {
                let _ = writeln!(out, "[{now:>4}] {}", trace.name(text));
            }
            Event::Panicked { message, .. } => {
                let _ = writeln!(out, "panic: {}", trace.name(message));
            }
            Event::Ended { end: End::Deadlock(n) } => {
                let _ = writeln!(out, "deadlock: {n} tasks waiting");
            }
            Event::Ended { end: End::Polls(n) } => {
                let _ = writeln!(out, "stopped: {n} polls");
            }
            _ => {}
        }
    }
    out
}
