//! The futures inside of each task, with what the detectors need to know of each: who has the waker that it left, and whether
//! what it waits for has come.
//!
//! A *leaf* is a future that waits for something itself: it polled no other one that is pending. Names of futures mean nothing
//! here; what a future is to others, it has declared.

use crate::trace::event::{Event, Outcome, WakeSource};
use crate::trace::ids::{FutureId, FutureKindId, SiteId, SourceId, TaskId};
use crate::trace::{FutureRole, SourceKind, Trace};

/// What a future waited for has come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Came {
    pub(super) by: WakeSource,
    /// In which event, and when.
    pub(super) at: usize,
    pub(super) time: u64,
    /// Whether its task was woken by that.
    pub(super) woke: bool,
    /// Whether a poll of its task went by without one of this future.
    pub(super) passed: bool,
}

/// A future inside of a task, from its first poll until it was ready or is known to be dropped.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub(super) id: FutureId,
    pub(super) kind: FutureKindId,
    pub(super) role: FutureRole,
    /// Where it was made, if that is known.
    pub(super) made: SiteId,
    /// Where it is polled from: the await.
    pub(super) site: SiteId,
    /// When it was polled first, and last: the numbers of the events; and how often.
    pub(super) begun: usize,
    pub(super) entered: usize,
    pub(super) polls: u32,
    /// The futures around it that are not done, outermost first.
    pub(super) around: Vec<FutureId>,
    /// The line of its own code that asked for something last, and the same of this poll.
    asked: SiteId,
    asked_now: SiteId,
    /// The line that looked for something last.
    pub(super) looked_at: SiteId,
    /// Whether it looked for something in this poll, and found nothing.
    pub(super) found_empty: bool,
    /// The source of data that it found with nothing in this poll.
    pub(super) socket: Option<SourceId>,
    /// Who has the waker that it left, where that is said, since which event.
    pub(super) left_with: Option<WakeSource>,
    pub(super) left_at: usize,
    /// The bells that it left a waker with.
    pub(super) bells: Vec<SourceId>,
    /// When the timer is due that it gave to the driver of another runtime.
    pub(super) due: Option<u64>,
    /// Wakers that it cloned, and how many of them it is known where they are.
    pub(super) clones: u32,
    pub(super) kept: u32,
    /// Whether it cloned a waker that may still be there, or woke its task in this poll.
    touched: bool,
    /// Whether it was polled with a waker of another make than its task's, of which a trace knows nothing.
    pub(super) is_wrapped: bool,
    /// Whether one that it polled in this poll was pending, or any in any.
    inner_pending: bool,
    pub(super) has_inner: bool,
    /// Values that futures inside of it received from channels, with the last of them.
    pub(super) received: u32,
    pub(super) received_last: Option<(usize, SiteId)>,
    pub(super) came: Option<Came>,
    /// Its last poll ended without a waker anywhere, in this event.
    pub(super) forgot: Option<usize>,
    /// Whether one around it was ready in this poll, so that it may have been dropped with that.
    pub(super) let_go: bool,
}

impl Leaf {
    /// Whether it is to be polled again: somebody has a waker, or was given one.
    fn left_a_waker(&self) -> bool {
        self.inner_pending || self.touched || self.is_wrapped || self.left_with.is_some()
    }

    /// The line in its code that is to blame, if one is known; else the one that made it.
    pub(super) fn cause(&self) -> SiteId {
        let lines = [self.asked_now, self.asked, self.made];
        lines.into_iter().find(|line| line.is_some()).unwrap_or_default()
    }

    /// Whether a line of its own code is known.
    pub(super) fn asks(&self) -> bool {
        self.asked.is_some()
    }
}

/// The place of a future in a list that has one for each.
fn slot<T: Clone + Default>(list: &mut Vec<T>, id: FutureId) -> &mut T {
    let at = id.0 as usize;
    if list.len() <= at {
        list.resize(at + 1, T::default());
    }
    &mut list[at]
}

