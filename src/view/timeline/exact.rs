//! A window in which polls are drawn one by one: each of them, the stretches between them, and each wake.
//!
//! The run's state is folded through the window; a lane is drawn from the states that its task comes to.

use super::axis::Axis;
use super::frame::{Block, Lane, Span, TimelineFrame, Wake};
use crate::trace::Trace;
use crate::trace::event::{Event, WakeEffect};
use crate::trace::ids::TaskId;
use crate::view::Viewer;
use crate::view::description::Holder;
use crate::view::life::TaskState;
use crate::view::state::State;
use std::ops::Range;

/// One lane while it is drawn.
struct Pen {
    id: TaskId,
    lane: Lane,
    /// None before the task is spawned.
    state: Option<TaskState>,
    since: f64,
    /// The machine's state.
    label: String,
}

impl Pen {
    fn new(trace: &Trace, start: &State, id: TaskId, at: f64) -> Self {
        let task = start.get(id);
        let label = task.map_or(String::new(), |t| trace.state_name(id, t.machine_state).to_owned());
        let mut pen = Pen { id, lane: Lane::of(trace, id), state: None, since: at, label };
        if let Some(task) = task {
            pen.become_state(task.state, at);
        }
        pen
    }

    /// Draws the stretch that ends here, unless it is a poll.
    fn close(&mut self, to: f64) {
        if let Some(state @ (TaskState::Pending | TaskState::Ready | TaskState::Spawned)) = self.state
            && self.since != to
        {
            let label = if state == TaskState::Pending { self.label.clone() } else { String::new() };
            self.lane.spans.push(Span { from: self.since, to, state, label });
        }
    }

    /// The task comes to another state.
    fn become_state(&mut self, state: TaskState, at: f64) {
        if self.state == Some(TaskState::Running)
            && let Some(block) = self.lane.blocks.last_mut()
        {
            (block.to, block.over) = (Axis::before_gap(at).max(block.from), true);
        }
        self.close(at);
        if state == TaskState::Running {
            self.lane.blocks.push(Block { from: at, to: at, over: false });
        }
        (self.state, self.since) = (Some(state), at);
    }

    /// What is not over goes on to the edge.
    fn finish(&mut self, edge: f64) {
        match self.lane.blocks.last_mut().filter(|block| !block.over) {
            Some(block) => block.to = edge.max(block.from),
            None => self.close(edge.max(self.since)),
        }
    }
}

impl Viewer {
    /// Events, drawn on the lanes of `tasks`; what is not over goes on to the `edge`.
    pub(super) fn exact(&mut self, tasks: &[TaskId], events: Range<usize>, edge: f64) -> TimelineFrame {
        self.look(events.start);
        let (trace, state, timeline) = self.drawing();
        let axis = &timeline.axis;
        let before = axis.place(trace, events.start);
        let mut pens: Vec<Pen> = tasks.iter().map(|&id| Pen::new(trace, state, id, before)).collect();
        let mut wakes = Vec::new();
        for stand in axis.scan(trace, events.start).take(events.len()) {
            let event = state.apply(trace);
            let task = trace.columns.task(stand.event);
            let Some(pen) = pens.iter_mut().find(|pen| pen.id == task) else { continue };
            let known = state.get(task).map(|task| task.state);
            if let Some(state) = known.filter(|_| known != pen.state) {
                pen.become_state(state, stand.at);
            }
            if let Event::Woken { task, by, effect } = event {
                let idle = matches!(effect, WakeEffect::Coalesced | WakeEffect::AfterDone);
                wakes.push(Wake { task: task.0, at: stand.at, by: Holder::of(trace, task, by), idle });
            } else if let Event::StateChanged { to, .. } = event {
                pen.label = trace.state_name(task, to).to_owned();
            }
        }
        pens.iter_mut().for_each(|pen| pen.finish(edge));
        TimelineFrame { lanes: pens.into_iter().map(|p| p.lane).collect(), wakes, ..TimelineFrame::default() }
    }
}
