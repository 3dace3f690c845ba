//! Folding: what each event does to the state.

use super::counters::count;
use super::{Lock, State, Task};
use crate::trace::event::{Event, Outcome, WakeEffect, WakeSource};
use crate::trace::ids::{BlobId, SiteId, TaskId, TimerId};
use crate::trace::{TaskKind, Trace};
use crate::view::life::TaskState;

impl State {
    /// Folds the next event of `trace` in, and gives it.
    ///
    /// # Panics
    /// If there is none.
    pub fn apply(&mut self, trace: &Trace) -> Event {
        let event = trace.event(self.at);
        self.time = trace.time(self.at);
        self.at += 1;
        if let Some((task, timer)) = self.firing.take() {
            self.release(task, WakeSource::Timer(timer));
        }
        match event {
            Event::Spawned { task } => self.spawned(trace, task),
            Event::Enqueued { task } => {
                let was_ready = self.task(task).state == TaskState::Ready;
                self.live(task, event);
                if !was_ready && self.task(task).state == TaskState::Ready {
                    self.ready.push_back(task);
                }
            }
            Event::PollStarted { task, nth } => {
                count(&mut self.counters.polls, 1);
                self.leave_queue(task);
                self.begin(task, event, TaskKind::Future, nth);
            }
            Event::PollEnded { task, outcome, site } => {
                self.leave(task);
                self.live(task, event);
                self.poll_ended(task, outcome, site);
            }
            Event::CallStarted { task, nth } => {
                count(&mut self.counters.calls, 1);
                self.begin(task, event, TaskKind::Callbacks, nth);
            }
            Event::CallEnded { task } => {
                self.leave(task);
                self.live(task, event);
                // A thread goes on when it is done with this.
                if trace.head.is_of_another()
                    && let Some(thread) = self.task_mut(task)
                {
                    thread.state = TaskState::Pending;
                }
            }
            Event::Entered { task, future, site, id } => {
                if let Some(task) = self.task_mut(task) {
                    let name = trace.future_kind(future).map_or_else(Default::default, |kind| kind.name);
                    task.tree.enter(id, name, site);
                    task.stand_at(site);
                }
            }
            Event::Exited { task, outcome, .. } => {
                if let Some(task) = self.task_mut(task) {
                    task.tree.exit(outcome);
                    task.progressed |= outcome == Outcome::Ready;
                }
            }
            Event::StateChanged { task, from, to, bytes } => self.state_changed(trace, task, from, to, bytes),
            Event::WakerCloned { task, count } | Event::WakerDropped { task, count } => {
                if let Some(task) = self.task_mut(task) {
                    task.wakers = count;
                }
            }
            Event::WakerHeld { task, by } => {
                self.hold(task, by);
                if let WakeSource::Promise(promise) = by {
                    self.browser.is_awaited(promise, task);
                }
            }
            Event::WakerReleased { task, by } | Event::WakeLost { task, by } => self.release(task, by),
            Event::Woken { task, by, effect } => {
                count(&mut self.counters.wakes, 1);
                count(&mut self.counters.coalesced, u32::from(effect == WakeEffect::Coalesced));
                self.release(task, by);
                if let Some(task) = self.task_mut(task) {
                    task.woken_by = Some(by);
                }
            }
            Event::TimerSet { timer, task, .. } => {
                self.timers.insert((trace.due(timer), timer, task));
                self.hold(task, WakeSource::Timer(timer));
            }
            Event::TimerFired { timer, task } => {
                self.unset(trace, timer);
                self.firing = Some((task, timer));
            }
            Event::TimerCancelled { timer, task } => {
                self.unset(trace, timer);
                self.release(task, WakeSource::Timer(timer));
            }
            Event::Dropped { task, .. } => self.dropped(trace, task, event),
            Event::Panicked { task, .. } => self.live(task, event),
            Event::Allocated { count: n, .. } => count(&mut self.counters.allocations, n),
            Event::Logged { task, site, .. }
            | Event::ClockAdvanced { task, site, .. }
            | Event::Created { task, site, .. }
            | Event::Begun { task, site, .. }
            | Event::Spun { task, site, .. }
            | Event::Asked { task, site } => {
                if let Some(task) = self.task_mut(task) {
                    task.stand_at(site);
                }
            }
            Event::Line { task, site } => match self.task_mut(task) {
                Some(task) => task.site = site,
                None => self.line = site,
            },
            Event::Locked { task, mutex } => {
                self.locked.push(Lock { mutex, holder: task, since: self.at - 1 });
            }
            Event::Unlocked { mutex, .. } => self.locked.retain(|lock| lock.mutex != mutex),
            Event::Ended { end } => {
                self.end = Some(end);
                self.running = None;
                self.also_running.clear();
                self.line = SiteId::NONE;
            }

            Event::PromiseCreated { promise, name } => self.browser.create(promise, name),
            Event::PromiseSettled { promise, how, .. } => self.browser.settle(promise, how, self.at),
            Event::Reaction { promise, name } => self.browser.react(promise, name),
            Event::Listened { promise } => self.browser.listen(promise),
            Event::StackSuspended { site, .. } => self.line = site,
            Event::StackResumed { promise } => {
                self.line = SiteId::NONE;
                self.browser.resume(promise);
            }
            Event::Received { promise, bytes } => self.browser.receive(promise, bytes),
            Event::StreamMade { stream, mark } => self.browser.streams.add(stream, mark),
            Event::Pulled { stream, .. } => self.browser.streams.pull(stream),
            Event::ChunkMade { stream, .. } => self.browser.streams.make(stream),
            Event::MicrotaskQueued { name } => self.browser.microtasks.push((name, self.at)),
            Event::MicrotaskStarted { name } => {
                count(&mut self.counters.microtasks, 1);
                self.browser.begin_microtask(name);
            }
            Event::MacrotaskQueued { name, after } => {
                let due = self.time.saturating_add(u64::from(after) * trace.unit.per_ms());
                self.browser.macrotasks.push((name, due));
            }
            Event::MacrotaskStarted { name } => {
                count(&mut self.counters.macrotasks, 1);
                self.browser.begin_macrotask(name);
            }
            Event::MessagePosted { name } => self.browser.messages.push(name),
            Event::MacrotaskCleared { name } => self.browser.clear(name),
            Event::FrameQueued { name } => self.browser.frames.push(name),
            Event::FrameStarted { name } => self.browser.begin_frame(name),
            Event::MicrotaskEnded { .. } | Event::MacrotaskEnded { .. } | Event::FrameEnded { .. } => {
                self.browser.end();
            }

            Event::Placed { place, bytes } => self.slots.place(place, bytes),
            Event::Taken { place } => self.slots.take(place),
            Event::Pinned { by, bytes, .. } => self.slots.place(by, bytes),
            Event::Moved { to, bytes, .. } => {
                self.slots.copy_to(to, bytes);
                count(&mut self.counters.moves, 1);
                count(&mut self.counters.moved_bytes, trace.places.get(to.index()).map_or(0, |place| place.size));
            }

            // These say something of the run and change nothing that is drawn.
            Event::Signalled { .. }
            | Event::FoundEmpty { .. }
            | Event::Aborted { .. }
            | Event::StreamHolds { .. }
            | Event::StreamFull { .. }
            | Event::StreamCancelled { .. }
            | Event::ReaderTaken { .. }
            | Event::ChunkRead { .. }
            | Event::ReaderLeft { .. }
            | Event::StreamClosed { .. }
            | Event::Changed { .. }
            | Event::PolledAgain { .. }
            | Event::DroppedUnpolled { .. }
            | Event::Discarded { .. }
            | Event::BellSet { .. }
            | Event::Entrusted { .. }
            | Event::Turned { .. }
            | Event::Registered { .. }
            | Event::Arrived { .. }
            | Event::Reported { .. }
            | Event::Drained { .. }
            | Event::KeptForNobody { .. }
            | Event::Wrapped { .. }
            | Event::CellRead { .. }
            | Event::CellWritten { .. }
            | Event::Refused { .. }
            | Event::Boxed { .. }
            | Event::Freed { .. }
            | Event::Idle => {}
        }
        event
    }

