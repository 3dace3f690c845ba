//! The state of everything after some events: what replay folds events into.
//!
//! One event changes a bounded part of it, so that a step costs the same in a run of ten tasks and of ten
//! thousand.

use super::pack::Parts;
use super::tree::Tree;
use crate::trace::event::{DropReason, End, Event, Outcome, UNKNOWN_STATE, WakeEffect, WakeSource};
use crate::trace::ids::{BlobId, MachineId, NameId, PlaceId, PromiseId, SiteId, SourceId, TaskId, TimerId};
use crate::trace::{Snapshot, TaskKind, Trace};
use serde::Serialize;
use std::collections::VecDeque;
use std::mem::take;

/// What a task is doing. Each has one colour, one shape and one word on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// Never polled yet, and not enqueued.
    #[default]
    Spawned,
    /// In the ready queue.
    Ready,
    /// Being polled (or, for callbacks, being called).
    Running,
    /// Its last poll returned `Pending`.
    Pending,
    /// It returned `Ready`.
    Done,
    /// It was dropped before it was done.
    Cancelled,
    /// It panicked.
    Panicked,
}

/// What is known of one task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Task {
    /// What it is doing.
    pub state: TaskState,
    /// Polls begun (or calls).
    pub polls: u32,
    /// The line it runs or waits at.
    pub site: SiteId,
    /// Its bytes now.
    pub bytes: BlobId,
    /// Its bytes before the last change.
    pub was: BlobId,
    /// The state of its machine.
    pub machine_state: u16,
    /// Who holds its waker.
    pub holders: Vec<WakeSource>,
    /// Who woke it, since its last poll.
    pub woken_by: Option<WakeSource>,
    /// Clones of its waker that are alive.
    pub wakers: u32,
    /// The futures inside of it.
    pub tree: Tree,
    /// Whether something it awaited was ready in this poll.
    pub(super) progressed: bool,
}

/// Counts since the start of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Counters {
    /// Polls begun.
    pub polls: u32,
    /// Polls after a task's first that returned `Pending` while nothing of the prelude that they awaited was ready.
    pub wasted: u32,
    /// Wakes, coalesced ones included.
    pub wakes: u32,
    /// Wakes of a task that stood in the ready queue already.
    pub coalesced: u32,
    /// Allocations by the executor and the tasks; the recorder's own are left out.
    pub allocations: u32,
    /// Bytes of the futures that are alive now.
    pub bytes: u32,
    /// Tasks spawned.
    pub tasks: u32,
    /// Calls of callbacks.
    pub calls: u32,
    /// Microtasks that ran.
    pub microtasks: u32,
    /// Macrotasks that ran.
    pub macrotasks: u32,
    /// Moves of values.
    pub moves: u32,
    /// Bytes that moves copied.
    pub moved_bytes: u32,
}

/// A promise of a live run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Its number.
    pub id: PromiseId,
    /// Its name.
    pub name: NameId,
    /// How the scenario settled it, once it has.
    pub settled: Option<crate::trace::event::Settled>,
    /// Whether a reaction to it has run.
    pub reacted: bool,
}

/// The browser's side of a live run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Browser {
    /// What runs now, outermost first.
    pub stack: Vec<NameId>,
    /// Microtasks that were queued by the scenario or its driver, in order.
    pub microtasks: VecDeque<NameId>,
    /// Timeouts that were set, in order of setting, with the time at which each is due.
    pub macrotasks: Vec<(NameId, u64)>,
    /// Promises, in order of creation.
    pub promises: Vec<Promise>,
}

/// A slot of memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slot {
    /// The bytes in it.
    pub bytes: BlobId,
    /// Whether a value lives there; if not, the bytes are what it left behind.
    pub alive: bool,
    /// The bytes before that, of the same value in the same slot.
    pub was: BlobId,
}

