//! A run that is stuck, or was cut off: who waits for whom, and the cycles among them.

use super::finding::CycleLink;
use super::leaves::Leaf;
use super::{Cause, Finding, Moment};
use crate::sorting::insertion_sort;
use crate::trace::SourceKind;
use crate::trace::event::{End, Event, WakeSource};
use crate::trace::ids::{SourceId, TaskId};
use crate::view::description::{Holder, Place};
use crate::view::life::TaskState;

/// So many of the tasks that are stuck are looked at.
const MOST_TASKS: usize = 1000;
/// A lock is taken at most so many events after its future was entered: wakers are let go between.
const MOST_BEFORE: usize = 8;
/// The longest cycle that is looked for.
const LONGEST: usize = 32;

/// A task waits for something that another one has.
#[derive(Clone)]
struct Edge {
    from: TaskId,
    to: TaskId,
    leaf: Leaf,
    on: WakeSource,
}

/// Why the tasks wait that are left at the end of a run, besides what was `found` before.
pub(super) fn stuck(now: &Moment<'_>, found: &[Finding]) -> Vec<Finding> {
    let waiting = |t: &TaskId| now.state.task(*t).state == TaskState::Pending;
    let all = (1..=now.state.tasks().len() as u32).map(TaskId);
    let tasks: Vec<TaskId> = all.filter(waiting).take(MOST_TASKS).collect();
    // A run that was cut off might have gone on: there a task waits for good only for what it waits for alone.
    let is_stuck = matches!(now.event, Event::Ended { end: End::Deadlock(_) });
    let for_good = |task: &&TaskId| is_stuck || now.waits_for_one(**task);
    let edges: Vec<Edge> = tasks.iter().filter(for_good).flat_map(|&task| now.edges(task)).collect();
    let (mut in_cycles, mut new) = (Vec::new(), Vec::new());
    for &task in &tasks {
        if in_cycles.contains(&task) || found.len() + new.len() >= super::MOST {
            continue;
        }
        if let Some(cycle) = cycle_from(task, &edges) {
            in_cycles.extend(cycle.iter().map(|e| e.from));
            new.push(now.deadlock(&cycle));
        }
    }
    if !is_stuck {
        return new;
    }
    // A task that was explained when it went to sleep, or is in a cycle, needs no other explanation.
    for &task in tasks.iter().filter(|t| !in_cycles.contains(t)) {
        let is_explained = found.iter().any(|f| match f.cause {
            Cause::NoWaker { task: t, .. }
            | Cause::StaleWaker { task: t, .. }
            | Cause::WakeLost { task: t, .. }
            | Cause::WakerGone { task: t, .. }
            | Cause::Futurelock { task: t, .. } => t == task.0,
            _ => false,
        });
        if !is_explained {
            new.extend(now.unexplained(task, &edges, found));
        }
    }
    new
}

