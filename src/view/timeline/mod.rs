//! The timeline: who was polled when, who waited, who was woken by what, in a window of any width.
//!
//! A [`Window`] is a stretch of the axis (`axis`) and a few lanes. Where polls are wide enough, it is drawn with each of them
//! ([`TimelineFrame::exact`]); where not, each pixel of a lane says how much of it is what ([`Viewer::density`]). Both cost the same in a run of a hundred events and of a million.
//!
//! Drawn is what was seen, and nothing beyond it: a picture depends on the window and on the furthest event seen, not on the
//! cursor. What depends on the cursor is a [`NowFrame`]. Positions never change; a lane keeps its place before its task is
//! there.

mod axis;
mod exact;
mod frame;
mod lives;
mod now;
mod walk;

pub use frame::*;
pub use lives::Share;

use super::Viewer;
use super::life::TaskState;
use crate::trace::Trace;
use crate::trace::ids::TaskId;
use axis::Axis;
use lives::{Edge, Lives};

/// With fewer pixels a unit than this, polls are narrower than four pixels, and are not drawn one by one.
const DRAWABLE: f64 = 0.25;
/// The most events that are drawn one by one.
const EVENTS: usize = 4096;
/// About so many pixels lie between two labels of the axis, where there are no columns.
const BETWEEN_LABELS: f64 = 90.0;
/// How far back the event that a place belongs to is looked for.
const BACK: usize = 2048;

/// A stretch of the axis, a few lanes, and how much of the run was seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// The position at its left edge.
    pub from: f64,
    /// The position at its right edge.
    pub to: f64,
    /// Its width in pixels.
    pub width: f64,
    /// Lanes that are left out above it.
    pub top: usize,
    /// The most lanes in it.
    pub rows: usize,
    /// Events seen.
    pub seen: usize,
}

/// What is known of the timeline of a run.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    axis: Axis,
    lives: Lives,
}

/// The lanes of a window, and how many there are above and below it.
struct Rows {
    tasks: Vec<TaskId>,
    above: u32,
    below: u32,
}

impl Timeline {
    /// Takes note of event `i`, which is the next one. `change`: the task that it takes to another state, and that state.
    #[inline]
    pub(super) fn follow(&mut self, trace: &Trace, i: usize, change: Option<(TaskId, TaskState)>) {
        let at = self.axis.follow(trace, i);
        if let Some((task, state)) = change {
            self.lives.follow(task, i, state, at);
        }
    }

    /// Events are about to be followed.
    pub(super) fn begin(&mut self, trace: &Trace) {
        self.lives.make_room(trace);
    }

    /// All events that are known were followed.
    pub(super) fn end(&mut self) {
        self.axis.scale();
    }

    /// The lanes, in spawn order: of all tasks, or, where there are more than fit, of those that live in the window. Of the
    /// tasks to come none is counted.
    fn rows(&self, window: &Window, seen: f64) -> Rows {
        let lives = &self.lives;
        let all = lives.len() <= window.rows;
        let mut rows = Rows { tasks: Vec::new(), above: 0, below: 0 };
        for task in 0..lives.len() {
            if !all && !lives.lives_within(&self.axis, task, window.from, window.to) {
                continue;
            }
            if (rows.above as usize) < window.top && !all {
                rows.above += 1;
            } else if rows.tasks.len() < window.rows {
                rows.tasks.push(TaskId(task as u32 + 1));
            } else if lives.is_spawned(&self.axis, task, seen) {
                rows.below += 1;
            }
        }
        rows
    }
}

impl Viewer {
    /// The bytes that the timeline's index takes besides the trace.
    pub fn timeline_memory(&self) -> usize {
        self.timeline.axis.memory() + self.timeline.lives.memory()
    }

    /// The position of the run's end.
    pub fn extent(&self) -> f64 {
        self.timeline.axis.extent()
    }

    /// The position of a cursor.
    pub fn place(&self, cursor: usize) -> f64 {
        self.timeline.axis.place(self.trace(), cursor)
    }

