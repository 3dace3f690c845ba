//! A run for other tools: what each task did as slices and instants in time, with the wake that led to each poll.

mod firefox;
mod perfetto;

pub use firefox::firefox;
pub use perfetto::perfetto;

use pollscope::trace::event::{Outcome, WakeEffect, WakeSource};
use pollscope::trace::ids::{SiteId, TaskId};
use pollscope::trace::{Event, Trace};
use pollscope::view::Place;

/// Something on the track of a task; task 0 is what is outside of all.
struct Step {
    ns: u64,
    on: TaskId,
    what: What,
}

enum What {
    /// A slice begins: a poll, a call, an await within a poll. A poll was led to by the wake of a number.
    Begin { name: String, at: Option<Place>, wake: Option<u64> },
    /// The innermost slice ends.
    End { outcome: Option<Outcome> },
    /// Something without a length. A wake has a number.
    Instant { name: String, at: Option<Place>, wake: Option<u64> },
}

/// What a task's track is called.
fn track(trace: &Trace, task: TaskId) -> String {
    match trace.task(task) {
        Some(_) => format!("{} ({})", trace.task_name(task), task.0),
        None => "outside of every task".to_owned(),
    }
}

fn title(trace: &Trace) -> String {
    if trace.head.title.is_empty() { "a run".to_owned() } else { trace.head.title.clone() }
}

/// The time of an event in nanoseconds.
fn ns(trace: &Trace, i: usize) -> u64 {
    trace.time(i).saturating_mul(1_000_000 / trace.unit.per_ms())
}

/// All that happened, in order.
fn steps(trace: &Trace) -> Vec<Step> {
    let tasks = trace.tasks.len() + 1;
    // By task: the number of the wake that its next poll is due to, and how many slices are open.
    let (mut due, mut open) = (vec![None; tasks], vec![0_u32; tasks]);
    let (mut wakes, mut steps) = (0, Vec::new());
    for i in 0..trace.len() {
        let mut step = |on: TaskId, what| steps.push(Step { ns: ns(trace, i), on, what });
        let at = |site: SiteId| Place::of(trace, site);
        match trace.event(i) {
            Event::PollStarted { task, nth } => {
                open[task.index()] = 1;
                step(task, What::Begin { name: format!("poll {nth}"), at: None, wake: due[task.index()].take() });
            }
            Event::CallStarted { task, nth } => {
                open[task.index()] = 1;
                step(task, What::Begin { name: format!("call {nth}"), at: None, wake: None });
            }
            event @ (Event::PollEnded { task, .. } | Event::CallEnded { task }) => {
                let outcome = if let Event::PollEnded { outcome, .. } = event { Some(outcome) } else { None };
                for _ in 0..std::mem::take(&mut open[task.index()]) {
                    step(task, What::End { outcome });
                }
            }
            Event::Entered { task, future, site, .. } if open[task.index()] > 0 => {
                open[task.index()] += 1;
                step(task, What::Begin { name: trace.future_name(future).to_owned(), at: at(site), wake: None });
            }
            Event::Exited { task, outcome, .. } if open[task.index()] > 1 => {
                open[task.index()] -= 1;
                step(task, What::End { outcome: Some(outcome) });
            }
            Event::Woken { task, by, effect } => {
                wakes += 1;
                // What is woken already, or over, is polled for another wake, or not at all.
                let leads = matches!(effect, WakeEffect::Queued | WakeEffect::DuringPoll);
                if leads {
                    due[task.index()] = Some(wakes);
                }
                let on = if let WakeSource::Task(by) = by { by } else { TaskId::NONE };
                step(on, What::Instant { name: trace.event_text(i), at: None, wake: leads.then_some(wakes) });
            }
            Event::Logged { task, site, .. } => {
                step(task, What::Instant { name: trace.event_text(i), at: at(site), wake: None });
            }
            Event::Spawned { task }
            | Event::Dropped { task, .. }
            | Event::Panicked { task, .. }
            | Event::WakerCloned { task, .. }
            | Event::WakerDropped { task, .. } => {
                step(task, What::Instant { name: trace.event_text(i), at: None, wake: None });
            }
            _ => {}
        }
    }
    steps
}

fn said(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pending => "Pending",
        Outcome::Ready => "Ready",
        Outcome::Panicked => "panicked",
    }
}
