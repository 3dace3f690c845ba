//! Facts of the whole run that make a beat worth telling: who was late and by how much, who kept the thread, how many
//! slept at once, what happened for the first time. They are taken note of event by event, while the run grows.
//!
//! A task is *due* at the deadline of the timer that wakes it, else at its wake, else when what it looked at last was
//! there, woken or not. Its next poll is *late* by what it stands behind that. A poll *holds* the thread for what it
//! computes. A task is *asleep* if it is pending and has not woken itself.

use super::beats::{Beat, BeatKind, Beats, is_own_wake};
use super::cast::{Cast, mix, without_digits};
use super::deeds::{Deed, Sight, is_odd, is_telling, placed};
use super::noted::{Noted, Record, RoleFacts, Task};
use super::out_of_turn::OutOfTurn;
use super::outcome::Tally;
use crate::sorting::sorted;
use crate::trace::event::{Change, Event, Outcome, WakeEffect, WakeSource};
use crate::trace::ids::{BlobId, TaskId};
use crate::trace::{Kind, Trace};
use std::collections::BTreeMap;

/// So many asleep at once are a crowd.
pub(super) const MANY: u32 = 5;

/// All facts of a run.
#[derive(Debug, Default)]
pub(in crate::view) struct Facts {
    beats: Beats,
    pub(super) noted: Vec<Noted>,
    now: Option<Noted>,
    woke_itself: bool,
    polled: TaskId,
    pub(super) cast: Cast,
    tasks: Vec<Task>,
    roles: Vec<RoleFacts>,
    /// Who has looked at a source and sleeps since.
    lookers: BTreeMap<u32, Vec<TaskId>>,
    asleep: u32,
    pub(super) polls: u32,
    pub(super) is_anybody_late: bool,
    /// Whether a timer woke anybody.
    pub(super) is_timed: bool,
    pub(super) latest: Record,
    pub(super) longest: Record,
    pub(super) crowd: Record,
    firsts: BTreeMap<Deed, u32>,
    texts: BTreeMap<u64, u32>,
    edges: BTreeMap<u64, u32>,
    bytes: BTreeMap<u16, BlobId>,
    sights: BTreeMap<u32, Sight>,
    /// Which task waits for a promise, by the promise's number.
    awaits: BTreeMap<u32, TaskId>,
    /// The last task that returned `Ready`.
    pub(super) last_ready: Option<u32>,
    pub(super) out_of_turn: OutOfTurn,
    pub(super) tally: Tally,
}

impl Facts {
    /// Takes note of event `i`, which is the next one.
    pub(in crate::view) fn follow(&mut self, trace: &Trace, i: usize, event: Event) {
        if let Some(ended) = self.beats.follow(trace, i, event) {
            self.close(trace, ended);
        }
        let now =
            self.now.get_or_insert_with(|| Noted::of(Beat { kind: BeatKind::Gap, task: TaskId::NONE, from: 0, to: 0 }));
        let beat = self.noted.len() as u32;
        let time = trace.time(i);
        let at = i as u32;
        match event {
            Event::Spawned { task } => {
                self.cast.spawned(trace.task_name(task));
                self.tasks.push(Task { is_inner: self.polled.is_some(), ..Task::default() });
                self.roles.resize(self.roles.len().max(self.cast.role(task) as usize + 1), RoleFacts::default());
            }
            Event::FoundEmpty { task, at } => {
                if let Some(known) = known(&mut self.tasks, task) {
                    known.sees = at;
                    self.lookers.entry(at.0).or_default().push(task);
                }
            }
            Event::Signalled { bell } => {
                for task in self.lookers.remove(&bell.0).unwrap_or_default() {
                    if let Some(known) = known(&mut self.tasks, task)
                        && known.is_asleep
                        && known.sees == bell
                    {
                        known.due.get_or_insert(time);
                    }
                }
            }
            Event::Woken { task, by, effect: WakeEffect::Queued } => {
                let there = match by {
                    WakeSource::Timer(timer) => trace.due(timer),
                    _ => time,
                };
                self.is_timed |= matches!(by, WakeSource::Timer(_));
                if let Some(known) = known(&mut self.tasks, task) {
                    known.due = Some(known.due.unwrap_or(time).min(there));
                    self.asleep -= u32::from(std::mem::take(&mut known.is_asleep));
                }
            }
            Event::PollStarted { task, .. } => {
                (self.polled, self.woke_itself) = (task, false);
                self.polls += 1;
                let role = self.cast.role(task);
                self.roles.get_mut(role as usize).map(|role| role.first_poll.get_or_insert(at));
                if let Some(known) = known(&mut self.tasks, task) {
                    now.due = known.due.take().unwrap_or(time);
                    now.late = time.saturating_sub(now.due);
                    self.asleep -= u32::from(std::mem::take(&mut known.is_asleep));
                }
                self.is_anybody_late |= now.late > 0;
                self.latest.set(now.late, beat);
            }
            Event::Changed { change: Change::Next, .. } => self.out_of_turn.follow(at),
            Event::ClockAdvanced { task, by, .. } if task.is_some() => {
                now.hold = now.hold.saturating_add(by);
                self.longest.set(now.hold, beat);
            }
            Event::Placed { .. } | Event::StateChanged { .. } => {}
            Event::PollEnded { task, outcome, .. } => {
                self.polled = TaskId::NONE;
                if outcome == Outcome::Pending {
                    if let Some(known) = known(&mut self.tasks, task)
                        && !self.woke_itself
                    {
                        self.asleep += u32::from(!std::mem::replace(&mut known.is_asleep, true));
                        self.crowd.set(u64::from(self.asleep.max(MANY - 1)), beat);
                    }
                } else {
                    self.over(task, at, beat, outcome == Outcome::Ready);
                }
            }
            Event::Dropped { task, .. } => {
                if !super::beats::is_bookkeeping(trace, event) {
                    self.over(task, at, beat, false);
                }
                if let Some(known) = known(&mut self.tasks, task) {
                    self.asleep -= u32::from(std::mem::take(&mut known.is_asleep));
                }
            }
            Event::CallEnded { task } => {
                if let Some(known) = known(&mut self.tasks, task) {
                    known.over = Some(at);
                }
            }
            _ => self.woke_itself |= is_own_wake(event, self.polled),
        }
        self.tally.follow(i, event);
        self.remember(trace, i, event);
    }

