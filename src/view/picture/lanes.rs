//! The lanes of a run: one walk over its events, which opens and closes stretches as the run's state changes.

use crate::trace::Trace;
use crate::trace::event::{Event, Outcome, WakeSource};
use crate::trace::ids::TaskId;
use crate::view::Viewer;
use crate::view::description::{Holder, Place};
use crate::view::life::TaskState;
use crate::view::state::State;
use serde::Serialize;

/// All lanes of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Lanes {
    /// Each, in spawn order: the task `n` is the lane `n - 1`.
    pub lanes: Vec<Lane>,
    /// Their stretches, in the order in which they begin.
    pub stretches: Vec<Stretch>,
    /// When the run ends, in ms.
    pub end: f64,
}

/// A task's lane.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Lane {
    /// Its name.
    pub name: String,
    /// The task that spawned it; 0 if none did.
    pub parent: u32,
}

/// A part of a lane.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Stretch {
    /// The task.
    pub task: u32,
    /// What lasts.
    pub of: Of,
    /// When it begins, in ms.
    pub from: f64,
    /// When it ends, in ms; the run's end, where it did not end.
    pub to: f64,
    /// The cursor right after the event with which it begins.
    pub at: u32,
    /// The cursor right after the event with which it ends; 0 where it did not end.
    pub till: u32,
}

/// What lasts for a stretch.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Of {
    /// The task is in a state.
    Task {
        /// Which.
        state: TaskState,
        /// Of a coarse lane: how many polls this one stretch stands for.
        polls: u32,
    },
    /// A future inside of the task is polled.
    Future {
        /// Which: the same number for the same future of a task.
        id: u32,
        /// Its type's name.
        name: String,
        /// How many futures stand around it.
        depth: u32,
        /// The line it is polled from.
        line: Option<Place>,
        /// Whether the poll gave `Ready`.
        ready: bool,
    },
    /// Somebody holds the task's waker.
    Waker {
        /// Who.
        by: Holder,
    },
}

/// What is open on a lane while the walk goes on: places in the list of stretches.
#[derive(Default)]
struct Pen {
    state: Option<usize>,
    last_poll: Option<usize>,
    /// The states since that poll.
    since: Vec<usize>,
    wakers: Vec<(WakeSource, usize)>,
    futures: Vec<usize>,
}

struct Walk<'t> {
    trace: &'t Trace,
    pens: Vec<Pen>,
    stretches: Vec<Stretch>,
    now: f64,
    cursor: u32,
    /// Polls that lie closer together are one.
    least: f64,
}

impl Walk<'_> {
    fn open(&mut self, task: TaskId, of: Of) -> usize {
        let (from, at) = (self.now, self.cursor);
        self.stretches.push(Stretch { task: task.0, of, from, to: from, at, till: 0 });
        self.stretches.len() - 1
    }

    fn close(&mut self, stretch: usize) {
        (self.stretches[stretch].to, self.stretches[stretch].till) = (self.now, self.cursor);
    }

    /// The task comes to a state.
    fn become_state(&mut self, task: TaskId, state: TaskState) {
        let i = task.0 as usize - 1;
        let before = self.pens[i].state.take();
        if let Some(before) = before {
            self.close(before);
        }
        let is_poll = state == TaskState::Running;
        let pen = &mut self.pens[i];
        let last = pen.last_poll.filter(|&last| is_poll && self.now - self.stretches[last].to < self.least);
        if let Some(last) = last {
            // What lies between the two is not seen either.
            for gone in pen.since.drain(..) {
                self.stretches[gone].at = 0;
            }
            if let Of::Task { polls, .. } = &mut self.stretches[last].of {
                *polls += 1;
            }
            self.stretches[last].till = 0;
            pen.state = Some(last);
            return;
        }
        let opened = self.open(task, Of::Task { state, polls: u32::from(is_poll) });
        let pen = &mut self.pens[i];
        pen.state = Some(opened);
        if is_poll {
            pen.last_poll = Some(opened);
            pen.since.clear();
        } else {
            pen.since.push(opened);
        }
    }

    /// Somebody lets go of its waker, or takes it.
    fn hold(&mut self, task: TaskId, holders: &[WakeSource]) {
        let i = task.0 as usize - 1;
        for (by, stretch) in std::mem::take(&mut self.pens[i].wakers) {
            if holders.contains(&by) {
                self.pens[i].wakers.push((by, stretch));
            } else {
                self.close(stretch);
            }
        }
        for &by in holders {
            if self.pens[i].wakers.iter().all(|&(known, _)| known != by) {
                let opened = self.open(task, Of::Waker { by: Holder::of(self.trace, task, by) });
                self.pens[i].wakers.push((by, opened));
            }
        }
    }

    /// A future inside of a task begins to be polled, or returns.
    fn inside(&mut self, event: Event) {
        match event {
            Event::Entered { task, future, site, id } if task.is_some() => {
                let depth = self.pens[task.0 as usize - 1].futures.len() as u32;
                let name = self.trace.future_name(future).to_owned();
                let line = Place::of(self.trace, site);
                let opened = self.open(task, Of::Future { id: id.0, name, depth, line, ready: false });
                self.pens[task.0 as usize - 1].futures.push(opened);
            }
            Event::Exited { task, outcome, .. } if task.is_some() => {
                let Some(stretch) = self.pens[task.0 as usize - 1].futures.pop() else { return };
                self.close(stretch);
                if let Of::Future { ready, .. } = &mut self.stretches[stretch].of {
                    *ready = outcome == Outcome::Ready;
                }
            }
            // What a panic went through returned nothing.
            Event::PollEnded { task, .. } if task.is_some() => {
                for stretch in std::mem::take(&mut self.pens[task.0 as usize - 1].futures) {
                    self.close(stretch);
                }
            }
            _ => {}
        }
    }
}

impl Viewer {
    /// The lanes of the whole run. With a `least`, in ms, they are coarse: polls that lie closer together are one stretch.
    pub fn lanes(&self, least: f64) -> Lanes {
        let trace = self.trace();
        let mut pens = Vec::new();
        pens.resize_with(trace.tasks.len(), Pen::default);
        let mut walk = Walk { trace, pens, stretches: Vec::new(), now: 0.0, cursor: 0, least };
        let mut state = State::default();
        while state.at < trace.len() {
            let event = state.apply(trace);
            walk.now = trace.unit.to_ms(state.time);
            walk.cursor = state.at as u32;
            let id = trace.columns.task(state.at - 1);
            let Some(task) = state.get(id) else { continue };
            let known = walk.pens[id.0 as usize - 1].state.map(|i| &walk.stretches[i].of);
            let is_known = matches!(known, Some(Of::Task { state, .. }) if *state == task.state);
            if !is_known {
                walk.become_state(id, task.state);
            }
            if least == 0.0 {
                walk.hold(id, &task.holders);
                walk.inside(event);
            }
        }
        let Walk { mut stretches, now, .. } = walk;
        stretches.retain(|stretch| stretch.at > 0);
        for stretch in stretches.iter_mut().filter(|stretch| stretch.till == 0) {
            stretch.to = now;
        }
        let lane =
            |task: &crate::trace::TaskInfo| Lane { name: trace.name(task.name).to_owned(), parent: task.parent.0 };
        Lanes { lanes: trace.tasks.iter().map(lane).collect(), stretches, end: now }
    }
}
