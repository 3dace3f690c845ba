//! What a run printed, as text.

use pollscope::trace::Trace;
use pollscope::trace::event::{DropReason, End, Event, WakeEffect};
use pollscope::trace::ids::TaskId;
use std::fmt::Write;

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
        // `done` is said once all that comes with it has happened: the drops, and the wake of the task that joins.
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