impl Moment<'_> {
    /// Whether a task waits at one place, and nobody else has a waker of it.
    fn waits_for_one(&self, task: TaskId) -> bool {
        let holders = &self.state.task(task).holders;
        let left = self.leaves.of(task).iter().filter_map(|leaf| leaf.left_with);
        holders.len() == 1 && left.eq(holders.iter().copied())
    }

    /// What each future inside of a task waits for that is somebody's.
    fn edges(&self, task: TaskId) -> Vec<Edge> {
        let mut edges = Vec::new();
        for leaf in self.leaves.of(task) {
            let Some(on) = leaf.left_with else { continue };
            for to in self.holders(on).into_iter().filter(|&to| to.is_some()) {
                edges.push(Edge { from: task, to, leaf: leaf.clone(), on });
            }
        }
        edges
    }

    /// Who has a thing that others wait for.
    fn holders(&self, on: WakeSource) -> Vec<TaskId> {
        match on {
            WakeSource::Task(task) => vec![task],
            WakeSource::Source(source) => {
                let of_source = self.trace.holders.iter().filter(|&&(s, _)| s == source);
                let mut seen: Vec<TaskId> = of_source.map(|&(_, task)| task).collect();
                // Who took a mutex may have handed its guard on; where nobody was seen to drop it, it has it still.
                if seen.is_empty() && self.trace.source(source).is_some_and(|s| s.kind == SourceKind::Mutex) {
                    seen.extend(self.state.locked.iter().filter(|l| l.mutex == source).map(|l| l.holder));
                }
                seen
            }
            WakeSource::Timer(_) | WakeSource::Promise(_) | WakeSource::Outside => Vec::new(),
        }
    }

    fn deadlock(&self, cycle: &[Edge]) -> Finding {
        let mut proof: Vec<usize> = cycle.iter().map(|e| e.leaf.entered).collect();
        let locks = self.state.locked.iter();
        let locks = locks.filter(|lock| cycle.iter().any(|e| e.on == WakeSource::Source(lock.mutex)));
        proof.extend(locks.map(|lock| lock.since));
        insertion_sort(&mut proof, |&event| event);
        let link = |e: &Edge| CycleLink {
            task: e.from.0,
            name: self.trace.task_name(e.from).to_owned(),
            on: Holder::of(self.trace, e.from, e.on),
            at: Place::of(self.trace, e.leaf.site),
            holder: e.to.0,
            taken: self.taken_at(e.on),
        };
        let finding = self.finding(&proof, Cause::Deadlock { links: cycle.iter().map(link).collect() });
        let waits =
            |task: TaskId| cycle.iter().find(|e| e.from == task).and_then(|e| Place::of(self.trace, e.leaf.site));
        // Who waits with a guard is to blame: the line that took it, and the await that it is held over.
        match cycle.iter().find_map(|e| Some((self.taken_at(e.on)?, e.to))) {
            Some((taken, holder)) => finding.at(Some(taken)).awaited(waits(holder)),
            None => finding.at(cycle.first().and_then(|edge| Place::of(self.trace, edge.leaf.site))),
        }
    }

    /// The line at which a mutex was taken.
    fn taken_at(&self, on: WakeSource) -> Option<Place> {
        let lock = self.state.locked.iter().find(|lock| WakeSource::Source(lock.mutex) == on)?;
        // The future that took it was entered right before, or the line asked for it.
        let mut before = (0..lock.since).rev().take(MOST_BEFORE).map(|i| self.trace.event(i));
        let entered = before.find_map(|event| match event {
            Event::Entered { task, site, .. } | Event::Asked { task, site } if task == lock.holder => Some(site),
            _ => None,
        });
        Place::of(self.trace, entered?)
    }

    /// A lock that a task asked for right before this event, in vain: the line at which the one that has it took it, and the
    /// line that asked.
    pub(super) fn refused(&self, task: TaskId) -> Option<(Place, Option<Place>)> {
        let mut before = (0..self.i).rev().take(MOST_BEFORE).map(|i| self.trace.event(i));
        let on = before.find_map(|event| match event {
            Event::FoundEmpty { task: of, at } if of == task => Some(WakeSource::Source(at)),
            _ => None,
        })?;
        let asked = before.find_map(|event| match event {
            Event::Asked { task: of, site } if of == task => Some(site),
            _ => None,
        });
        Some((self.taken_at(on)?, asked.and_then(|site| Place::of(self.trace, site))))
    }

    /// Why a task waits that is in no cycle.
    fn unexplained(&self, task: TaskId, edges: &[Edge], found: &[Finding]) -> Option<Finding> {
        let mut keepers = self.trace.keepers.iter().filter(|(of, _)| *of == task).peekable();
        if self.state.task(task).holders.is_empty()
            && keepers.peek().is_some()
            && keepers.all(|(_, keeper)| *keeper == task)
        {
            let culprit = self.leaves.of(task).iter().rfind(|leaf| !leaf.has_inner && leaf.left_with.is_none());
            let future = culprit.map(|leaf| self.future(leaf)).unwrap_or_default();
            let cause = Cause::HeldByItself { task: task.0, future };
            return Some(match culprit {
                Some(leaf) => self.finding_of(leaf, &[leaf.entered], cause),
                None => self.finding(&[], cause).awaited(Place::of(self.trace, self.leaves.stood(task))),
            });
        }
        if edges.iter().any(|e| e.from == task) {
            // It waits for a task that is stuck as well.
            return None;
        }
        let leaf = self.leaves.of(task).iter().find(|leaf| leaf.left_with.is_some())?;
        let on = Holder::of(self.trace, task, leaf.left_with?);
        // Of a line that does not move, the first explains the others.
        if found.iter().any(|f| matches!(&f.cause, Cause::Futurelock { on: of, .. } if *of == on)) {
            return None;
        }
        let known = self.signalled_before(leaf, task, &on).or_else(|| self.undriven(leaf, task, &on));
        let known = known.or_else(|| self.undriven_socket(leaf, task, &on)).or_else(|| self.unread(leaf, task));
        // What a driver keeps wakers for is what is waited for, where that is known.
        let on =
            leaf.socket.filter(|_| self.driver(leaf).is_some()).map_or(on, |socket| Holder::thing(self.trace, socket));
        known.or_else(|| Some(self.finding_of(leaf, &[leaf.left_at], Cause::NobodyComes { task: task.0, on })))
    }

    /// A timer lies in the driver of another runtime. Where that driver was turned after the timer was due, it is not for that.
    fn undriven(&self, leaf: &Leaf, task: TaskId, on: &Holder) -> Option<Finding> {
        let (Some(WakeSource::Source(source)), Some(due)) = (leaf.left_with, leaf.due) else { return None };
        let turned = self.turned_last(source);
        if turned.is_some_and(|i| i > leaf.left_at && self.trace.time(i) >= due) {
            return None;
        }
        let ms = |time| self.trace.unit.to_ms(time);
        let cause = Cause::Undriven {
            task: task.0,
            future: self.future(leaf),
            on: on.clone(),
            due: ms(due),
            was_turned: turned.is_some(),
            turned: turned.map_or(0.0, |i| ms(self.trace.time(i))),
        };
        // No line of the future is to blame: it waits where nobody comes.
        Some(self.finding_at(leaf.site, &[leaf.left_at], cause))
    }

    /// The driver of another runtime that a future left its waker with.
    fn driver(&self, leaf: &Leaf) -> Option<SourceId> {
        let Some(WakeSource::Source(source)) = leaf.left_with else { return None };
        self.trace.source(source).is_some_and(|source| source.kind == SourceKind::Driver).then_some(source)
    }

    /// The event in which that driver was turned last.
    fn turned_last(&self, driver: SourceId) -> Option<usize> {
        let is_turn = |&i: &usize| matches!(self.trace.event(i), Event::Turned { driver: of, .. } if of == driver);
        (0..self.i).rev().find(is_turn)
    }

    /// The waker lies in the driver of another runtime for a source that the future found with nothing: something came there, and
    /// that driver was not turned since. Where nothing came, or what came is read, it is not for that.
    fn undriven_socket(&self, leaf: &Leaf, task: TaskId, on: &Holder) -> Option<Finding> {
        let driver = self.driver(leaf)?;
        let socket = leaf.socket?;
        let turned = self.turned_last(driver);
        let (mut bytes, mut came) = (0_u32, None);
        for i in 0..self.i {
            match self.trace.event(i) {
                Event::Arrived { source, bytes: more } if source == socket => {
                    bytes = bytes.saturating_add(more);
                    came = came.or(turned.is_none_or(|turned| i > turned).then_some(i));
                }
                Event::Drained { source, bytes: less, .. } if source == socket => bytes = bytes.saturating_sub(less),
                _ => {}
            }
        }
        let came = came.filter(|_| bytes > 0)?;
        let ms = |i: usize| self.trace.unit.to_ms(self.trace.time(i));
        let cause = Cause::UndrivenSocket {
            task: task.0,
            future: self.future(leaf),
            on: on.clone(),
            socket: self.trace.source(socket)?.nth,
            came: ms(came),
            bytes,
            was_turned: turned.is_some(),
            turned: turned.map_or(0.0, ms),
        };
        let proof = [leaf.left_at.min(came), leaf.left_at.max(came)];
        // As of a timer: no line of the future is to blame.
        Some(self.finding_at(leaf.site, &proof, cause))
    }

    /// A source of data was reported ready before the waker was left, and has something that nobody reads.
    fn unread(&self, leaf: &Leaf, task: TaskId) -> Option<Finding> {
        let Some(WakeSource::Source(left)) = leaf.left_with else { return None };
        // A driver keeps wakers for all of its sources.
        let source = self.driver(leaf).map_or(Some(left), |_| leaf.socket)?;
        let (mut bytes, mut looked, mut reported, mut read) = (0_u32, None, None, None);
        for i in 0..leaf.left_at {
            match self.trace.event(i) {
                Event::Arrived { source: of, bytes: more } if of == source => bytes = bytes.saturating_add(more),
                Event::FoundEmpty { at, .. } if at == source && reported.is_none() => looked = Some(i),
                Event::Reported { source: of } if of == source => (reported, read) = (Some(i), None),
                Event::Drained { source: of, bytes: less, site, .. } if of == source => {
                    bytes = bytes.saturating_sub(less);
                    read = Some((i, site));
                }
                _ => {}
            }
        }
        let reported = reported.filter(|_| bytes > 0)?;
        let since = self.trace.unit.to_ms(self.trace.time(reported));
        let (task, future, on) = (task.0, self.future(leaf), Holder::thing(self.trace, source));
        Some(match read {
            Some((i, site)) => {
                let proof = [reported, i, leaf.left_at];
                let finding = self.finding_at(site, &proof, Cause::ReadTooLittle { task, future, on, since, bytes });
                finding.awaited(Place::of(self.trace, leaf.site))
            }
            None => {
                let mut proof: Vec<usize> = looked.into_iter().collect();
                proof.extend([reported, leaf.left_at]);
                self.finding_at(leaf.site, &proof, Cause::ReadinessMissed { task, future, on, since, bytes })
            }
        })
    }

    /// A waker was left with a bell that had rung: where it was looked, that was before the ring.
    fn signalled_before(&self, leaf: &Leaf, task: TaskId, on: &Holder) -> Option<Finding> {
        let Some(WakeSource::Source(source)) = leaf.left_with else { return None };
        let mut before = (0..leaf.left_at).rev();
        let signalled = before.find(|&i| matches!(self.trace.event(i), Event::Signalled { bell } if bell == source))?;
        let is_look = |&i: &usize| matches!(self.trace.event(i), Event::FoundEmpty { at, .. } if at == source);
        let mut proof: Vec<usize> = before.find(is_look).into_iter().collect();
        proof.extend([signalled, leaf.left_at]);
        let ms = self.trace.unit.to_ms(self.trace.time(signalled));
        let cause = Cause::SignalledBeforeWaker { task: task.0, on: on.clone(), signalled: ms };
        let finding = self.finding_at(leaf.cause(), &proof, cause);
        Some(finding.awaited(Place::of(self.trace, leaf.site)))
    }
}

/// A path along the edges from a task back to it, if there is one: the first that is found, depth first.
fn cycle_from(start: TaskId, edges: &[Edge]) -> Option<Vec<Edge>> {
    fn search(start: TaskId, at: TaskId, edges: &[Edge], path: &mut Vec<Edge>, seen: &mut Vec<TaskId>) -> bool {
        for edge in edges.iter().filter(|e| e.from == at) {
            path.push(edge.clone());
            if edge.to == start {
                return true;
            }
            if path.len() < LONGEST && !seen.contains(&edge.to) {
                seen.push(edge.to);
                if search(start, edge.to, edges, path, seen) {
                    return true;
                }
            }
            path.pop();
        }
        false
    }
    let mut path = Vec::new();
    search(start, start, edges, &mut path, &mut Vec::new()).then_some(path)
}