    fn task_mut(&mut self, id: TaskId) -> Option<&mut Task> {
        self.tasks.get_mut((id.0 as usize).wrapping_sub(1))
    }

    /// Takes a task to the state into which `event` puts it.
    fn live(&mut self, id: TaskId, event: Event) {
        if let Some(task) = self.task_mut(id) {
            task.state = task.state.after(event, !task.holders.is_empty());
        }
    }

    fn hold(&mut self, id: TaskId, by: WakeSource) {
        if let Some(task) = self.task_mut(id) {
            task.hold(by);
        }
    }

    fn release(&mut self, id: TaskId, by: WakeSource) {
        if let Some(task) = self.task_mut(id) {
            task.release(by);
        }
    }

    fn spawned(&mut self, trace: &Trace, id: TaskId) {
        let next = self.tasks.len() + 1;
        let Some(info) = trace.task(id).filter(|_| id.0 as usize == next) else { return };
        count(&mut self.counters.tasks, 1);
        count(&mut self.counters.bytes, info.size);
        let has_machine = trace.machine(info.machine).is_some();
        if has_machine {
            self.machines.begin(info.machine, info.bytes);
        }
        self.tasks.push(Task::spawned(info, has_machine));
    }

    /// A poll or a call of a task begins.
    fn begin(&mut self, id: TaskId, event: Event, kind: TaskKind, nth: u32) {
        self.live(id, event);
        if let Some(task) = self.task_mut(id) {
            task.begin(kind, nth);
            self.also_running.extend(self.running.replace(id));
        }
    }

