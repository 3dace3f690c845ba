//! A run that is stuck: who waits for whom, and the circles among them.

use super::super::description::{Holder, Place};
use super::super::fold::TaskState;
use super::finding::Link;
use super::leaves::Leaf;
use super::{Cause, Detector, Finding, Moment};
use crate::few::sort_few;
use crate::trace::event::{End, Event, WakeSource};
use crate::trace::ids::{SourceId, TaskId};
use crate::trace::{SourceKind, Trace};

/// So many of those who are stuck are looked at.
const MOST_TASKS: usize = 1000;
/// The longest circle that is looked for.
const LONGEST: usize = 32;

#[derive(Default)]
pub(super) struct Deadlock {
    /// Who has which mutex, and since which event.
    locked: Vec<(SourceId, TaskId, usize)>,
}

/// A task waits for something of another's.
#[derive(Clone)]
struct Edge {
    from: TaskId,
    to: TaskId,
    leaf: Leaf,
    on: WakeSource,
}

impl Detector for Deadlock {
    fn look(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        match now.event {
            Event::Locked { task, mutex } => self.locked.push((mutex, task, now.i)),
            Event::Unlocked { mutex, .. } => self.locked.retain(|&(m, ..)| m != mutex),
            Event::Ended { end: End::Deadlock(_) } => self.stuck(now, found),
            _ => {}
        }
    }
}

impl Deadlock {
    fn stuck(&self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        let waiting = |t: &TaskId| now.state.task(*t).state == TaskState::Pending;
        let all = (1..=now.state.tasks().len() as u32).map(TaskId);
        let tasks: Vec<TaskId> = all.filter(waiting).take(MOST_TASKS).collect();
        let edges: Vec<Edge> = tasks.iter().flat_map(|&task| self.edges(now, task)).collect();
        let mut told: Vec<TaskId> = Vec::new();
        for &task in &tasks {
            if told.contains(&task) || found.len() >= super::MOST {
                continue;
            }
            if let Some(circle) = circle_from(task, &edges) {
                told.extend(circle.iter().map(|e| e.from));
                found.push(self.deadlock(now, &circle));
            }
        }
        // Who was explained when it went to sleep, or stands in a circle, is no riddle any more.
        for &task in tasks.iter().filter(|t| !told.contains(t)) {
            let explained = found.iter().any(|f| match f.cause {
                Cause::NoWaker { task: t, .. }
                | Cause::StaleWaker { task: t, .. }
                | Cause::WakeLost { task: t, .. }
                | Cause::WakerGone { task: t, .. } => t == task.0,
                _ => false,
            });
            if !explained && let Some(cause) = self.riddle(now, task, &edges) {
                found.push(now.finding(&[], cause));
            }
        }
    }

    /// What each future inside of a task waits for that is somebody's.
    fn edges(&self, now: &Moment<'_>, task: TaskId) -> Vec<Edge> {
        let mut edges = Vec::new();
        for leaf in now.leaves.of(task) {
            let Some(on) = leaf.left_with else { continue };
            for to in self.owners(now.trace, on).into_iter().filter(|&to| to.is_some()) {
                edges.push(Edge { from: task, to, leaf: leaf.clone(), on });
            }
        }
        edges
    }

    /// Whose a thing is.
    fn owners(&self, trace: &Trace, on: WakeSource) -> Vec<TaskId> {
        match on {
            WakeSource::Task(task) => vec![task],
            WakeSource::Source(source) => match trace.source(source).map(|s| s.kind) {
                Some(SourceKind::Mutex) => {
                    self.locked.iter().filter(|&&(m, ..)| m == source).map(|&(_, task, _)| task).collect()
                }
                _ => trace.holders.iter().filter(|&&(s, _)| s == source).map(|&(_, task)| task).collect(),
            },
            WakeSource::Timer(_) | WakeSource::Promise(_) | WakeSource::Outside => Vec::new(),
        }
    }

    fn deadlock(&self, now: &Moment<'_>, circle: &[Edge]) -> Finding {
        let mut proof: Vec<usize> = circle.iter().map(|e| e.leaf.entered).collect();
        let mutexes = circle.iter().filter_map(|e| self.locked.iter().find(|l| e.on == WakeSource::Source(l.0)));
        proof.extend(mutexes.map(|&(_, _, at)| at));
        sort_few(&mut proof, |&event| event);
        let link = |e: &Edge| Link {
            task: e.from.0,
            name: now.trace.task_name(e.from).to_owned(),
            on: Holder::of(now.trace, e.from, e.on),
            at: Place::of(now.trace, e.leaf.site),
            owner: e.to.0,
        };
        now.finding(&proof, Cause::Deadlock { links: circle.iter().map(link).collect() })
    }

    /// Why a task waits that is in no circle.
    fn riddle(&self, now: &Moment<'_>, task: TaskId, edges: &[Edge]) -> Option<Cause> {
        let at = Place::of(now.trace, now.state.task(task).site);
        let mut keepers = now.trace.keepers.iter().filter(|(of, _)| *of == task).peekable();
        if now.state.task(task).holders.is_empty()
            && keepers.peek().is_some()
            && keepers.all(|(_, keeper)| *keeper == task)
        {
            return Some(Cause::HeldByItself { task: task.0, at });
        }
        if edges.iter().any(|e| e.from == task) {
            // It waits for one who is stuck, too.
            return None;
        }
        let leaf = now.leaves.of(task).iter().find(|leaf| leaf.left_with.is_some())?;
        let on = Holder::of(now.trace, task, leaf.left_with?);
        Some(Cause::NobodyComes { task: task.0, on, at: Place::of(now.trace, leaf.site) })
    }
}

/// A way along the edges from a task back to it, if there is one: the first that is found, depth first.
fn circle_from(start: TaskId, edges: &[Edge]) -> Option<Vec<Edge>> {
    fn search(start: TaskId, at: TaskId, edges: &[Edge], way: &mut Vec<Edge>, seen: &mut Vec<TaskId>) -> bool {
        for edge in edges.iter().filter(|e| e.from == at) {
            way.push(edge.clone());
            if edge.to == start {
                return true;
            }
            if way.len() < LONGEST && !seen.contains(&edge.to) {
                seen.push(edge.to);
                if search(start, edge.to, edges, way, seen) {
                    return true;
                }
            }
            way.pop();
        }
        false
    }
    let mut way = Vec::new();
    search(start, start, edges, &mut way, &mut Vec::new()).then_some(way)
}
