//! A window in which polls are told apart: each of them, the stretches between them, and each wake.

use super::axis::GAP;
use super::frame::{Block, Lane, Span, TimelineFrame, Wake};
use crate::trace::event::{DropReason, Event, Outcome, WakeEffect};
use crate::trace::ids::TaskId;
use crate::trace::{TaskKind, Trace};
use crate::view::Replay;
use crate::view::description::Holder;
use crate::view::fold::{State, TaskState};
use std::ops::Range;

/// The state of one lane while it is drawn.
struct Pen {
    lane: Lane,
    /// None before the task is spawned.
    state: Option<TaskState>,
    since: f64,
    label: String,
    /// Whether the callback that runs has left another one with a timer.
    goes_on: bool,
}

impl Pen {
    fn new(trace: &Trace, start: &State, id: TaskId, at: f64) -> Self {
        let task = start.tasks().get(id.0 as usize - 1);
        let mut lane = Lane::of(trace, id);
        if task.is_some_and(|t| t.state == TaskState::Running) {
            lane.blocks.push(Block { from: at, to: at, over: false });
        }
        let label = task.map_or(String::new(), |t| trace.state_name(id, t.machine_state).to_owned());
        Pen {
            lane,
            state: task.map(|t| t.state),
            since: at,
            label,
            goes_on: task.is_some_and(|t| !t.holders.is_empty()),
        }
    }

    fn close(&mut self, to: f64) {
        if let Some(state @ (TaskState::Pending | TaskState::Ready | TaskState::Spawned)) = self.state
            && self.since != to
        {
            let label = if state == TaskState::Pending { self.label.clone() } else { String::new() };
            self.lane.spans.push(Span { from: self.since, to, state, label });
        }
    }

    fn become_state(&mut self, state: TaskState, at: f64) {
        self.close(at);
        self.state = Some(state);
        self.since = at;
    }

    fn end_block(&mut self, at: f64) {
        if let Some(block) = self.lane.blocks.last_mut().filter(|b| !b.over) {
            // The gap stands behind it.
            (block.to, block.over) = ((at - GAP).max(block.from), true);
        }
    }

    fn mark(&mut self, trace: &Trace, event: Event, at: f64) {
        match event {
            Event::Spawned { .. } => {
                let callbacks = self.lane.what == TaskKind::Callbacks;
                self.state = Some(if callbacks { TaskState::Pending } else { TaskState::Spawned });
                self.since = at;
            }
            Event::Enqueued { .. } => self.become_state(TaskState::Ready, at),
            Event::PollStarted { .. } | Event::CallStarted { .. } => {
                self.become_state(TaskState::Running, at);
                self.goes_on = false;
                self.lane.blocks.push(Block { from: at, to: at, over: false });
            }
            Event::PollEnded { outcome, .. } => {
                self.end_block(at);
                let state = match outcome {
                    Outcome::Pending => TaskState::Pending,
                    Outcome::Ready => TaskState::Done,
                    Outcome::Panicked => TaskState::Panicked,
                };
                self.become_state(state, at);
            }
            Event::CallEnded { .. } => {
                self.end_block(at);
                self.become_state(if self.goes_on { TaskState::Pending } else { TaskState::Done }, at);
            }
            Event::TimerSet { .. } => self.goes_on = true,
            Event::Panicked { .. } => {
                self.end_block(at);
                self.become_state(TaskState::Panicked, at);
            }
            Event::StateChanged { task, to, .. } => self.label = trace.state_name(task, to).to_owned(),
            Event::Dropped { reason, .. } => {
                let done = self.state == Some(TaskState::Done) || reason == DropReason::Completed;
                self.become_state(if done { TaskState::Done } else { TaskState::Cancelled }, at);
            }
            _ => {}
        }
    }
}

impl Replay {
    /// Events, drawn on the lanes of `tasks`; what is not over goes on to the `edge`.
    pub(super) fn exact(&mut self, tasks: &[TaskId], events: Range<usize>, edge: f64) -> TimelineFrame {
        self.look(events.start);
        let (trace, start, axis) = (self.trace(), self.aside(), &self.timeline.axis);
        let before = axis.place(trace, events.start);
        let mut pens: Vec<Pen> = tasks.iter().map(|&id| Pen::new(trace, start, id, before)).collect();
        let mut wakes = Vec::new();
        for stand in axis.scan(trace, events.start).take(events.len()) {
            let task = trace.columns.task(stand.event);
            let Some(pen) = pens.iter_mut().find(|p| p.lane.task == task.0) else { continue };
            let event = trace.event(stand.event);
            if let Event::Woken { task, by, effect } = event {
                let idle = matches!(effect, WakeEffect::Coalesced | WakeEffect::AfterDone);
                wakes.push(Wake { task: task.0, at: stand.at, by: Holder::of(trace, task, by), idle });
            }
            pen.mark(trace, event, stand.at);
        }
        for pen in &mut pens {
            match pen.lane.blocks.last_mut().filter(|b| !b.over) {
                Some(block) => block.to = edge.max(block.from),
                None => pen.close(edge.max(pen.since)),
            }
        }
        TimelineFrame { lanes: pens.into_iter().map(|p| p.lane).collect(), wakes, ..TimelineFrame::default() }
    }
}
