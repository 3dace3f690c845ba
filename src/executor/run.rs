//! The one loop: timers fire, tasks of the run queue are polled, time passes.

use super::core::Core;
use super::drive::{Progress, Until};
use super::ends::Bomb;
use super::policy::{Policy, Ready};
use super::tasks::{AfterPoll, Next, RunPermit};
use super::timers::{Action, Timer};
use crate::clock::LATEST;
use crate::record::{Budget, Recorder};
use crate::trace::event::{DropReason, End, Event, WakeSource};
use crate::trace::ids::{SiteId, TaskId, TimerId};
use std::cell::Cell;

/// On a clock that goes by itself, how many polls may pass before it is looked at.
const POLLS_BETWEEN_LOOKS: u32 = 64;

/// What a permit to run came to.
enum Poll {
    /// A task was polled.
    Done,
    /// It had been cancelled.
    Skipped,
    /// There was none: the run queue is at its end.
    QueueEnd,
}

impl<R: Recorder, P: Policy> Core<R, P> {
    pub(super) fn step(&self) -> Option<TaskId> {
        self.driving(|| {
            self.prepare();
            let polled = Cell::new(None);
            self.poll_ready(1, |task| polled.set(Some(task)));
            polled.get()
        })
    }

    /// Fires what is due on a clock that the executor does not move.
    pub(super) fn fire_timers(&self, slack: u64) {
        self.driving(|| self.fire_due(self.now().saturating_add(slack)));
    }

    pub(super) fn drive(&self, until: Until, polls: u32) -> Progress {
        let until = if let Until::Time(time) = until { Until::Time(time.min(LATEST)) } else { until };
        self.driving(|| self.drive_on(until, polls))
    }

    /// Calls `f` while this executor is driven. If it unwinds, a task did, and the run is over.
    fn driving<T>(&self, f: impl FnOnce() -> T) -> T {
        let _driven = self.enter();
        let bomb = Bomb(self);
        let value = f();
        bomb.defuse();
        value
    }

    fn drive_on(&self, until: Until, polls: u32) -> Progress {
        let mut left = polls;
        loop {
            if let Some(end) = self.end.get() {
                self.tasks.give_back();
                return Progress::Ended(end);
            }
            match until {
                // Timers that are due by then come before whatever the caller does then.
                Until::Time(t) if self.now() >= t => {
                    self.fire_due(t);
                    return Progress::Reached;
                }
                Until::Done(task) if !self.tasks.is_alive(task) => return Progress::Reached,
                _ => {}
            }
            self.prepare();
            self.tasks.give_back();
            if let Some(end) = self.spent() {
                return self.finish(end);
            }
            if left == 0 {
                return Progress::Paused;
            }
            if P::CHANGES && self.policy.between(self) {
                continue;
            }
            let polled = self.poll_ready(self.slice(left), |_| {});
            left -= polled;
            // What that poll has cost, the event loop is to know before the next one.
            if until == Until::Idle && self.has_worked.take() && self.tasks.is_ready() {
                return Progress::Paused;
            }
            if polled > 0 || self.tasks.is_interrupted() || self.end.get().is_some() {
                continue;
            }
            let next = self.next_deadline();
            match (until, next) {
                (Until::Idle, _) => return Progress::Reached,
                (Until::Time(t), None) => self.advance_to(t),
                (Until::Time(t), Some(next)) => self.advance_to(next.min(t)),
                (Until::Quiescent | Until::Done(_), Some(next)) => self.advance_to(next),
                (Until::Quiescent | Until::Done(_), None) => {
                    let waiting = self.tasks.alive() as u32;
                    return self.finish(if waiting == 0 { End::Completed } else { End::Deadlock(waiting) });
                }
            }
        }
    }

    /// How many polls may pass without a look at the budgets and the clock: they are looked at between all polls that
    /// could change them.
    fn slice(&self, left: u32) -> u32 {
        let left = left.min(u32::try_from(self.most_polls.get() - self.polls.get()).unwrap_or(u32::MAX));
        match self.is_virtual() {
            _ if P::CHANGES && self.policy.is_waiting() => left.min(1),
            true => left,
            false => left.min(POLLS_BETWEEN_LOOKS),
        }
    }

    /// The budget that is used up while something is left to do.
    fn spent(&self) -> Option<End> {
        let out_of_polls = self.polls.get() >= self.most_polls.get();
        let Budget { polls, memory, .. } = self.budget.get();
        let (now, time) = (self.now(), self.latest.get());
        let out_of_memory = self.tasks.bytes() > memory;
        if !out_of_polls && now <= time && !self.recorder.is_full() && !out_of_memory {
            return None;
        }
        let (ready, timers) = (self.tasks.is_ready(), self.next_deadline());
        if !ready && timers.is_none() {
            return self.recorder.overrun();
        }
        if out_of_polls && (ready || timers.is_some_and(|t| t <= now)) {
            Some(End::Polls(polls))
        } else if now > time {
            Some(End::Time(u32::try_from(time).unwrap_or(u32::MAX)))
        } else if out_of_memory {
            Some(End::Memory(u32::try_from(memory >> 10).unwrap_or(u32::MAX)))
        } else {
            self.recorder.spent()
        }
    }