/// All of them, by task.
#[derive(Debug, Default)]
pub(super) struct Leaves {
    by_task: Vec<Vec<Leaf>>,
    /// By future: in which task it was polled last, and where it was made.
    task_of: Vec<TaskId>,
    births: Vec<SiteId>,
    /// By task: where it stood when its last poll ended.
    stood: Vec<SiteId>,
    /// Futures whose task is over: another task may have them.
    wandering: Vec<Leaf>,
    /// Those that are being polled, outermost first.
    open: Vec<FutureId>,
    /// Who looked last at each source that one at a time waits for.
    lookers: Vec<TaskId>,
    /// The one whose poll ended with this event.
    exited: Option<(Leaf, Outcome)>,
    /// The one that is polled once more with this event, as it was before.
    before: Option<Leaf>,
    /// The timer that fires: whether it wakes, the next event says.
    firing: Option<(TaskId, WakeSource)>,
}

impl Leaves {
    /// Those of a task.
    pub(super) fn of(&self, task: TaskId) -> &[Leaf] {
        self.by_task.get((task.0 as usize).wrapping_sub(1)).map_or(&[], Vec::as_slice)
    }

    /// Those of all tasks.
    pub(super) fn all(&self) -> impl Iterator<Item = (TaskId, &Leaf)> {
        let tasks = (1..).map(TaskId).zip(&self.by_task);
        tasks.flat_map(|(task, leaves)| leaves.iter().map(move |leaf| (task, leaf)))
    }

    /// The one whose poll ended with the event that was followed last.
    pub(super) fn exited(&self, outcome: Outcome) -> Option<&Leaf> {
        self.exited.as_ref().filter(|(_, how)| *how == outcome).map(|(leaf, _)| leaf)
    }

    /// The one that is polled once more with the event that was followed last, as it was before.
    pub(super) fn polled_again(&self) -> Option<&Leaf> {
        self.before.as_ref()
    }

    /// The innermost that is being polled.
    pub(super) fn innermost(&self, task: TaskId) -> Option<&Leaf> {
        let id = *self.open.last()?;
        self.of(task).iter().find(|leaf| leaf.id == id)
    }

    fn of_mut(&mut self, task: TaskId) -> &mut Vec<Leaf> {
        let at = (task.0 as usize).saturating_sub(1);
        if self.by_task.len() <= at {
            self.by_task.resize_with(at + 1, Vec::new);
        }
        &mut self.by_task[at]
    }

    fn innermost_mut(&mut self, task: TaskId) -> Option<&mut Leaf> {
        let id = *self.open.last()?;
        self.of_mut(task).iter_mut().find(|leaf| leaf.id == id)
    }