    /// A poll or a call of a task is over.
    fn leave(&mut self, id: TaskId) {
        if self.running == Some(id) {
            self.running = self.also_running.pop();
        } else {
            self.also_running.retain(|&also_running| also_running != id);
        }
    }

    fn poll_ended(&mut self, id: TaskId, outcome: Outcome, site: SiteId) {
        let Some(task) = self.task_mut(id) else { return };
        task.tree.end(outcome);
        match outcome {
            Outcome::Pending => {
                task.stand_at(site);
                if task.polls > 1 && !task.progressed {
                    count(&mut self.counters.wasted, 1);
                }
            }
            Outcome::Ready => task.site = SiteId::NONE,
            Outcome::Panicked => {}
        }
    }

    fn state_changed(&mut self, trace: &Trace, id: TaskId, from: u16, to: u16, bytes: BlobId) {
        let Some(task) = self.task_mut(id) else { return };
        task.was = task.bytes;
        task.bytes = bytes;
        task.machine_state = to;
        self.bytes_of = id;
        if let Some(info) = trace.task(id) {
            self.machines.change(trace, info.machine, id, (from, to), bytes);
        }
    }

    fn unset(&mut self, trace: &Trace, timer: TimerId) {
        let since = (trace.due(timer), timer, TaskId::NONE);
        if let Some(&set) = self.timers.range(since..).next().filter(|(_, t, _)| *t == timer) {
            self.timers.remove(&set);
        }
    }

    fn dropped(&mut self, trace: &Trace, id: TaskId, event: Event) {
        let size = trace.task(id).map_or(0, |info| info.size);
        let Some(task) = self.task_mut(id) else { return };
        let was_ready = task.state == TaskState::Ready;
        task.state = task.state.after(event, false);
        task.holders.clear();
        task.tree = Default::default();
        task.site = SiteId::NONE;
        if was_ready {
            self.leave_queue(id);
        }
        self.counters.bytes = self.counters.bytes.saturating_sub(size);
    }

    /// From the front; from the back, where last in is first out; from anywhere, where another policy chose.
    fn leave_queue(&mut self, id: TaskId) {
        if self.ready.back() == Some(&id) {
            self.ready.pop_back();
        } else if let Some(at) = self.ready.iter().position(|&ready| ready == id) {
            self.ready.remove(at);
        }
    }
}