    /// Nothing is ready: time passes. A clock that goes by itself is waited for.
    fn advance_to(&self, time: u64) {
        let before = self.now();
        if before >= time {
            return;
        }
        self.advance(time - before);
        if self.now() < time {
            self.clock.wait(time - self.now());
            self.look_at_clock();
        }
        let by = self.now().saturating_sub(before);
        if by > 0 {
            self.record(Event::ClockAdvanced { task: TaskId::NONE, by, site: SiteId::NONE });
        }
    }

    /// What comes before a poll: wakes from other threads, then the timers that are due. Where an event loop hosts the
    /// executor, timers are the loop's.
    fn prepare(&self) {
        self.tasks.clear_interrupt();
        self.look_at_clock();
        self.tasks.drain_remote_inbox(|task, effect| {
            self.waking_as(WakeSource::Outside, || super::tasks::Scheduler::woken(self, task, effect));
        });
        if self.host.borrow().is_none() {
            self.fire_due(self.now());
        }
    }

    /// Polls the tasks that are ready, at most `most` of them, until the loop is interrupted; returns how many, and calls
    /// `polled` for each.
    #[inline]
    fn poll_ready(&self, most: u32, polled: impl Fn(TaskId)) -> u32 {
        if self.end.get().is_some() {
            return 0;
        }
        let (tasks, permits) = (&*self.tasks, self.tasks.permits());
        let is_interrupted = || tasks.is_interrupted() || (R::ON && self.recorder.is_full());
        let mut left = most;
        'slice: while left > 0 {
            if P::FIFO {
                let (mut batch, before) = (permits.batch(), left);
                loop {
                    let permit = batch.permit();
                    match self.poll(permit, &polled) {
                        Poll::QueueEnd => break batch.finish(),
                        Poll::Skipped => continue,
                        Poll::Done => left -= 1,
                    }
                    if left == 0 || is_interrupted() {
                        break 'slice;
                    }
                }
                if left == before {
                    break;
                }
            } else {
                let choose = |count, id: &dyn Fn(usize) -> TaskId| self.policy.choose(Ready::new(count, id));
                let Some(permit) = permits.choose(choose) else { break };
                self.poll(permit, &polled);
                left -= 1;
                if is_interrupted() {
                    break;
                }
            }
        }
        if R::ON {
            self.task.set(TaskId::NONE);
            self.source.set(WakeSource::Outside);
        }
        self.polls.set(self.polls.get() + u64::from(most - left));
        most - left
    }

    /// Uses a permit to run, and does what follows the poll: the task is idle, pushed to the run queue, or ended.
    #[inline]
    fn poll(&self, permit: RunPermit<'_>, polled: impl Fn(TaskId)) -> Poll {
        let id = permit.id();
        let next = if R::ON {
            match permit.checked() {
                Ok(permit) => self.poll_recorded(permit, id).next(),
                Err(next) => next,
            }
        } else {
            permit.poll().next()
        };
        match next {
            Next::Nothing => {}
            Next::QueueEnd => return Poll::QueueEnd,
            Next::Skipped => return Poll::Skipped,
            Next::End(ended, ready) => {
                self.end_task(ended, if ready { DropReason::Completed } else { DropReason::Cancelled });
            }
        }
        polled(id);
        Poll::Done
    }

    #[inline]
    fn poll_recorded<'a>(&self, permit: RunPermit<'a>, task: TaskId) -> AfterPoll<'a> {
        self.record(Event::PollStarted { task, nth: permit.nth() });
        self.task.set(task);
        self.source.set(WakeSource::Task(task));
        let after = permit.poll();
        let (ready, woken) = (after.is_ready(), after.is_woken());
        self.recorder.polled(self.now(), task, ready, woken, &|| after.observe());
        after
    }

    fn fire_due(&self, until: u64) {
        // A callback that calls back at once spends polls, and only the loop that drives may end the run.
        while self.end.get().is_none() && self.polls.get() < self.most_polls.get() {
            let due = self.timers.borrow_mut().pop_due(until);
            let Some((id, timer)) = due else { return };
            self.fire_timer(id, timer);
        }
    }

    pub(super) fn fire_timer(&self, timer: TimerId, Timer { task, action }: Timer) {
        self.record(Event::TimerFired { timer, task });
        match action {
            Action::Wake(waker) => self.waking_as(WakeSource::Timer(timer), || waker.wake()),
            Action::Call(callback) => self.call(task, callback),
            Action::Signal(signal) => signal(),
        }
    }

    pub(super) fn call(&self, lane: TaskId, callback: Box<dyn FnOnce()>) {
        let nth = {
            let mut lanes = self.lanes.borrow_mut();
            let calls = lanes.iter_mut().find(|(l, _)| *l == lane).expect("a lane is opened before it is called on");
            calls.1 += 1;
            calls.1
        };
        self.polls.set(self.polls.get() + 1);
        self.record(Event::CallStarted { task: lane, nth });
        let before = self.task.replace(lane);
        let bomb = Bomb(self);
        self.waking_as(WakeSource::Task(lane), callback);
        bomb.defuse();
        self.task.set(before);
        self.recorder.allocated(self.now(), lane);
        self.record(Event::CallEnded { task: lane });
    }
}