    /// Takes note of an event.
    pub(super) fn follow(&mut self, trace: &Trace, i: usize, event: Event) {
        (self.exited, self.before) = (None, None);
        let firing = self.firing.take();
        match event {
            Event::PollStarted { task, .. } => {
                self.open.clear();
                self.of_mut(task).iter_mut().for_each(|leaf| leaf.let_go = false);
            }
            Event::PollEnded { task, outcome: Outcome::Pending, .. } => {
                let all = self.of_mut(task);
                let entered: Vec<(FutureId, usize)> = all.iter().map(|leaf| (leaf.id, leaf.entered)).collect();
                for leaf in all {
                    // As long as a future around it is polled, that one decides when to poll it.
                    let decides = |at: usize| {
                        leaf.around.iter().any(|around| entered.iter().any(|&(id, when)| id == *around && when > at))
                    };
                    if let Some(came) = leaf.came.filter(|came| !decides(came.at)) {
                        leaf.came = Some(Came { passed: true, ..came });
                    }
                }
            }
            Event::Created { id, site, .. } if id.is_some() => *slot(&mut self.births, id) = site,
            Event::Entered { task, future, site, id } if task.is_some() => {
                self.entered(trace, i, task, future, site, id);
            }
            Event::Exited { task, outcome, .. } if task.is_some() => self.close(task, outcome, i),
            Event::TimerSet { timer, task, .. } if task.is_some() => self.left(task, WakeSource::Timer(timer), i),
            Event::WakerHeld { task, by } => self.left(task, by, i),
            Event::KeptForNobody { task, .. } | Event::Wrapped { task } => {
                if let Some(leaf) = self.innermost_mut(task) {
                    leaf.is_wrapped = true;
                }
            }
            Event::Asked { task, site } => {
                if let Some(leaf) = self.innermost_mut(task) {
                    (leaf.asked, leaf.asked_now) = (site, site);
                }
            }
            Event::FoundEmpty { task, at } => {
                let is_socket = trace.source(at).is_some_and(|source| source.kind == SourceKind::Socket);
                if let Some(leaf) = self.innermost_mut(task) {
                    leaf.found_empty = true;
                    leaf.looked_at = leaf.asked;
                    leaf.socket = if is_socket { Some(at) } else { leaf.socket };
                }
                // Many wait for a mutex or a driver at once.
                if trace.source(at).is_some_and(|s| !matches!(s.kind, SourceKind::Mutex | SourceKind::Driver)) {
                    self.moved_to(task, at);
                }
            }
            Event::Entrusted { task, after, .. } => {
                let due = trace.time(i).saturating_add(u64::from(after) * trace.unit.per_ms());
                if let Some(leaf) = self.innermost_mut(task) {
                    leaf.due = Some(due);
                }
            }
            Event::WakerCloned { task, .. } => {
                if let Some(leaf) = self.innermost_mut(task) {
                    leaf.touched = true;
                    leaf.clones += 1;
                }
            }
            Event::TimerFired { timer, task } if task.is_some() => {
                self.firing = Some((task, WakeSource::Timer(timer)));
                self.came(trace, i, task, WakeSource::Timer(timer), false);
            }
            // By whatever effect: its task is polled now, and will be polled again.
            Event::Woken { task, by: WakeSource::Task(by), .. } if by == task => {
                if let Some(leaf) = self.innermost_mut(task) {
                    leaf.touched = true;
                }
            }
            Event::Woken { task, by, .. } if firing == Some((task, by)) => {
                let woken = self.of_mut(task).iter_mut().filter_map(|leaf| leaf.came.as_mut());
                woken.filter(|came| came.by == by).for_each(|came| came.woke = true);
            }
            Event::Woken { task, by, .. } => self.came(trace, i, task, by, true),
            // The future that waited there is gone.
            Event::TimerCancelled { timer, task } if task.is_some() => {
                self.of_mut(task).retain(|leaf| leaf.left_with != Some(WakeSource::Timer(timer)));
            }
            // Unless it takes its own waker back, because it has what it waited for.
            Event::WakerReleased { task, by } => {
                let open = std::mem::take(&mut self.open);
                let is_gone = |leaf: &Leaf| leaf.left_with == Some(by) && !leaf.has_inner && !open.contains(&leaf.id);
                self.of_mut(task).retain(|leaf| !is_gone(leaf));
                self.open = open;
            }
            _ => {}
        }
    }

    /// Where a task stood when its last poll ended, if that is known.
    pub(super) fn stood(&self, task: TaskId) -> SiteId {
        self.stood.get(task.0 as usize).copied().unwrap_or_default()
    }

    /// After all detectors have looked at the event.
    pub(super) fn finish(&mut self, event: Event) {
        if let Event::PollEnded { task, site, .. } = event {
            self.stood.resize(self.stood.len().max(task.0 as usize + 1), SiteId::NONE);
            self.stood[task.0 as usize] = site;
        }
        if let Event::PollEnded { task, outcome: Outcome::Ready | Outcome::Panicked, .. }
        | Event::Dropped { task, .. } = event
        {
            let left = std::mem::take(self.of_mut(task));
            self.wandering.extend(left.into_iter().filter(|leaf| leaf.role == FutureRole::Watched));
        }
    }

