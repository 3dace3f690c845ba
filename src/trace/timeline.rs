//! The timeline around a cursor: who was polled when, who waited, who was woken by what.
//!
//! A run is cut into pages of a bounded number of events, so that a step reads and draws the same amount in
//! a run of a hundred events and of a million. Within a page, time stands still in a *column* wherever
//! something happens; a column has a *slot* for each poll in it, in order. A position is a column and a
//! (fractional) slot. Positions never change while the cursor moves within a page; nothing is told of what
//! lies beyond the cursor but the page's columns.

use super::event::{Event, Outcome, WakeEffect};
use super::fold::{State, TaskState};
use super::ids::TaskId;
use super::told::Holder;
use super::{Kind, Replay, TaskKind, Trace};
use serde::Serialize;

/// A page ends at the first event beyond this many that is not within a poll.
pub const PAGE_EVENTS: usize = 240;
/// The most columns of a page.
pub const PAGE_COLUMNS: usize = 24;
/// The most lanes of a page.
pub const LANES: usize = 8;

/// A position: a column of the page, and how many slots into it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
pub struct At {
    /// The column, from 0.
    pub column: u32,
    /// Slots into it; a whole number between polls.
    pub slot: f32,
}

/// An instant at which something happens.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
pub struct Column {
    /// When, in ms.
    pub time: f64,
    /// Polls that begin in it, or go on in it.
    pub slots: u32,
}

/// A poll (or a call) on a lane.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
pub struct Block {
    /// Its beginning.
    pub from: At,
    /// Its end, or the cursor.
    pub to: At,
    /// Whether it runs at the cursor.
    pub live: bool,
    /// Whether it panicked.
    pub panicked: bool,
    /// Whether the future was ready.
    pub ready: bool,
}

/// A stretch between polls.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
pub struct Span {
    /// Its beginning.
    pub from: At,
    /// Its end, or the cursor.
    pub to: At,
    /// Waiting, ready, or spawned.
    pub state: TaskState,
    /// The machine's state, if there is one.
    pub label: String,
}

/// One task's lane.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
pub struct Lane {
    /// The task.
    pub task: u32,
    /// Its name.
    pub name: String,
    /// Future or callbacks.
    pub what: TaskKind,
    /// What it does at the cursor; none before it is spawned.
    pub state: Option<TaskState>,
    /// Its polls.
    pub blocks: Vec<Block>,
    /// Its waits.
    pub spans: Vec<Span>,
    /// Where it was cancelled.
    pub cancelled: Option<At>,
}

/// A wake: an arrow to a lane.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
pub struct Wake {
    /// The task woken.
    pub task: u32,
    /// When.
    pub at: At,
    /// Who woke it.
    pub by: Holder,
    /// Whether it came to nothing, because the task stood in the queue already or was done.
    pub idle: bool,
}

/// A timer that is set at the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
pub struct Due {
    /// The task it will wake.
    pub task: u32,
    /// When, in ms.
    pub deadline: f64,
    /// The page's column of that time, if the page reaches it.
    pub column: Option<u32>,
}

/// The timeline at a cursor.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
pub struct TimelineFrame {
    /// Which page, from 0.
    pub page: u32,
    /// Of how many.
    pub pages: u32,
    /// Its columns, by time.
    pub columns: Vec<Column>,
    /// The cursor.
    pub now: At,
    /// Lanes in spawn order, those of tasks still to be spawned on this page included.
    pub lanes: Vec<Lane>,
    /// Tasks with something on this page that have no lane.
    pub lanes_more: u32,
    /// Wakes so far.
    pub wakes: Vec<Wake>,
    /// Timers that are set.
    pub due: Vec<Due>,
}

/// Where pages begin, and the state at the beginning of the page that was drawn last.
#[derive(Debug)]
pub(super) struct Timeline {
    pages: Vec<usize>,
    start: Option<(usize, State)>,
}

impl Timeline {
    pub(super) fn new(trace: &Trace) -> Self {
        let is_later = |i: usize| trace.time(i) != trace.time(i - 1);
        let (mut pages, mut columns, mut instant, mut open) = (vec![0], 0, 0, false);
        for i in 1..trace.len() {
            match trace.columns.kind(i - 1) {
                Kind::PollStarted | Kind::CallStarted => open = true,
                Kind::PollEnded | Kind::CallEnded => open = false,
                _ => {}
            }
            if is_later(i) {
                columns += 1;
            }
            // No page begins within a poll; if it can, one begins with an instant.
            if open {
                continue;
            }
            if is_later(i) {
                instant = i;
            }
            let page = *pages.last().expect("there is a first page");
            if i - page >= PAGE_EVENTS || columns >= PAGE_COLUMNS {
                pages.push(if instant > page { instant } else { i });
                columns = 0;
            }
        }
        Timeline { pages, start: None }
    }
}