    /// What happened for the first time.
    fn remember(&mut self, trace: &Trace, i: usize, event: Event) {
        let at = i as u32;
        let mut sight = Sight::New;
        if let Some((place, bytes)) = placed(event) {
            let before = self.bytes.insert(place.0, bytes).unwrap_or(BlobId::NONE);
            sight = Sight::of(trace, before, bytes);
            if sight != Sight::New {
                self.sights.insert(at, sight);
            }
        }
        match event {
            Event::WakerHeld { task, by: WakeSource::Promise(promise) } => {
                self.awaits.insert(promise.0, task);
            }
            Event::Received { promise, .. } | Event::PromiseSettled { promise, .. }
                if self.awaits.get(&promise.0).is_some_and(|&task| self.over_at(task).is_some()) =>
            {
                sight = Sight::Unawaited;
                self.sights.insert(at, sight);
            }
            _ => {}
        }
        if is_telling(event, sight) || is_odd(event) {
            self.firsts.entry(Deed::of(event, sight)).or_insert(at);
        }
        match event {
            Event::Logged { text, .. } | Event::MacrotaskStarted { name: text } => {
                self.texts.entry(without_digits(trace.name(text))).or_insert(at);
            }
            Event::StateChanged { task, from, to, .. } if from != to => {
                self.edges.entry(edge(self.cast.role(task), from, to)).or_insert(at);
            }
            _ => {}
        }
    }

    fn over(&mut self, task: TaskId, at: u32, beat: u32, is_ready: bool) {
        if let Some(known) = known(&mut self.tasks, task) {
            known.over.get_or_insert(at);
        }
        if is_ready {
            self.last_ready = Some(at);
        }
        let role = self.cast.role(task) as usize;
        if let Some(role) = self.roles.get_mut(role) {
            if role.ends == 0 {
                role.first_end = beat;
            }
            (role.ends, role.last_end) = (role.ends + 1, beat);
            if is_ready {
                role.last_ready = Some(at);
            }
        }
    }

    /// The beat that was open has ended.
    fn close(&mut self, trace: &Trace, beat: Beat) {
        let noted = self.now.take().unwrap_or(Noted::of(beat));
        let mut noted = Noted { beat, ..noted };
        if noted.beat.notable(trace).next().is_some() {
            noted.signature = self.signature(trace, &noted);
            self.noted.push(noted);
        }
    }

    /// A beat of the run, as far as it is known, the open one among them, with its number in the records; those from before the
    /// first poll come first, and have none.
    pub(super) fn beat(&self, trace: &Trace, nth: usize) -> Option<(u32, Noted)> {
        let signed = |noted: Noted| Noted { signature: self.signature(trace, &noted), ..noted };
        let mut before = [self.beats.bells, self.beats.spawns].into_iter().flatten();
        let count = before.clone().count();
        let Some(i) = nth.checked_sub(count) else {
            return before.nth(nth).map(|beat| (u32::MAX, signed(Noted::of(beat))));
        };
        if let Some(&noted) = self.noted.get(i) {
            return Some((i as u32, noted));
        }
        let open = self.beats.open().filter(|_| i == self.noted.len())?;
        let open = Noted { beat: open, ..self.now.unwrap_or(Noted::of(open)) };
        open.beat.notable(trace).next().map(|_| (i as u32, signed(open)))
    }

    /// A number that beats have in common of which the same is to be told: of one kind and role, late or not, with the
    /// same events, whatever their number, their times and the numbers in their texts.
    pub(super) fn signature(&self, trace: &Trace, noted: &Noted) -> u64 {
        let beat = noted.beat;
        let mut items: Vec<u64> = beat.notable(trace).map(|(i, event)| self.sign(trace, beat, i, event)).collect();
        items = sorted(items);
        items.dedup();
        let head = [beat.kind as u64, u64::from(self.cast.role(beat.task)), u64::from(noted.late > 0)];
        head.into_iter().chain(items).fold(1, mix)
    }

