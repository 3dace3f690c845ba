//! Series: events that are counted together, and which of two series comes first.

use super::codes::kind_and_task;
use crate::trace::Kind;
use crate::trace::event::Event;
use crate::trace::ids::{TaskId, TimerId};

/// Events that are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Series {
    Spawned(TaskId),
    Dropped(TaskId),
    Wakes(TaskId),
    Timer(TimerId, TimerStep),
    Start(Span),
    End(Span),
    /// Of a kind, inside a poll or call.
    Inside(Span, Kind),
    /// Of a kind and of a task or of none, outside of polls and calls.
    Outside(TaskId, Kind),
    Ended,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimerStep {
    Set,
    Fired,
    Cancelled,
}

/// One poll of a task, or one call on its lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) is_call: bool,
    pub(super) task: TaskId,
    pub(super) nth: u32,
}

impl Span {
    fn is_ended_by(self, kind: Kind, task: TaskId) -> bool {
        self.task == task && kind == if self.is_call { Kind::CallEnded } else { Kind::PollEnded }
    }

    fn follows(self, before: Span) -> bool {
        (self.is_call, self.task) == (before.is_call, before.task) && before.nth < self.nth
    }
}

/// Whether a poll or call starts with events of this kind.
pub(super) fn starts_span(kind: Kind) -> bool {
    matches!(kind, Kind::PollStarted | Kind::CallStarted)
}

/// Whether a poll or call starts or ends with events of this kind.
pub(super) fn is_edge(kind: Kind) -> bool {
    starts_span(kind) || matches!(kind, Kind::PollEnded | Kind::CallEnded)
}

/// Where a stream of events has come to: the poll or call that is under way.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place(Option<Span>);

impl Place {
    /// Takes in the next event, and says which series it is of.
    pub(super) fn next(&mut self, event: Event) -> Series {
        let series = Series::of(event, self.0);
        match series {
            Series::Start(span) => self.0 = Some(span),
            Series::End(_) => self.0 = None,
            _ => {}
        }
        series
    }
}

impl Series {
    /// Of an event, which may be inside a poll or call.
    fn of(event: Event, span: Option<Span>) -> Series {
        match event {
            Event::Spawned { task } => Series::Spawned(task),
            Event::Dropped { task, .. } => Series::Dropped(task),
            // Counted together: a link names the same wake in the run in which it is lost.
            Event::Woken { task, .. } | Event::WakeLost { task, .. } => Series::Wakes(task),
            Event::TimerSet { timer, .. } => Series::Timer(timer, TimerStep::Set),
            Event::TimerFired { timer, .. } => Series::Timer(timer, TimerStep::Fired),
            Event::TimerCancelled { timer, .. } => Series::Timer(timer, TimerStep::Cancelled),
            Event::PollStarted { task, nth } => Series::Start(Span { is_call: false, task, nth }),
            Event::CallStarted { task, nth } => Series::Start(Span { is_call: true, task, nth }),
            Event::Ended { .. } => Series::Ended,
            // All others are named by their kind: there is nothing to be said of a new one.
            _ => {
                let (kind, task) = kind_and_task(event);
                match span {
                    Some(span) if span.is_ended_by(kind, task) => Series::End(span),
                    Some(span) => Series::Inside(span, kind),
                    None => Series::Outside(task, kind),
                }
            }
        }
    }

    /// Whether kinds of events are named in a way of their own, never by their code.
    pub(super) fn is_named(kind: Kind) -> bool {
        matches!(
            kind,
            Kind::Spawned
                | Kind::Dropped
                | Kind::Woken
                | Kind::WakeLost
                | Kind::TimerSet
                | Kind::TimerFired
                | Kind::TimerCancelled
                | Kind::PollStarted
                | Kind::CallStarted
                | Kind::Ended
        )
    }

    /// Whether every event of `other` comes before every one of this series, in any run that has both. The last such event
    /// is as near as one can come to a moment that is not there.
    pub(super) fn comes_after(self, other: Series) -> bool {
        match (self, other) {
            (Series::Spawned(task), Series::Spawned(before)) => before < task,
            (Series::Dropped(task), Series::Start(span) | Series::End(span)) => span.task == task,
            (
                Series::Dropped(task)
                | Series::Wakes(task)
                | Series::Outside(task, _)
                | Series::Start(Span { task, .. })
                | Series::End(Span { task, .. })
                | Series::Inside(Span { task, .. }, _),
                // Tasks are numbered as they are spawned.
                Series::Spawned(spawned),
            ) => spawned <= task,
            (Series::End(span) | Series::Inside(span, _), Series::Start(start)) if start == span => true,
            (
                Series::Start(span) | Series::End(span) | Series::Inside(span, _),
                Series::Start(before) | Series::End(before),
            ) => span.follows(before),
            (Series::Timer(timer, step), Series::Timer(other, before)) => {
                let is_set = before == TimerStep::Set;
                // A timer fires or is cancelled, never both: what became of it is nearer than that it was set.
                (is_set && other < timer) || (other == timer && step != TimerStep::Set)
            }
            _ => false,
        }
    }

    /// Whether events of this kind are neither of the series nor before it, and say nothing of where the run is.
    pub(super) fn ignores(self, kind: Kind) -> bool {
        let wants = match self {
            Series::Ended => kind == Kind::Ended,
            Series::Wakes(_) => matches!(kind, Kind::Woken | Kind::WakeLost | Kind::Spawned),
            Series::Spawned(_) => kind == Kind::Spawned,
            Series::Timer(..) => matches!(kind, Kind::TimerSet | Kind::TimerFired | Kind::TimerCancelled),
            Series::Dropped(_) => is_edge(kind) || matches!(kind, Kind::Spawned | Kind::Dropped),
            Series::Start(_) | Series::End(_) => is_edge(kind) || kind == Kind::Spawned,
            Series::Inside(_, of) | Series::Outside(_, of) => is_edge(kind) || kind == Kind::Spawned || kind == of,
        };
        !wants
    }
}
