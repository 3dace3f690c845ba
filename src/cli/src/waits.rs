//! What each task waited for, and how long: one walk over the events.

use crate::report::{Line, line};
use pollscope::trace::event::Outcome;
use pollscope::trace::ids::{SiteId, TaskId};
use pollscope::trace::{Event, Trace};
use pollscope::view::Place;
use serde::Serialize;

/// A task. Times are in ms.
#[derive(Clone, Debug, Serialize)]
pub struct TaskReport {
    /// Its number, from 1.
    pub task: u32,
    /// Its name.
    pub name: String,
    /// How often it was polled.
    pub polls: u32,
    /// How long its polls took.
    pub polled_ms: f64,
    /// How long it waited to be woken.
    pub waited_ms: f64,
    /// How long it was ready and not polled.
    pub late_ms: f64,
    /// Its waits, in their order.
    pub waits: Vec<Wait>,
    /// How it ended; none if it is there to the end.
    pub dropped: Option<String>,
}

/// From a poll that gave `Pending` to what ended the wait.
#[derive(Clone, Debug, Serialize)]
pub struct Wait {
    /// The await at which the poll stopped.
    pub at: Option<Line>,
    /// When it began.
    pub from_ms: f64,
    /// When it ended; none if it never did.
    pub to_ms: Option<f64>,
    /// What ended it, as the trace says it.
    pub by: Option<String>,
}

/// Of all tasks.
pub(crate) fn of(trace: &Trace) -> Vec<TaskReport> {
    let mut walk = Walk { trace, tasks: Vec::new() };
    for i in 0..trace.len() {
        walk.follow(i);
    }
    let Walk { tasks, .. } = walk;
    let ms = |units| trace.unit.to_ms(units);
    let close = |mut task: Task| {
        task.turn(Is::Over, trace.end_time());
        let [ready, polled, waiting] = task.took;
        TaskReport { late_ms: ms(ready), polled_ms: ms(polled), waited_ms: ms(waiting), ..task.report }
    };
    tasks.into_iter().map(close).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Is {
    Ready,
    Polled,
    Waiting,
    Over,
}

struct Task {
    report: TaskReport,
    is: Is,
    /// Since when, in the trace's unit.
    since: u64,
    /// How long it was ready, polled, and waiting, in the trace's unit.
    took: [u64; 3],
}

impl Task {
    fn turn(&mut self, is: Is, now: u64) {
        if self.is != Is::Over {
            self.took[self.is as usize] += now - self.since;
            (self.is, self.since) = (is, now);
        }
    }
}

struct Walk<'t> {
    trace: &'t Trace,
    tasks: Vec<Task>,
}

impl Walk<'_> {
    fn follow(&mut self, i: usize) {
        let now = self.trace.time(i);
        match self.trace.event(i) {
            Event::Spawned { task } => {
                let report = TaskReport {
                    task: task.0,
                    name: self.trace.task_name(task).to_owned(),
                    polls: 0,
                    polled_ms: 0.0,
                    waited_ms: 0.0,
                    late_ms: 0.0,
                    waits: Vec::new(),
                    dropped: None,
                };
                // Before it is in the queue it waits to be put there.
                self.tasks.push(Task { report, is: Is::Waiting, since: now, took: [0; 3] });
            }
            Event::Enqueued { task } => self.turn(task, Is::Ready, now),
            Event::PollStarted { task, nth } => {
                self.turn(task, Is::Polled, now);
                if let Some(task) = self.task(task) {
                    task.report.polls = nth;
                }
            }
            Event::PollEnded { task, outcome, site } => {
                self.turn(task, Is::Waiting, now);
                if outcome == Outcome::Pending {
                    let (at, from_ms) = (self.line(site), self.trace.unit.to_ms(now));
                    if let Some(task) = self.task(task) {
                        task.report.waits.push(Wait { at, from_ms, to_ms: None, by: None });
                    }
                }
            }
            Event::Woken { task, .. } => self.end_wait(task, i),
            Event::Dropped { task, .. } => {
                self.end_wait(task, i);
                self.turn(task, Is::Over, now);
                let how = self.trace.event_text(i);
                if let Some(task) = self.task(task) {
                    task.report.dropped = how.rsplit_once(": ").map(|(_, why)| why.to_lowercase());
                }
            }
            // What else happens begins and ends no wait.
            _ => {}
        }
    }

    fn task(&mut self, task: TaskId) -> Option<&mut Task> {
        self.tasks.get_mut((task.0 as usize).checked_sub(1)?)
    }

    fn turn(&mut self, task: TaskId, is: Is, now: u64) {
        if let Some(task) = self.task(task) {
            task.turn(is, now);
        }
    }

    fn end_wait(&mut self, task: TaskId, i: usize) {
        let (now, by) = (self.trace.unit.to_ms(self.trace.time(i)), self.trace.event_text(i));
        let Some(task) = self.task(task) else { return };
        if let Some(wait) = task.report.waits.last_mut().filter(|wait| wait.to_ms.is_none()) {
            (wait.to_ms, wait.by) = (Some(now), Some(by));
        }
    }

    fn line(&self, site: SiteId) -> Option<Line> {
        let site = self.trace.site(site)?;
        let place = Place { file: self.trace.name(site.file).to_owned(), line: site.line };
        Some(line(self.trace, &place))
    }
}