    fn left(&mut self, task: TaskId, by: WakeSource, i: usize) {
        if let Some(leaf) = self.innermost_mut(task) {
            (leaf.left_with, leaf.left_at) = (Some(by), i);
            leaf.kept += 1;
            if let WakeSource::Source(source) = by {
                leaf.bells.push(source);
            }
        }
    }

    /// What futures wait for that left a waker there has come; the waker is used up with it.
    fn came(&mut self, trace: &Trace, at: usize, task: TaskId, by: WakeSource, woke: bool) {
        let time = trace.time(at);
        for leaf in self.of_mut(task).iter_mut().filter(|leaf| leaf.left_with == Some(by)) {
            leaf.came = Some(Came { by, at, time, woke, passed: false });
            (leaf.left_with, leaf.touched) = (None, false);
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
            self.of_mut(before).retain(|leaf| leaf.left_with != Some(WakeSource::Source(source)));
        }
    }

    fn entered(&mut self, trace: &Trace, i: usize, task: TaskId, kind: FutureKindId, site: SiteId, id: FutureId) {
        if let Some(parent) = self.innermost_mut(task) {
            parent.has_inner = true;
            // A line of its own code polls that one.
            if site.is_some() && site != parent.site {
                (parent.asked, parent.asked_now) = (site, site);
            }
        }
        let around = self.open.clone();
        let before = std::mem::replace(slot(&mut self.task_of, id), task);
        let made = *slot(&mut self.births, id);
        let is_it = |leaf: &mut Leaf| leaf.id == id;
        let known = if before.is_some() {
            let here = self.of_mut(before).extract_if(.., is_it).next();
            here.or_else(|| self.wandering.extract_if(.., is_it).next())
        } else {
            None
        };
        let role = trace.future_kind(kind).map_or(FutureRole::Leaf, |kind| kind.role);
        let mut leaf = known.clone().unwrap_or(Leaf {
            id,
            kind,
            role,
            made,
            site,
            begun: i,
            entered: i,
            polls: 0,
            around: Vec::new(),
            asked: SiteId::NONE,
            asked_now: SiteId::NONE,
            looked_at: SiteId::NONE,
            found_empty: false,
            socket: None,
            left_with: None,
            left_at: 0,
            bells: Vec::new(),
            due: None,
            clones: 0,
            kept: 0,
            touched: false,
            is_wrapped: false,
            inner_pending: false,
            has_inner: false,
            received: 0,
            received_last: None,
            came: None,
            forgot: None,
            let_go: false,
        });
        if before != task {
            // The waker that it left is another task's.
            (leaf.left_with, leaf.touched) = (None, false);
        }
        (leaf.site, leaf.entered, leaf.around) = (site, i, around);
        leaf.polls += 1;
        (leaf.asked_now, leaf.found_empty, leaf.socket, leaf.inner_pending) = (SiteId::NONE, false, None, false);
        (leaf.came, leaf.forgot, leaf.let_go, leaf.is_wrapped) = (None, None, false, false);
        self.of_mut(task).push(leaf);
        self.open.push(id);
        self.before = known;
    }

    fn close(&mut self, task: TaskId, outcome: Outcome, i: usize) {
        let Some(id) = self.open.pop() else { return };
        let open = self.open.clone();
        let all = self.of_mut(task);
        let Some(at) = all.iter().position(|leaf| leaf.id == id) else { return };
        if outcome != Outcome::Ready {
            all[at].forgot = (!all[at].left_a_waker()).then_some(i);
            let leaf = all[at].clone();
            if let Some(parent) = self.innermost_mut(task) {
                parent.inner_pending = true;
            }
            self.exited = Some((leaf, outcome));
            return;
        }
        let leaf = all.remove(at);
        for other in all.iter_mut().filter(|other| other.around.contains(&id)) {
            other.around.retain(|&f| f != id);
            other.let_go = true;
        }
        if leaf.role == FutureRole::Channel {
            for around in all.iter_mut().filter(|around| open.contains(&around.id)) {
                around.received += 1;
                around.received_last = Some((i, leaf.site));
            }
        }
        self.exited = Some((leaf, outcome));
    }
}