/// The state of everything after the first `at` events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Events folded.
    pub at: usize,
    /// The time, in the trace's unit.
    pub time: u64,
    /// The task being polled or called.
    pub running: Option<TaskId>,
    /// Timers that are set, as (deadline, id, task), in that order.
    pub timers: Vec<(u64, TimerId, TaskId)>,
    /// Counts.
    pub counters: Counters,
    /// How often each state of a machine was entered.
    pub visits: Vec<((MachineId, u16), u32)>,
    /// How often each edge was taken.
    pub edges: Vec<((MachineId, u16, u16), u32)>,
    /// The edge taken last, and by whom.
    pub last_edge: Option<(MachineId, u16, u16, TaskId)>,
    /// The last snapshot of each state of a machine.
    pub seen: Vec<((MachineId, u16), BlobId)>,
    /// The browser's side.
    pub browser: Browser,
    /// Slots of memory, by number.
    pub slots: Vec<Slot>,
    /// The mutexes that are taken, and by whom.
    pub locked: Vec<(SourceId, TaskId)>,
    /// The line of a plain program that ran last.
    pub line: SiteId,
    /// How the run ended, once it has.
    pub end: Option<End>,
    /// The task whose bytes changed last.
    pub bytes_of: TaskId,
    /// The timer that is firing: it holds its waker until the event that follows.
    firing: Option<(TaskId, TimerId)>,
    ready: VecDeque<TaskId>,
    tasks: Vec<Task>,
}

impl State {
    /// The ready queue, front first.
    pub fn ready(&self) -> &VecDeque<TaskId> {
        &self.ready
    }

    /// Takes out what grows with the tasks.
    pub(super) fn take_parts(&mut self) -> Parts {
        Parts { tasks: take(&mut self.tasks), ready: take(&mut self.ready), timers: take(&mut self.timers) }
    }

    /// Puts it back.
    pub(super) fn put_parts(&mut self, Parts { tasks, ready, timers }: Parts) {
        (self.tasks, self.ready, self.timers) = (tasks, ready, timers);
    }

    /// The bytes of its other lists, which stay short.
    pub(super) fn heap(&self) -> usize {
        let browser = &self.browser;
        size_of_val(&*self.visits)
            + size_of_val(&*self.edges)
            + size_of_val(&*self.seen)
            + size_of_val(&*self.slots)
            + size_of_val(&*self.locked)
            + size_of_val(&*browser.promises)
            + size_of_val(&*browser.macrotasks)
            + size_of::<NameId>() * (browser.stack.len() + browser.microtasks.len())
    }

    /// All tasks, in spawn order.
    pub fn tasks(&self) -> &[Task] {
        &self.tasks
    }

    /// One task.
    pub fn task(&self, id: TaskId) -> &Task {
        &self.tasks[id.0 as usize - 1]
    }

