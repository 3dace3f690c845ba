//! The one loop: timers fire, the front of the queue is polled, time passes.

use super::core::Core;
use super::drive::{Progress, Until};
use super::ends::Bomb;
use super::job::Job;
use super::tasks::Status;
use super::timers::{Action, Timer};
use super::waker::take_inbox;
use crate::alloc::uncounted;
use crate::trace::Recorder;
use crate::trace::event::{DropReason, End, Event, Outcome, WakeEffect, WakeSource};
use crate::trace::ids::{SiteId, TaskId};
use std::mem::ManuallyDrop;
use std::task::Context;

impl<R: Recorder> Core<R> {
    pub(super) fn step(&self) -> Option<TaskId> {
        let _driven = self.enter();
        self.prepare();
        self.poll_front()
    }

    /// Fires what is due on a clock that the executor does not move.
    pub(super) fn fire_timers(&self, slack: u64) {
        let _driven = self.enter();
        self.fire_due(self.clock.now() + slack);
    }

    pub(super) fn drive(&self, until: Until, polls: u32) -> Progress {
        let _driven = self.enter();
        let mut left = polls;
        loop {
            if let Some(end) = self.end.get() {
                return Progress::Ended(end);
            }
            match until {
                // What is due by then has the turn before whoever comes then.
                Until::Time(t) if self.clock.now() >= t => {
                    self.fire_due(t);
                    return Progress::Reached;
                }
                Until::Done(task) if self.state.borrow_mut().slot(task).is_none() => return Progress::Reached,
                _ => {}
            }
            self.prepare();
            if let Some(end) = self.spent() {
                return self.finish(end);
            }
            if left == 0 {
                return Progress::Paused;
            }
            left -= 1;
            if self.poll_front().is_some() || self.end.get().is_some() {
                continue;
            }
            let next = self.state.borrow_mut().timers.next();
            match (until, next) {
                (Until::Idle, _) => return Progress::Reached,
                (Until::Time(t), None) => self.advance_to(t),
                (Until::Time(t), Some(next)) => self.advance_to(next.min(t)),
                (Until::Quiescent | Until::Done(_), Some(next)) => self.advance_to(next),
                (Until::Quiescent | Until::Done(_), None) => {
                    let waiting = self.alive() as u32;
                    return self.finish(if waiting == 0 { End::Completed } else { End::Deadlock(waiting) });
                }
            }
        }
    }

    /// The budget that is used up while something is left to do.
    pub(super) fn spent(&self) -> Option<End> {
        let (ready, timers) = {
            let state = &mut *self.state.borrow_mut();
            (!state.queue.is_empty(), state.timers.next())
        };
        let is_due = timers.is_some_and(|t| t <= self.clock.now());
        if !ready && timers.is_none() {
            return self.recorder.overrun();
        }
        let (polls, time) = self.budget.get();
        if self.polls_left.get() == 0 && (ready || is_due) {
            Some(End::Polls(polls))
        } else if self.clock.now() > time {
            Some(End::Time(u32::try_from(time).unwrap_or(u32::MAX)))
        } else {
            self.recorder.spent()
        }
    }

    /// Nothing is ready: time passes.
    pub(super) fn advance_to(&self, time: u64) {
        let by = time.saturating_sub(self.clock.now());
        if by > 0 {
            self.clock.advance(by);
            self.record(Event::ClockAdvanced { task: TaskId::NONE, by: by as u32, site: SiteId::NONE });
        }
    }

    /// What comes before each poll: wakes from elsewhere, then the timers that are due. Where an event loop hosts
    /// the executor, timers are its own.
    pub(super) fn prepare(&self) {
        for task in take_inbox(&self.inbox) {
            self.wake_from(task, WakeSource::Outside);
        }
        if self.host.borrow().is_none() {
            self.fire_due(self.clock.now());
        }
    }