/// The state of one lane while the page is drawn.
struct Pen {
    lane: Lane,
    since: At,
    label: String,
    /// Whether the callback that runs has left another one with a timer.
    goes_on: bool,
}

impl Pen {
    fn close(&mut self, to: At) {
        if let Some(state @ (TaskState::Pending | TaskState::Ready | TaskState::Spawned)) = self.lane.state
            && self.since != to
        {
            let label = if state == TaskState::Pending { self.label.clone() } else { String::new() };
            self.lane.spans.push(Span { from: self.since, to, state, label });
        }
    }

    fn become_state(&mut self, state: TaskState, at: At) {
        self.close(at);
        self.lane.state = Some(state);
        self.since = at;
    }
}

impl Replay {
    /// The page of the timeline that holds the cursor, drawn up to it.
    pub fn timeline(&mut self, cursor: usize) -> TimelineFrame {
        let cursor = cursor.min(self.trace().len());
        let page = self.timeline.pages.partition_point(|&p| p < cursor.max(1)) - 1;
        let from = self.timeline.pages[page];
        if self.timeline.start.as_ref().is_none_or(|(p, _)| *p != page) {
            let start = self.seek(from).clone();
            self.timeline.start = Some((page, start));
        }
        let to = self.timeline.pages.get(page + 1).copied().unwrap_or(self.trace().len());
        self.seek(cursor);
        let start = &self.timeline.start.as_ref().expect("it was just set").1;
        let mut frame = draw(self.trace(), start, self.state(), from, to);
        frame.page = page as u32;
        frame.pages = self.timeline.pages.len() as u32;
        frame
    }
}

fn columns(trace: &Trace, from: usize, to: usize) -> Vec<Column> {
    let (mut columns, mut open): (Vec<Column>, bool) = (Vec::new(), false);
    for i in from..to {
        let time = trace.unit.to_ms(trace.time(i));
        if columns.last().is_none_or(|c| c.time != time) {
            // A poll that computes goes on in the next column, and takes a slot there, too.
            columns.push(Column { time, slots: u32::from(open) });
        }
        match trace.columns.kind(i) {
            Kind::PollStarted | Kind::CallStarted => {
                columns.last_mut().expect("one was pushed").slots += 1;
                open = true;
            }
            Kind::PollEnded | Kind::CallEnded => open = false,
            _ => {}
        }
    }
    columns
}

/// Lanes for the tasks that live on the page: at most [`LANES`], and how many there are besides.
fn lanes(trace: &Trace, start: &State, from: usize, to: usize) -> (Vec<Pen>, u32) {
    let mut ids: Vec<TaskId> = Vec::new();
    let add = |ids: &mut Vec<TaskId>, id| {
        if let Err(at) = ids.binary_search(&id) {
            ids.insert(at, id);
        }
    };
    (from..to).map(|i| trace.columns.task(i)).filter(|t| t.is_some()).for_each(|id| add(&mut ids, id));
    let (mut more, waits) = (0, |t: TaskState| matches!(t, TaskState::Pending | TaskState::Ready));
    for (i, _) in start.tasks().iter().enumerate().filter(|(_, t)| waits(t.state)) {
        let id = TaskId(i as u32 + 1);
        if ids.binary_search(&id).is_err() {
            if ids.len() < LANES {
                add(&mut ids, id);
            } else {
                more += 1;
            }
        }
    }
    more += ids.len().saturating_sub(LANES) as u32;
    ids.truncate(LANES);
    let pen = |id: TaskId| {
        let info = &trace.tasks[id.0 as usize - 1];
        let task = start.tasks().get(id.0 as usize - 1);
        let lane = Lane {
            task: id.0,
            name: trace.name(info.name).to_owned(),
            what: info.kind,
            state: task.map(|t| t.state),
            blocks: Vec::new(),
            spans: Vec::new(),
            cancelled: None,
        };
        let label = task.map_or(String::new(), |t| trace.state_name(id, t.machine_state).to_owned());
        Pen { lane, since: At::default(), label, goes_on: false }
    };
    (ids.into_iter().map(pen).collect(), more)
}

