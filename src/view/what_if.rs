//! What a person could change at a cursor, and what was changed in a run.

use super::Viewer;
use super::frame::ROWS;
use super::life::TaskState;
use super::state::State;
use crate::trace::event::{Event, WakeEffect};
use crate::trace::ids::{TaskId, TimerId};
use crate::trace::moment::{At, Found, moment_of};
use crate::trace::plan::{Intervention, Plan, What};
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
    /// The task or timer that it names; 0 where the event says whom it is about. No two of a kind name the same.
    pub whom: u32,
    /// What the task is doing.
    pub state: TaskState,
    /// When the timer is due, in ms, if it is one that fires.
    pub deadline: Option<f64>,
}

/// The changes that make sense after the events that were folded: of the last event, then of each task, then of timers.
pub(super) fn what_ifs(trace: &Trace, state: &State) -> WhatIfs {
    if trace.unit != TimeUnit::VirtualMs || state.end.is_some() {
        return WhatIfs::default();
    }
    let Some(moment) = moment_of(trace, state.at) else { return WhatIfs::default() };
    let meanwhile = Meanwhile::after(trace, state.at);
    let stays = |task: &TaskId| !meanwhile.dropped.contains(task);
    let mut all = Vec::new();
    let mut offer = |what: What, task: TaskId, deadline: Option<f64>| {
        let state = if task.is_some() { state.task(task).state } else { TaskState::Pending };
        let change = Intervention { at: At::Moment(moment), what }.to_string();
        all.push(WhatIf { change, kind: what.kind(), task: task.0, whom: what.whom(), state, deadline });
    };
    if let Event::Woken { task, effect: WakeEffect::Queued | WakeEffect::DuringPoll, .. } = trace.event(state.at - 1) {
        offer(What::Lose, task, None);
    }
    if let Some(task) = state.running.filter(|&t| is_future(trace, t)) {
        if meanwhile.polls_a_future {
            offer(What::Panic, task, None);
        }
        if stays(&task) {
            offer(What::Drop(task), task, None);
        }
    }
    for (place, &task) in state.ready().iter().enumerate().filter(|(_, task)| stays(task)).take(ROWS) {
        if place > 0 || state.running.is_some() {
            offer(What::Next(task), task, None);
        }
        offer(What::Drop(task), task, None);
    }
    let waiting = (1..=state.tasks().len() as u32).map(TaskId);
    let waiting = waiting.filter(|&t| is_future(trace, t) && state.task(t).state == TaskState::Pending);
    for task in waiting.filter(stays).take(ROWS) {
        offer(What::Wake(task), task, None);
        offer(What::Drop(task), task, None);
    }
    let set = state.timers.iter().filter(|(_, timer, _)| !meanwhile.fired.contains(timer));
    for &(deadline, timer, task) in set.take(ROWS) {
        offer(What::Fire(timer), task, Some(trace.unit.to_ms(deadline)));
    }
    WhatIfs { all }
}

/// What happens between the offer of a change and the next point between two polls, where most changes are made.
#[derive(Default)]
struct Meanwhile {
    /// Whether the poll that is under way polls a future inside of its task: a panic that is asked for comes there.
    polls_a_future: bool,
    fired: Vec<TimerId>,
    dropped: Vec<TaskId>,
}

impl Meanwhile {
    fn after(trace: &Trace, at: usize) -> Meanwhile {
        let mut meanwhile = Meanwhile::default();
        let mut is_in_poll = true;
        for i in at - 1..trace.len() {
            match trace.event(i) {
                // The event right before the cursor: a panic may come at it, all else is over.
                Event::Entered { .. } => meanwhile.polls_a_future |= is_in_poll,
                _ if i < at => {}
                Event::PollStarted { .. } | Event::ClockAdvanced { task: TaskId::NONE, .. } => break,
                Event::PollEnded { .. } => is_in_poll = false,
                Event::TimerFired { timer, .. } | Event::TimerCancelled { timer, .. } => meanwhile.fired.push(timer),
                Event::Dropped { task, .. } => meanwhile.dropped.push(task),
                _ => {}
            }
        }
        meanwhile
    }
}

fn is_future(trace: &Trace, task: TaskId) -> bool {
    trace.task(task).is_some_and(|t| t.kind == crate::trace::TaskKind::Future)
}

/// What was changed in a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Changes {
    /// Each, in the order of the text.
    pub all: Vec<Made>,
}

/// A change that was asked for, as the page names it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Made {
    /// The change, as a link carries it.
    pub change: String,
    /// What it does: the key in the catalogues (`change.<kind>`).
    pub kind: &'static str,
    /// The task or timer that it is about; 0 where the event says it; of an order, how many polls are out of turn.
    pub whom: u32,
    /// The cursor at which it was asked for: after this event, or, of a wake that is lost, right after it would have been.
    pub cursor: usize,
    /// Whether the run has that point; if not, the cursor is the nearest one before it.
    pub exact: bool,
    /// The changes without this one, as a link carries them.
    pub without: String,
}

/// So many polls out of turn, one after the other, are an order.
const ORDER: usize = 3;

impl Viewer {
    /// What was changed in this run, which was asked for with `changes` as a link carries them; what cannot be read is left
    /// out. Tasks that are polled out of turn one after the other, three and more of them, are one change: another order.
    pub fn changes(&self, changes: &str) -> Changes {
        let all: Vec<Intervention> = changes.split('_').filter_map(|change| change.parse().ok()).collect();
        let is_next = |change: &Intervention| matches!(change.what, What::Next(_));
        let mut made = Vec::new();
        let mut from = 0;
        for group in all.chunk_by(|a, b| is_next(a) && is_next(b)) {
            let pieces = if group.len() < ORDER { group.chunks(1) } else { group.chunks(group.len()) };
            for piece in pieces {
                let (before, after) = (&all[..from], &all[from + piece.len()..]);
                let found: Vec<Found> = piece.iter().map(|change| change.found_in(self.trace())).collect();
                let (kind, whom) = match piece {
                    [one] => (one.what.kind(), one.what.whom()),
                    many => ("order", many.len() as u32),
                };
                made.push(Made {
                    change: Plan::changes_text(piece),
                    kind,
                    whom,
                    cursor: found[0].cursor,
                    exact: found.iter().all(|found| found.exact),
                    without: Plan::changes_text(&[before, after].concat()),
                });
                from += piece.len();
            }
        }
        Changes { all: made }
    }
}