    /// The bytes of a task before their last change, and now.
    pub fn snapshots<'t>(&self, trace: &'t Trace, id: TaskId) -> (Option<&'t Snapshot>, Option<&'t Snapshot>) {
        let task = self.task(id);
        (trace.snapshot(task.was), trace.snapshot(task.bytes))
    }

    fn task_mut(&mut self, id: TaskId) -> &mut Task {
        &mut self.tasks[id.0 as usize - 1]
    }

    /// Folds the next event of `trace` in.
    ///
    /// # Panics
    /// If there is none.
    pub fn apply(&mut self, trace: &Trace) {
        let event = trace.event(self.at);
        self.time = trace.time(self.at);
        self.at += 1;
        if let Some((task, timer)) = self.firing.take() {
            self.task_mut(task).holders.retain(|&h| h != WakeSource::Timer(timer));
        }
        match event {
            Event::Spawned { task } => self.spawned(trace, task),
            Event::Enqueued { task } => {
                self.ready.push_back(task);
                self.task_mut(task).state = TaskState::Ready;
            }
            Event::PollStarted { task, nth } => {
                // Not the front, where another policy chose.
                if let Some(at) = self.ready.iter().position(|&t| t == task) {
                    self.ready.remove(at);
                }
                self.running = Some(task);
                self.counters.polls += 1;
                let t = self.task_mut(task);
                t.state = TaskState::Running;
                t.polls = nth;
                t.woken_by = None;
                t.progressed = false;
                t.tree.begin();
            }
            Event::PollEnded { task, outcome, site } => self.poll_ended(task, outcome, site),
            Event::Entered { task, future, site, id } if task.is_some() => {
                let t = self.task_mut(task);
                t.tree.enter(id, future, site);
                if site.is_some() {
                    t.site = site;
                }
            }
            Event::Exited { task, outcome, .. } if task.is_some() => {
                let t = self.task_mut(task);
                t.tree.exit(outcome);
                t.progressed |= outcome == Outcome::Ready;
            }
            Event::StateChanged { task, from, to, bytes } => self.state_changed(trace, task, from, to, bytes),
            Event::WakerHeld { task, by } => self.held(task, by),
            Event::WakerReleased { task, by } => self.task_mut(task).holders.retain(|&h| h != by),
            Event::Woken { task, by, effect } => {
                self.counters.wakes += 1;
                self.counters.coalesced += u32::from(effect == WakeEffect::Coalesced);
                let t = self.task_mut(task);
                t.woken_by = Some(by);
                t.holders.retain(|&h| h != by);
            }
            Event::TimerSet { timer, task, .. } => {
                let deadline = trace.timers[timer.0 as usize - 1];
                let at = self.timers.partition_point(|&(d, t, _)| (d, t) < (deadline, timer));
                self.timers.insert(at, (deadline, timer, task));
                if task.is_some() {
                    self.held(task, WakeSource::Timer(timer));
                }
            }
            Event::TimerFired { timer, task } => {
                self.unset(trace, timer);
                self.firing = task.is_some().then_some((task, timer));
            }
            Event::TimerCancelled { timer, task } => {
                self.unset(trace, timer);
                if task.is_some() {
                    self.task_mut(task).holders.retain(|&h| h != WakeSource::Timer(timer));
                }
            }
            Event::Dropped { task, reason } => self.dropped(trace, task, reason),
            Event::Allocated { count, .. } => self.counters.allocations += count,
            Event::Logged { task, site, .. } | Event::ClockAdvanced { task, site, .. } => {
                if task.is_some() && site.is_some() {
                    self.task_mut(task).site = site;
                }
            }
            Event::Panicked { task, .. } => {
                if task.is_some() {
                    self.task_mut(task).state = TaskState::Panicked;
                }
            }
            Event::Ended { end } => {
                self.end = Some(end);
                self.running = None;
                self.line = SiteId::NONE;
            }
            Event::CallStarted { task, nth } => {
                self.running = Some(task);
                self.counters.calls += 1;
                let t = self.task_mut(task);
                t.state = TaskState::Running;
                t.polls = nth;
                t.holders.clear();
            }
            Event::CallEnded { task } => {
                self.running = None;
                let t = self.task_mut(task);
                t.state = if t.holders.is_empty() { TaskState::Done } else { TaskState::Pending };
            }
            Event::PromiseCreated { promise, name } => {
                self.browser.promises.push(Promise { id: promise, name, settled: None, reacted: false });
            }
            Event::PromiseSettled { promise, how, .. } => {
                if let Some(p) = self.browser.promises.iter_mut().find(|p| p.id == promise) {
                    p.settled = Some(how);
                }
            }
            Event::Reaction { promise, .. } => {
                if let Some(p) = self.browser.promises.iter_mut().find(|p| p.id == promise) {
                    p.reacted = true;
                }
            }
            Event::MicrotaskQueued { name } => self.browser.microtasks.push_back(name),
            Event::MicrotaskStarted { name } => {
                if let Some(i) = self.browser.microtasks.iter().position(|&n| n == name) {
                    self.browser.microtasks.remove(i);
                }
                self.browser.stack.push(name);
                self.counters.microtasks += 1;
            }
            Event::MacrotaskQueued { name, after } => {
                self.browser.macrotasks.push((name, self.time + u64::from(after) * trace.unit.per_ms()));
            }
            Event::MacrotaskStarted { name } => {
                if let Some(i) = self.browser.macrotasks.iter().position(|&(n, _)| n == name) {
                    self.browser.macrotasks.remove(i);
                }
                self.browser.stack.push(name);
                self.counters.macrotasks += 1;
            }
            Event::MicrotaskEnded { .. } | Event::MacrotaskEnded { .. } => {
                self.browser.stack.pop();
            }
            Event::Line { task, site } if task.is_some() => self.task_mut(task).site = site,
            Event::Line { site, .. } => self.line = site,
            Event::Placed { place, bytes } => {
                let was = self.slots.get(place.index()).filter(|s| s.alive).map_or(BlobId::NONE, |s| s.bytes);
                self.slot(place, Slot { bytes, alive: true, was });
            }
            Event::Taken { place } => {
                if let Some(slot) = self.slots.get_mut(place.index()) {
                    slot.alive = false;
                }
            }
            Event::Moved { to, bytes, .. } => {
                self.slot(to, Slot { bytes, alive: true, was: BlobId::NONE });
                self.counters.moves += 1;
                self.counters.moved_bytes += trace.places[to.index()].size;
            }
            Event::Entered { .. } | Event::Exited { .. } => {}
            Event::WakerCloned { task, count } | Event::WakerDropped { task, count } if task.is_some() => {
                self.task_mut(task).wakers = count;
            }
            Event::WakeLost { task, by } => self.task_mut(task).holders.retain(|&h| h != by),
            Event::WakerCloned { .. } | Event::WakerDropped { .. } | Event::Idle => {}
            Event::Rang { .. } | Event::Looked { .. } | Event::Changed { .. } => {}
            Event::Locked { task, mutex } => self.locked.push((mutex, task)),
            Event::Unlocked { mutex, .. } => self.locked.retain(|&(m, _)| m != mutex),
            Event::PolledAgain { .. } | Event::DroppedUnpolled { .. } => {}
        }
    }

    fn spawned(&mut self, trace: &Trace, task: TaskId) {
        let info = &trace.tasks[task.0 as usize - 1];
        self.counters.tasks += 1;
        self.counters.bytes += info.size;
        let has_machine = trace.machine(info.machine).is_some();
        if has_machine {
            *entry(&mut self.visits, (info.machine, 0)) += 1;
            *entry(&mut self.seen, (info.machine, 0)) = info.bytes;
        }
        self.tasks.push(Task {
            bytes: info.bytes,
            machine_state: if has_machine { 0 } else { UNKNOWN_STATE },
            state: if info.kind == TaskKind::Callbacks { TaskState::Pending } else { TaskState::Spawned },
            ..Task::default()
        });
    }

    fn poll_ended(&mut self, task: TaskId, outcome: Outcome, site: SiteId) {
        self.running = None;
        let t = self.task_mut(task);
        t.tree.end(outcome);
        let wasted = outcome == Outcome::Pending && t.polls > 1 && !t.progressed;
        match outcome {
            Outcome::Pending => {
                t.state = TaskState::Pending;
                if site.is_some() {
                    t.site = site;
                }
            }
            Outcome::Ready => {
                t.state = TaskState::Done;
                t.site = SiteId::NONE;
            }
            Outcome::Panicked => t.state = TaskState::Panicked,
        }
        self.counters.wasted += u32::from(wasted);
    }

    fn state_changed(&mut self, trace: &Trace, task: TaskId, from: u16, to: u16, bytes: BlobId) {
        let machine = trace.tasks[task.0 as usize - 1].machine;
        let t = self.task_mut(task);
        t.was = t.bytes;
        t.bytes = bytes;
        t.machine_state = to;
        self.bytes_of = task;
        *entry(&mut self.seen, (machine, to)) = bytes;
        if from != to {
            *entry(&mut self.visits, (machine, to)) += 1;
            *entry(&mut self.edges, (machine, from, to)) += 1;
            self.last_edge = Some((machine, from, to, task));
        }
    }

    fn unset(&mut self, trace: &Trace, timer: TimerId) {
        let deadline = trace.timers[timer.0 as usize - 1];
        let at = self.timers.partition_point(|&(d, t, _)| (d, t) < (deadline, timer));
        if self.timers.get(at).is_some_and(|&(_, t, _)| t == timer) {
            self.timers.remove(at);
        }
    }

    fn held(&mut self, task: TaskId, by: WakeSource) {
        let holders = &mut self.task_mut(task).holders;
        if !holders.contains(&by) {
            holders.push(by);
        }
    }

    fn dropped(&mut self, trace: &Trace, task: TaskId, reason: DropReason) {
        self.counters.bytes -= trace.tasks[task.0 as usize - 1].size;
        let t = self.task_mut(task);
        let was_ready = t.state == TaskState::Ready;
        if reason != DropReason::Completed {
            t.state = TaskState::Cancelled;
        }
        t.holders.clear();
        t.tree = Tree::default();
        t.site = SiteId::NONE;
        if was_ready {
            self.ready.retain(|&r| r != task);
        }
    }

    fn slot(&mut self, place: PlaceId, slot: Slot) {
        let i = place.index();
        if self.slots.len() <= i {
            self.slots.resize(i + 1, Slot::default());
        }
        self.slots[i] = slot;
    }
}

/// The value of `key` in a list that has a handful of them.
fn entry<K: PartialEq, V: Default>(list: &mut Vec<(K, V)>, key: K) -> &mut V {
    let at = list.iter().position(|(k, _)| *k == key).unwrap_or_else(|| {
        list.push((key, V::default()));
        list.len() - 1
    });
    &mut list[at].1
}

/// What a list holds for `key`.
pub(super) fn find<K: PartialEq, V: Copy>(list: &[(K, V)], key: K) -> Option<V> {
    list.iter().find(|(k, _)| *k == key).map(|&(_, v)| v)
}