fn draw(trace: &Trace, start: &State, state: &State, from: usize, to: usize) -> TimelineFrame {
    let cursor = state.at;
    let columns = columns(trace, from, to);
    let (mut pens, lanes_more) = lanes(trace, start, from, to);
    let mut wakes = Vec::new();
    let mut now = At::default();
    let mut open: Option<TaskId> = None;
    for i in from..cursor {
        while columns[now.column as usize].time != trace.unit.to_ms(trace.time(i)) {
            now = At { column: now.column + 1, slot: 0.0 };
        }
        let event = trace.event(i);
        match event {
            Event::PollStarted { .. } | Event::CallStarted { .. } => open = Some(trace.columns.task(i)),
            Event::PollEnded { .. } | Event::CallEnded { .. } if open.take().is_some() => {
                now.slot = now.slot.floor() + 1.0
            }
            // A poll that computes runs on into columns of its own; within one, events advance it a little.
            _ if open.is_some() => now.slot = now.slot.floor() + 0.6,
            _ => {}
        }
        if let Event::Woken { task, by, effect } = event
            && pen_of(&mut pens, task).is_some()
        {
            let idle = matches!(effect, WakeEffect::Coalesced | WakeEffect::AfterDone);
            wakes.push(Wake { task: task.0, at: now, by: Holder::of(trace, task, by), idle });
        }
        if let Some(pen) = pen_of(&mut pens, trace.columns.task(i)) {
            mark(trace, pen, event, now);
        }
    }
    let last_column = columns.len().saturating_sub(1) as u32;
    for pen in &mut pens {
        match pen.lane.state {
            Some(TaskState::Running) => {
                let at = At { slot: now.slot.max(now.slot.floor() + 0.3), ..now };
                if let Some(b) = pen.lane.blocks.last_mut() {
                    b.to = at;
                }
            }
            _ => pen.close(now),
        }
    }
    let due = state.timers.iter().filter(|(_, _, task)| pen_of(&mut pens, *task).is_some()).take(LANES);
    let due = due.map(|&(deadline, _, task)| {
        let deadline = trace.unit.to_ms(deadline);
        let column = columns.iter().position(|c| c.time == deadline).map(|c| c as u32);
        Due { task: task.0, deadline, column: column.filter(|&c| c <= last_column) }
    });
    let due = due.collect();
    TimelineFrame {
        page: 0,
        pages: 1,
        due,
        columns,
        now,
        lanes: pens.into_iter().map(|p| p.lane).collect(),
        lanes_more,
        wakes,
    }
}

fn pen_of(pens: &mut [Pen], task: TaskId) -> Option<&mut Pen> {
    pens.iter_mut().find(|p| p.lane.task == task.0)
}

fn mark(trace: &Trace, pen: &mut Pen, event: Event, now: At) {
    match event {
        Event::Spawned { .. } => {
            pen.lane.state =
                Some(if pen.lane.what == TaskKind::Callbacks { TaskState::Pending } else { TaskState::Spawned });
            pen.since = now;
        }
        Event::Enqueued { .. } => pen.become_state(TaskState::Ready, now),
        Event::PollStarted { .. } | Event::CallStarted { .. } => {
            pen.become_state(TaskState::Running, now);
            pen.goes_on = false;
            pen.lane.blocks.push(Block { from: now, to: now, live: true, panicked: false, ready: false });
        }
        Event::PollEnded { outcome, .. } => {
            end_block(pen, now, outcome);
            let state = match outcome {
                Outcome::Pending => TaskState::Pending,
                Outcome::Ready => TaskState::Done,
                Outcome::Panicked => TaskState::Panicked,
            };
            pen.become_state(state, now);
        }
        Event::CallEnded { .. } => {
            end_block(pen, now, Outcome::Pending);
            pen.become_state(if pen.goes_on { TaskState::Pending } else { TaskState::Done }, now);
        }
        Event::TimerSet { .. } => pen.goes_on = true,
        Event::Panicked { .. } => {
            end_block(pen, now, Outcome::Panicked);
            pen.become_state(TaskState::Panicked, now);
        }
        Event::StateChanged { task, to, .. } => pen.label = trace.state_name(task, to).to_owned(),
        Event::Dropped { reason, .. } => {
            if pen.lane.state != Some(TaskState::Done) && reason != super::event::DropReason::Completed {
                pen.become_state(TaskState::Cancelled, now);
                pen.lane.cancelled = Some(now);
            } else {
                pen.become_state(TaskState::Done, now);
            }
        }
        _ => {}
    }
}

fn end_block(pen: &mut Pen, now: At, outcome: Outcome) {
    if let Some(b) = pen.lane.blocks.last_mut() {
        b.to = now;
        b.live = false;
        b.panicked = outcome == Outcome::Panicked;
        b.ready = outcome == Outcome::Ready;
    }
}
