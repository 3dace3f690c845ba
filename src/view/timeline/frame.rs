//! What the timeline is drawn from: a window's picture, and what of it is so at the cursor. Positions are the axis's.

use crate::trace::ids::TaskId;
use crate::trace::{TaskKind, Trace};
use crate::view::description::Holder;
use crate::view::life::TaskState;
use serde::Serialize;

/// An instant at which something happens; in a window too wide for single ones, the time at a place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Column {
    /// When, in ms.
    pub time: f64,
    /// Where it begins.
    pub from: f64,
    /// Where it ends, or what was seen of it.
    pub to: f64,
}

/// A poll (or a call) on a lane.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Block {
    /// Its beginning.
    pub from: f64,
    /// Its end, less the gap behind it; or how much of it was seen.
    pub to: f64,
    /// Whether its end was seen.
    pub over: bool,
}

/// A stretch between polls.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Span {
    /// Its beginning.
    pub from: f64,
    /// Its end, or how much of it was seen.
    pub to: f64,
    /// Waiting, ready, or spawned.
    pub state: TaskState,
    /// The machine's state, if there is one.
    pub label: String,
}

/// How a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Ended {
    /// Where.
    pub at: f64,
    /// Done, cancelled or panicked.
    pub state: TaskState,
}

/// One task's lane.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Lane {
    /// The task.
    pub task: u32,
    /// Its name.
    pub name: String,
    /// Future or callbacks.
    pub what: TaskKind,
    /// Its polls, where they are drawn one by one.
    pub blocks: Vec<Block>,
    /// What is between them.
    pub spans: Vec<Span>,
    /// Its end, if it was seen.
    pub end: Option<Ended>,
}

impl Lane {
    /// A lane with nothing on it.
    pub(super) fn of(trace: &Trace, id: TaskId) -> Self {
        let what = trace.task(id).map_or(TaskKind::Future, |info| info.kind);
        let name = trace.task_name(id).to_owned();
        Lane { task: id.0, name, what, blocks: Vec::new(), spans: Vec::new(), end: None }
    }
}

/// A wake: an arrow to a lane.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Wake {
    /// The task woken.
    pub task: u32,
    /// When.
    pub at: f64,
    /// Who woke it.
    pub by: Holder,
    /// Whether it came to nothing, because the task stood in the queue already or was done.
    pub idle: bool,
}

/// What a window of the timeline shows of what was seen.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct TimelineFrame {
    /// The position of the run's end.
    pub extent: f64,
    /// The position of the furthest event seen.
    pub seen: f64,
    /// Whether polls are drawn one by one; if not, what lanes show is to be asked for by the pixel.
    pub exact: bool,
    /// Instants, or times for the axis.
    pub columns: Vec<Column>,
    /// Lanes in spawn order, those of tasks still to be spawned included.
    pub lanes: Vec<Lane>,
    /// Whether there is a lane for each task of the run.
    pub fits: bool,
    /// Lanes left out above.
    pub above: u32,
    /// Lanes left out below, of tasks seen.
    pub below: u32,
    /// Wakes.
    pub wakes: Vec<Wake>,
}

/// A timer that is set at the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Due {
    /// The task it will wake.
    pub task: u32,
    /// When, in ms.
    pub deadline: f64,
    /// Where.
    pub at: f64,
}

/// What a lane's task does at the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct LaneNow {
    /// The task.
    pub task: u32,
    /// What it does; none before it is spawned.
    pub state: Option<TaskState>,
    /// Where the poll began that is under way, if one is.
    pub since: Option<f64>,
}

/// What is so at the cursor, of some lanes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct NowFrame {
    /// The cursor's position.
    pub at: f64,
    /// The lanes.
    pub lanes: Vec<LaneNow>,
    /// Timers that are set for their tasks, at most one a lane.
    pub due: Vec<Due>,
}