    fn sign(&self, trace: &Trace, beat: Beat, i: usize, event: Event) -> u64 {
        let task = trace.columns.task(i);
        let who = if task == beat.task { 0 } else { u64::from(self.cast.role(task)) + 1 };
        let text = |id| without_digits(trace.name(id));
        let (by, more) = match event {
            Event::WakerHeld { task, by } | Event::WakerReleased { task, by } | Event::KeptForNobody { task, by } => {
                (Some((task, by)), 0)
            }
            Event::WakeLost { task, by } | Event::Woken { task, by, .. } => (Some((task, by)), 0),
            Event::FoundEmpty { at, .. } => (None, u64::from(at.0)),
            Event::Entered { future, site, .. } => (None, u64::from(future.0) << 32 | u64::from(site.0)),
            Event::Exited { future, .. } => (None, u64::from(future.0)),
            Event::PollEnded { site, .. } | Event::Line { site, .. } => (None, u64::from(site.0)),
            Event::Logged { text: id, .. } | Event::Panicked { message: id, .. } => (None, text(id)),
            Event::Refused { message, site } => (None, text(message) ^ u64::from(site.0) << 32),
            Event::StateChanged { from, to, .. } => (None, edge(0, from, to)),
            Event::Spawned { task } => (None, without_digits(trace.task_name(task))),
            Event::Placed { place, .. } | Event::Taken { place } => (None, u64::from(place.0)),
            Event::Moved { from, to, .. } | Event::Pinned { by: from, place: to, .. } => (None, edge(0, from.0, to.0)),
            Event::CallStarted { nth, .. } => (None, u64::from(nth)),
            Event::MacrotaskStarted { name } | Event::MicrotaskStarted { name } | Event::FrameStarted { name } => {
                (None, text(name))
            }
            Event::Reaction { name, .. } => (None, text(name)),
            Event::Aborted { promise } => (None, u64::from(promise.0)),
            Event::BellSet { .. } if beat.kind == BeatKind::Bells => (None, i as u64),
            Event::Created { future, .. } | Event::Begun { future, .. } | Event::Discarded { future, .. } => {
                (None, u64::from(future.0))
            }
            _ => (None, 0),
        };
        let by = by.map_or(0, |(task, by)| match by {
            WakeSource::Timer(_) => 1,
            WakeSource::Task(by) if by == task => 2,
            WakeSource::Task(by) => 8 + u64::from(self.cast.role(by)),
            WakeSource::Promise(_) => 3,
            WakeSource::Source(source) => 4 + trace.source(source).map_or(0, |source| source.kind as u64),
            WakeSource::Outside => 7,
        });
        [u64::from(Deed::of(event, self.sight(i)).0), who, by, more].into_iter().fold(0, mix)
    }

    /// What was new of the value that event `i` shows.
    pub(super) fn sight(&self, i: usize) -> Sight {
        self.sights.get(&(i as u32)).copied().unwrap_or_default()
    }

    /// Whether nothing was done like it before.
    pub(super) fn is_first(&self, i: usize, event: Event) -> bool {
        self.firsts.get(&Deed::of(event, self.sight(i))) == Some(&(i as u32))
    }

    /// Whether no line was written like it before, or no turn of the event loop had its name.
    pub(super) fn is_new_text(&self, trace: &Trace, i: usize, event: Event) -> bool {
        matches!(event, Event::Logged { text, .. } | Event::MacrotaskStarted { name: text } if self.texts.get(&without_digits(trace.name(text))) == Some(&(i as u32)))
    }

    /// Whether a machine had never gone that way before.
    pub(super) fn is_new_edge(&self, i: usize, event: Event) -> bool {
        matches!(event, Event::StateChanged { task, from, to, .. } if self.edges.get(&edge(self.cast.role(task), from, to)) == Some(&(i as u32)))
    }

    /// Whether a task spawned this one.
    pub(super) fn is_inner(&self, task: TaskId) -> bool {
        self.task(task).is_some_and(|task| task.is_inner)
    }

    /// The event with which a task was over.
    pub(super) fn over_at(&self, task: TaskId) -> Option<u32> {
        self.task(task)?.over
    }

    fn task(&self, task: TaskId) -> Option<&Task> {
        self.tasks.get(task.index().checked_sub(1)?)
    }

    /// What is known of a role.
    pub(super) fn role(&self, role: u32) -> RoleFacts {
        self.roles.get(role as usize).copied().unwrap_or_default()
    }
}

fn known(tasks: &mut [Task], task: TaskId) -> Option<&mut Task> {
    tasks.get_mut(task.index().checked_sub(1)?)
}

fn edge(role: u32, from: u16, to: u16) -> u64 {
    u64::from(role) << 32 | u64::from(from) << 16 | u64::from(to)
}

/// Whether an event ends a poll.
pub(super) fn ends_poll(event: Event) -> bool {
    event.kind() == Kind::PollEnded
}