    /// What a window shows.
    pub fn timeline(&mut self, window: &Window) -> TimelineFrame {
        let window = Window { seen: window.seen.min(self.trace().len()), ..*window };
        let axis = &self.timeline.axis;
        let seen = self.place(window.seen);
        let rows = self.timeline.rows(&window, seen);
        let begin = axis.events_to(self.trace(), window.from).saturating_sub(1);
        let end = axis.events_to(self.trace(), window.to.min(seen)).min(window.seen);
        let drawable = window.width / (window.to - window.from) >= DRAWABLE && end.saturating_sub(begin) <= EVENTS;
        let mut frame =
            if drawable { self.exact(&rows.tasks, begin..end, window.to.min(seen)) } else { self.blank(&rows.tasks) };
        let timeline = &self.timeline;
        let column = |(time, from, to): (f64, f64, f64)| Column { time, from, to: to.min(seen.max(from)) };
        frame.columns = if drawable {
            timeline.axis.columns(self.trace(), begin, end).into_iter().map(column).collect()
        } else {
            self.labels(&window, seen)
        };
        for lane in &mut frame.lanes {
            lane.end =
                timeline.lives.end(&timeline.axis, lane.task as usize - 1, seen).map(|(at, state)| Ended { at, state });
        }
        let fits = timeline.lives.len() <= window.rows;
        TimelineFrame {
            fits,
            exact: drawable,
            seen,
            extent: timeline.axis.extent(),
            above: rows.above,
            below: rows.below,
            ..frame
        }
    }

    /// Lanes with nothing on them.
    fn blank(&self, tasks: &[TaskId]) -> TimelineFrame {
        TimelineFrame {
            lanes: tasks.iter().map(|&id| Lane::of(self.trace(), id)).collect(),
            ..TimelineFrame::default()
        }
    }

    /// Times at places that are about equally far apart.
    fn labels(&self, window: &Window, seen: f64) -> Vec<Column> {
        let n = (window.width / BETWEEN_LABELS).max(1.0);
        let place = |i: u32| window.from + (window.to - window.from) * (f64::from(i) + 0.5) / n.floor();
        let label = |at: f64| {
            let event = self.timeline.axis.events_to(self.trace(), at).checked_sub(1)?;
            Some(Column { time: self.trace().unit.to_ms(self.trace().time(event)), from: at, to: at })
        };
        (0..n as u32).map(place).take_while(|&at| at <= seen).filter_map(label).collect()
    }

    /// What each of `pixels` of a window's lanes shows, lane by lane. What was not seen shows nothing.
    pub fn density(&self, window: &Window, pixels: usize) -> Vec<Share> {
        let (trace, Timeline { axis, lives }) = (self.trace(), &self.timeline);
        let seen = self.place(window.seen.min(trace.len()));
        let rows = self.timeline.rows(window, seen);
        let mut shares = vec![Share::default(); pixels * rows.tasks.len()];
        let wide = ((window.to - window.from) / pixels.max(1) as f64).max(f64::MIN_POSITIVE);
        let edge = |i: usize| {
            let at = (window.from + wide * i as f64).min(seen);
            Edge { at, events: axis.events_to(trace, at).min(window.seen) }
        };
        let edges: Vec<Edge> = (0..=pixels).map(edge).collect();
        for (task, lane) in rows.tasks.iter().zip(shares.chunks_exact_mut(pixels.max(1))) {
            lives.shares(trace, axis, task.0 as usize - 1, &edges, wide, lane);
        }
        shares
    }

    /// The cursor after the event that a place on a lane belongs to: the last one of the task at or before it; of task 0 any.
    /// 0 if there is none among those seen.
    pub fn event_at(&self, at: f64, task: TaskId, seen: usize) -> usize {
        let (axis, lives) = (&self.timeline.axis, &self.timeline.lives);
        let (trace, events) = (self.trace(), axis.events_to(self.trace(), at).min(seen));
        let is_of = |&i: &usize| !task.is_some() || trace.columns.task(i) == task;
        if let Some(event) = (events.saturating_sub(BACK)..events).rev().find(is_of) {
            return event + 1;
        }
        // It has slept for long: since the end of its last poll.
        let Some(poll) = lives.poll_before(task, events) else { return 0 };
        let last = (poll..events.min(poll + BACK)).rev().find(is_of);
        last.map_or(0, |event| event + 1)
    }

    /// The task of the event before a cursor; 0 for none.
    pub fn task_of(&self, cursor: usize) -> TaskId {
        let event = cursor.checked_sub(1).filter(|&event| event < self.trace().len());
        event.map_or(TaskId::NONE, |event| self.trace().columns.task(event))
    }

    /// Where among the lanes of a window, those above it included, that of a task stands.
    pub fn row_of(&self, window: &Window, task: TaskId) -> Option<usize> {
        let whole = Window { top: 0, rows: usize::MAX, ..*window };
        let Timeline { axis, lives } = &self.timeline;
        let fits = lives.len() <= window.rows;
        let task = (task.0 as usize).checked_sub(1).filter(|&t| t < lives.len())?;
        let lives = |t: &usize| fits || lives.lives_within(axis, *t, whole.from, whole.to);
        lives(&task).then(|| (0..task).filter(lives).count())
    }
}