    pub(super) fn poll_front(&self) -> Option<TaskId> {
        if self.end.get().is_some() {
            return None;
        }
        let (task, mut job, cell, nth) = {
            let state = &mut *self.state.borrow_mut();
            let task = state.queue.pop_front()?;
            let slot = state.slot(task).expect("what is queued is there");
            slot.status = Status::Running;
            slot.polls += 1;
            let job = slot.job.take().expect("a job is away only during its poll");
            (task, ManuallyDrop::new(job), slot.cell.clone(), slot.polls)
        };
        self.polls_left.set(self.polls_left.get().saturating_sub(1));
        self.record(Event::PollStarted { task, nth });
        // A panic in the poll leaves the future where it is, as it does where panics abort.
        let before = self.task.replace(task);
        let bomb = Bomb(self);
        let ready = cell.with_waker(|waker| job.poll(&mut Context::from_waker(waker)).is_ready());
        let job = ManuallyDrop::into_inner(job);
        if R::ON {
            let now = self.clock.now();
            self.recorder.allocated(now, task);
            let observation = uncounted(|| job.observe());
            self.recorder.polled(now, task, ready, observation.as_ref());
            let outcome = if ready { Outcome::Ready } else { Outcome::Pending };
            let site = if ready { SiteId::NONE } else { self.recorder.stopped_at() };
            self.record(Event::PollEnded { task, outcome, site });
        }
        self.put_back(task, job, ready);
        bomb.defuse();
        self.task.set(before);
        Some(task)
    }

    /// What follows a poll: sleep, the queue's back, or the end.
    pub(super) fn put_back(&self, task: TaskId, job: Box<dyn Job>, ready: bool) {
        let status = self.state.borrow_mut().slot(task).expect("a polled task is there").status;
        if ready || status == Status::RunningCancelled {
            self.drop_job(task, job, if ready { DropReason::Completed } else { DropReason::Cancelled });
            return;
        }
        let woken = status == Status::RunningWoken;
        {
            let state = &mut *self.state.borrow_mut();
            let slot = state.slot(task).expect("a polled task is there");
            slot.job = Some(job);
            slot.status = if woken { Status::Queued } else { Status::Idle };
            if woken {
                state.queue.push_back(task);
            }
        }
        if woken {
            self.record(Event::Enqueued { task });
        }
    }

    pub(super) fn fire_due(&self, until: u64) {
        // A callback that calls back at once spends polls, and only the loop that drives may end the run.
        while self.end.get().is_none() && self.polls_left.get() > 0 {
            let due = self.state.borrow_mut().timers.pop_due(until);
            let Some((timer, Timer { task, action })) = due else { return };
            self.record(Event::TimerFired { timer, task });
            match action {
                Action::Wake(waker) => {
                    let bomb = Bomb(self);
                    self.waking_as(WakeSource::Timer(timer), || waker.wake());
                    bomb.defuse();
                }
                Action::Call(callback) => self.call(task, callback),
            }
        }
    }

    pub(super) fn call(&self, lane: TaskId, callback: Box<dyn FnOnce()>) {
        let nth = {
            let mut state = self.state.borrow_mut();
            let calls =
                state.lanes.iter_mut().find(|(l, _)| *l == lane).expect("a lane is opened before it is called on");
            calls.1 += 1;
            calls.1
        };
        self.polls_left.set(self.polls_left.get().saturating_sub(1));
        self.record(Event::CallStarted { task: lane, nth });
        let before = self.task.replace(lane);
        let bomb = Bomb(self);
        callback();
        bomb.defuse();
        self.task.set(before);
        self.recorder.allocated(self.clock.now(), lane);
        self.record(Event::CallEnded { task: lane });
    }

    pub(super) fn wake_from(&self, task: TaskId, by: WakeSource) {
        let effect = {
            let state = &mut *self.state.borrow_mut();
            match state.slot(task) {
                None => WakeEffect::AfterDone,
                Some(slot) => match slot.status {
                    Status::Idle => {
                        slot.status = Status::Queued;
                        state.queue.push_back(task);
                        WakeEffect::Queued
                    }
                    Status::Queued => WakeEffect::Coalesced,
                    Status::Running => {
                        slot.status = Status::RunningWoken;
                        WakeEffect::DuringPoll
                    }
                    Status::RunningWoken => WakeEffect::Coalesced,
                    Status::RunningCancelled => WakeEffect::AfterDone,
                },
            }
        };
        self.record(Event::Woken { task, by, effect });
        if effect == WakeEffect::Queued {
            self.record(Event::Enqueued { task });
            self.tell_host();
        }
    }
}
