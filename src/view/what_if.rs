//! What a person could change at a cursor.

use super::fold::{State, TaskState};
use super::frame::ROWS;
use crate::trace::event::{Event, WakeEffect};
use crate::trace::ids::TaskId;
use crate::trace::{TimeUnit, Trace};
use serde::Serialize;

/// The changes that make sense at a cursor.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct WhatIfs {
    /// Each: of the last event, then of each task, then of timers.
    pub all: Vec<WhatIf>,
}

/// A change that makes sense at a cursor.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct WhatIf {
    /// The change, as a link carries it.
    pub change: String,
    /// What it does: the key in the catalogues (`what_if.<kind>`).
    pub kind: &'static str,
    /// The task that it is about; 0 for a timer of nobody's.
    pub task: u32,
    /// What the task is doing.
    pub state: TaskState,
    /// When the timer is due, in ms, if it is one that fires.
    pub deadline: Option<f64>,
}

/// The changes that make sense after the events that were folded: of the last event, then of each task, then of timers.
pub(super) fn what_ifs(trace: &Trace, state: &State) -> WhatIfs {
    if trace.unit != TimeUnit::VirtualMs || state.end.is_some() || state.at == 0 {
        return WhatIfs::default();
    }
    let at = state.at;
    let mut all = Vec::new();
    let mut offer = |at: usize, kind: &'static str, task: TaskId, argument: Option<u32>, deadline: Option<f64>| {
        let state = if task.is_some() { state.task(task).state } else { TaskState::Pending };
        let change = match argument {
            Some(argument) => format!("{at}.{kind}.{argument}"),
            None => format!("{at}.{kind}"),
        };
        all.push(WhatIf { change, kind, task: task.0, state, deadline });
    };
    if let Event::Woken { task, effect: WakeEffect::Queued | WakeEffect::DuringPoll, .. } = trace.event(at - 1) {
        offer(at - 1, "lose", task, None, None);
    }
    if let Some(task) = state.running.filter(|&t| is_future(trace, t)) {
        offer(at, "panic", task, None, None);
        offer(at, "drop", task, Some(task.0), None);
    }
    for (place, &task) in state.ready().iter().enumerate().take(ROWS) {
        if place > 0 || state.running.is_some() {
            offer(at, "next", task, Some(task.0), None);
        }
        offer(at, "drop", task, Some(task.0), None);
    }
    let waiting = (1..=state.tasks().len() as u32).map(TaskId);
    let waiting = waiting.filter(|&t| is_future(trace, t) && state.task(t).state == TaskState::Pending);
    for task in waiting.take(ROWS) {
        offer(at, "wake", task, Some(task.0), None);
        offer(at, "drop", task, Some(task.0), None);
    }
    for &(deadline, timer, task) in state.timers.iter().take(ROWS) {
        offer(at, "fire", task, Some(timer.0), Some(trace.unit.to_ms(deadline)));
    }
    WhatIfs { all }
}

fn is_future(trace: &Trace, task: TaskId) -> bool {
    trace.task(task).is_some_and(|t| t.kind == crate::trace::TaskKind::Future)
}
