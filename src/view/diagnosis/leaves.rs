//! The futures inside of each task, with what the detectors need to know of each: who has the waker that it left.

use crate::trace::event::{Event, Outcome, WakeEffect, WakeSource};
use crate::trace::ids::{FutureId, FutureKindId, SiteId, SourceId, TaskId};
use crate::trace::{SourceKind, Trace};

/// A future inside of a task, from its first poll until it was ready or is known to be dropped.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub(super) id: FutureId,
    pub(super) kind: FutureKindId,
    pub(super) site: SiteId,
    /// When it was polled last: the number of the event.
    pub(super) entered: usize,
    /// The futures around it that are not done, outermost first.
    pub(super) around: Vec<FutureId>,
    /// Who has the waker that it left, where that is said.
    pub(super) left_with: Option<WakeSource>,
    /// Whether it cloned the waker, or woke its task, in its last poll.
    touched: bool,
    /// Whether it polled others: then it is no leaf.
    has_inner: bool,
    /// Who brought what it waited for since its last poll, in which event.
    pub(super) came: Option<(WakeSource, usize)>,
    /// Whether one around it was ready in this poll, so that it may have been dropped with that.
    pub(super) let_go: bool,
}

impl Leaf {
    /// Whether it is to be polled again: somebody has a waker, or was given one in the last poll.
    pub(super) fn left_a_waker(&self) -> bool {
        self.has_inner || self.touched || self.left_with.is_some()
    }
}

/// All of them, by task.
#[derive(Debug, Default)]
pub(super) struct Leaves {
    by_task: Vec<Vec<Leaf>>,
    /// Those that are being polled, outermost first.
    open: Vec<FutureId>,
    /// Who looked last at each source that one at a time waits for.
    lookers: Vec<TaskId>,
    /// The one whose poll ended with this event.
    exited: Option<Leaf>,
}

impl Leaves {
    /// Those of a task.
    pub(super) fn of(&self, task: TaskId) -> &[Leaf] {
        self.by_task.get((task.0 as usize).wrapping_sub(1)).map_or(&[], Vec::as_slice)
    }

    /// The one whose poll ended, pending, with the event that was followed last.
    pub(super) fn exited(&self) -> Option<&Leaf> {
        self.exited.as_ref()
    }

    fn all(&mut self, task: TaskId) -> &mut Vec<Leaf> {
        let at = (task.0 as usize).saturating_sub(1);
        if self.by_task.len() <= at {
            self.by_task.resize_with(at + 1, Vec::new);
        }
        &mut self.by_task[at]
    }

    /// The innermost that is being polled.
    fn innermost(&mut self, task: TaskId) -> Option<&mut Leaf> {
        let id = *self.open.last()?;
        self.all(task).iter_mut().find(|leaf| leaf.id == id)
    }

    /// Takes note of an event.
    pub(super) fn follow(&mut self, trace: &Trace, i: usize, event: Event) {
        self.exited = None;
        match event {
            Event::PollStarted { task, .. } => {
                self.open.clear();
                self.all(task).iter_mut().for_each(|leaf| leaf.let_go = false);
            }
            Event::Entered { task, future, site, id } if task.is_some() => self.entered(i, task, future, site, id),
            Event::Exited { task, outcome, .. } if task.is_some() => self.close(task, outcome),
            Event::TimerSet { timer, task, .. } if task.is_some() => {
                if let Some(leaf) = self.innermost(task) {
                    leaf.left_with = Some(WakeSource::Timer(timer));
                }
            }
            Event::WakerHeld { task, by } => {
                if let Some(leaf) = self.innermost(task) {
                    leaf.left_with = Some(by);
                }
            }
            Event::WakerCloned { task, .. } => self.touch(task),
            Event::Woken { task, by: WakeSource::Task(by), effect: WakeEffect::DuringPoll } if by == task => {
                self.touch(task);
            }
            Event::Woken { task, by, .. } => {
                for leaf in self.all(task).iter_mut().filter(|leaf| leaf.left_with == Some(by)) {
                    leaf.came = Some((by, i));
                    leaf.left_with = None;
                }
            }
            Event::FoundEmpty { task, at } if trace.source(at).is_some_and(|s| s.kind != SourceKind::Mutex) => {
                self.moved_to(task, at);
            }
            // The future that waited there is gone.
            Event::TimerCancelled { timer, task } if task.is_some() => {
                self.all(task).retain(|leaf| leaf.left_with != Some(WakeSource::Timer(timer)));
            }
            // Unless it takes its own waker back, because it has what it waited for.
            Event::WakerReleased { task, by } => {
                let open = std::mem::take(&mut self.open);
                self.all(task).retain(|leaf| leaf.left_with != Some(by) || leaf.has_inner || open.contains(&leaf.id));
                self.open = open;
            }
            _ => {}
        }
    }

    /// After all detectors have looked at the event.
    pub(super) fn finish(&mut self, event: Event) {
        if let Event::PollEnded { task, outcome: Outcome::Ready | Outcome::Panicked, .. }
        | Event::Dropped { task, .. } = event
        {
            self.all(task).clear();
        }
    }

    /// A task looks at a source that one at a time waits for: if another one did, its future is this task's now.
    fn moved_to(&mut self, task: TaskId, source: SourceId) {
        let at = source.0 as usize;
        if self.lookers.len() <= at {
            self.lookers.resize(at + 1, TaskId::NONE);
        }
        let before = std::mem::replace(&mut self.lookers[at], task);
        if before.is_some() && before != task {
            self.all(before).retain(|leaf| leaf.left_with != Some(WakeSource::Source(source)));
        }
    }

    fn touch(&mut self, task: TaskId) {
        if let Some(leaf) = self.innermost(task) {
            leaf.touched = true;
        }
    }

    fn entered(&mut self, i: usize, task: TaskId, kind: FutureKindId, site: SiteId, id: FutureId) {
        if let Some(parent) = self.innermost(task) {
            parent.has_inner = true;
        }
        let around = self.open.clone();
        let all = self.all(task);
        let left_with = all.iter().find(|leaf| leaf.id == id).and_then(|leaf| leaf.left_with);
        all.retain(|leaf| leaf.id != id);
        let (touched, has_inner, came, let_go) = (false, false, None, false);
        all.push(Leaf { id, kind, site, entered: i, around, left_with, touched, has_inner, came, let_go });
        self.open.push(id);
    }

    fn close(&mut self, task: TaskId, outcome: Outcome) {
        let Some(id) = self.open.pop() else { return };
        let all = self.all(task);
        if outcome != Outcome::Ready {
            self.exited = all.iter().find(|leaf| leaf.id == id).cloned();
            return;
        }
        all.retain(|leaf| leaf.id != id);
        for leaf in all.iter_mut().filter(|leaf| leaf.around.contains(&id)) {
            leaf.around.retain(|&f| f != id);
            leaf.let_go = true;
        }
    }
}
