//! The executor as it is drawn: the task that is polled, the ready queue, the tasks that wait and who holds their wakers.

use super::ROWS;
use crate::trace::ids::TaskId;
use crate::trace::{TaskKind, Trace};
use crate::view::description::{Holder, Place};
use crate::view::life::TaskState;
use crate::view::state::{Node, State, Task};
use serde::Serialize;

/// The task being polled.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct RunningTask {
    /// Its id.
    pub task: u32,
    /// Its name.
    pub name: String,
    /// Polled, or called.
    pub what: TaskKind,
    /// Which of its polls, from 1.
    pub nth: u32,
    /// The line it is at.
    pub at: Option<Place>,
    /// The futures inside of it, each before those inside of it; at most [`ROWS`].
    pub inside: Vec<InsideFrame>,
}

/// A future inside of a task.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct InsideFrame {
    /// Its type's name.
    pub name: String,
    /// The line it is polled from.
    pub line: Option<u32>,
    /// How many futures stand around it.
    pub depth: u32,
    /// Whether it was polled in the task's last poll.
    pub polled: bool,
    /// Whether it is being polled now.
    pub open: bool,
}

/// A task in the ready queue.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ReadyTask {
    /// Its id.
    pub task: u32,
    /// Its name.
    pub name: String,
    /// Who woke it; none if it was just spawned.
    pub by: Option<Holder>,
}

/// A task that waits.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct SleepingTask {
    /// Its id.
    pub task: u32,
    /// Its name.
    pub name: String,
    /// Polled, or called.
    pub what: TaskKind,
    /// Who holds its waker (or its next callback).
    pub holders: Vec<Holder>,
    /// Who has woken it, if somebody has and it is about to be enqueued.
    pub woken: Option<Holder>,
    /// The line it waits at.
    pub at: Option<Place>,
    /// The futures inside of it, each before those inside of it; at most [`ROWS`].
    pub inside: Vec<InsideFrame>,
}

/// A timer that is set.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct TimerRow {
    /// Its id.
    pub timer: u32,
    /// The task it wakes; 0 for none.
    pub task: u32,
    /// When, in ms.
    pub deadline: f64,
}

/// A mutex that is taken.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct LockRow {
    /// Which.
    pub on: Holder,
    /// Who has it.
    pub task: u32,
}

pub(super) fn running(trace: &Trace, state: &State) -> Option<RunningTask> {
    let id = state.running?;
    let task = state.task(id);
    Some(RunningTask {
        task: id.0,
        name: trace.task_name(id).to_owned(),
        what: kind(trace, id),
        nth: task.polls,
        at: Place::of(trace, task.site),
        inside: inside(trace, task),
    })
}

pub(super) fn ready(trace: &Trace, state: &State) -> Vec<ReadyTask> {
    let row = |&id: &TaskId| ReadyTask {
        task: id.0,
        name: trace.task_name(id).to_owned(),
        by: state.task(id).woken_by.map(|by| Holder::of(trace, id, by)),
    };
    state.ready().iter().take(ROWS).map(row).collect()
}

/// The first [`ROWS`] tasks that wait, and how many more there are.
pub(super) fn sleeping(trace: &Trace, state: &State) -> (Vec<SleepingTask>, u32) {
    let mut all = state.tasks().iter().enumerate().filter(|(_, task)| task.state == TaskState::Pending);
    let row = |(i, task): (usize, &Task)| {
        let id = TaskId(i as u32 + 1);
        SleepingTask {
            task: id.0,
            name: trace.task_name(id).to_owned(),
            what: kind(trace, id),
            holders: Holder::all(trace, id, task),
            woken: task.woken_by.map(|by| Holder::of(trace, id, by)),
            at: Place::of(trace, task.site),
            inside: inside(trace, task),
        }
    };
    let rows = all.by_ref().take(ROWS).map(row).collect();
    (rows, all.count() as u32)
}

pub(super) fn timers(trace: &Trace, state: &State) -> Vec<TimerRow> {
    let first = state.timers.iter().take(ROWS);
    first
        .map(|&(due, timer, task)| TimerRow { timer: timer.0, task: task.0, deadline: trace.unit.to_ms(due) })
        .collect()
}

pub(super) fn locks(trace: &Trace, state: &State) -> Vec<LockRow> {
    let first = state.locked.iter().take(ROWS);
    first.map(|lock| LockRow { on: Holder::thing(trace, lock.mutex), task: lock.holder.0 }).collect()
}

fn kind(trace: &Trace, id: TaskId) -> TaskKind {
    trace.task(id).map_or(TaskKind::Future, |info| info.kind)
}

fn inside(trace: &Trace, task: &Task) -> Vec<InsideFrame> {
    let frame = |node: &Node| InsideFrame {
        name: trace.name(node.name).to_owned(),
        line: trace.site(node.site).map(|s| s.line),
        depth: node.depth.into(),
        polled: node.polled,
        open: node.open,
    };
    task.tree.nodes().iter().take(ROWS).map(frame).collect()
}
