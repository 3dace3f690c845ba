//! What each task waited for, and how long: one walk over the events. What a task is doing, the viewer's state of the run says.

use crate::report::{Line, line};
use pollscope::trace::ids::TaskId;
use pollscope::trace::{Event, Trace};
use pollscope::view::{Place, State, TaskState};
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
    let (mut state, mut tasks) = (State::default(), Vec::new());
    for i in 0..trace.len() {
        let event = state.apply(trace);
        if let Event::Spawned { task } = event {
            tasks.push(Walk::of(trace, task, trace.time(i)));
        }
        let task = trace.columns.task(i);
        let walk = (task.0 as usize).checked_sub(1).and_then(|nth| tasks.get_mut(nth));
        if let (Some(walk), Some(now)) = (walk, state.get(task)) {
            walk.follow(trace, i, event, now.state);
        }
    }
    tasks.into_iter().map(|walk| walk.finish(trace)).collect()
}

/// A task under way.
struct Walk {
    report: TaskReport,
    is: TaskState,
    /// Since when, in the trace's unit.
    since: u64,
    /// How long it was in which state, in the trace's unit.
    took: [u64; TaskState::ALL.len()],
    /// The event that woke it since its last poll began.
    woken: Option<usize>,
}

impl Walk {
    fn of(trace: &Trace, task: TaskId, now: u64) -> Walk {
        let report = TaskReport {
            task: task.0,
            name: trace.task_name(task).to_owned(),
            polls: 0,
            polled_ms: 0.0,
            waited_ms: 0.0,
            late_ms: 0.0,
            waits: Vec::new(),
            dropped: None,
        };
        Walk { report, is: TaskState::Spawned, since: now, took: [0; TaskState::ALL.len()], woken: None }
    }

    /// Takes note of event `i` of the task, which is in the state `is` right after it.
    fn follow(&mut self, trace: &Trace, i: usize, event: Event, is: TaskState) {
        match event {
            Event::PollStarted { nth, .. } => (self.report.polls, self.woken) = (nth, None),
            Event::Woken { .. } => self.woken = Some(i),
            Event::Dropped { .. } => {
                self.report.dropped = trace.event_text(i).rsplit_once(": ").map(|(_, why)| why.to_lowercase());
            }
            _ => {}
        }
        if is == self.is {
            return;
        }
        let ms = trace.unit.to_ms(trace.time(i));
        if self.is == TaskState::Pending {
            // What comes to an end without a wake is dropped.
            let by = if is == TaskState::Ready { self.woken.unwrap_or(i) } else { i };
            if let Some(wait) = self.report.waits.last_mut() {
                (wait.to_ms, wait.by) = (Some(ms), Some(trace.event_text(by)));
            }
        }
        self.become_(is, trace.time(i));
        if let (TaskState::Pending, Event::PollEnded { site, .. }) = (is, event) {
            let at = Place::of(trace, site).map(|place| line(trace, &place));
            self.report.waits.push(Wait { at, from_ms: ms, to_ms: None, by: None });
        }
    }

    fn become_(&mut self, is: TaskState, now: u64) {
        self.took[self.is as usize] += now - self.since;
        (self.is, self.since) = (is, now);
    }

    fn finish(mut self, trace: &Trace) -> TaskReport {
        self.become_(self.is, trace.end_time());
        let ms = |states: &[TaskState]| trace.unit.to_ms(states.iter().map(|&state| self.took[state as usize]).sum());
        TaskReport {
            late_ms: ms(&[TaskState::Ready]),
            polled_ms: ms(&[TaskState::Running]),
            // Before it is in the queue it waits to be put there.
            waited_ms: ms(&[TaskState::Spawned, TaskState::Pending]),
            ..self.report
        }
    }
}
