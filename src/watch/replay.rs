//! From the rows of a log to a trace: what each future was, the lanes of threads, and what each wake did.

use super::log::{Made, Number, Row, Rows, What};
use crate::record::{Budget, Recorder, Spawning, TraceRecorder};
use crate::trace::event::{DropReason, End, Event, NO_MACHINE, Outcome, WakeEffect, WakeSource};
use crate::trace::ids::{FutureId, FutureKindId, SiteId, TaskId};
use crate::trace::{FutureRole, Head, Mode, TaskKind, TimeUnit, Trace};

/// Where a task is in its life, as far as its wakers and polls tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Life {
    #[default]
    Idle,
    Queued,
    Polled {
        is_woken: bool,
    },
    Over {
        is_ready: bool,
    },
}

/// What is known of a future.
#[derive(Clone, Copy, Debug, Default)]
struct Future {
    /// Its own, if it is a task.
    task: TaskId,
    kind: FutureKindId,
    site: SiteId,
    polls: u32,
    wakers: u32,
    life: Life,
}

/// What is known of a thread.
#[derive(Clone, Debug, Default)]
struct Thread {
    /// Whether it polls or wakes at all.
    works: bool,
    lane: TaskId,
    calls: u32,
    /// Polls that are open on it, the innermost last.
    open: Vec<Number>,
    /// Where the polled task stopped: the outermost await that was pending last.
    stopped: SiteId,
    /// Whether a panic that was told goes on to the task.
    panics: bool,
}

struct Replay<'a> {
    recorder: TraceRecorder,
    made: &'a [Made],
    names: &'a [String],
    futures: Vec<Future>,
    threads: Vec<Thread>,
    has_lanes: bool,
    last_task: u32,
    now: u64,
}

/// What these rows say, up to this time.
pub(super) fn trace(title: &str, now: u64, rows: &Rows) -> Trace {
    let head = Head {
        title: title.to_owned(),
        mode: Mode::Live,
        files: rows.files.clone(),
        build: env!("CARGO_PKG_VERSION").to_owned(),
        ..Head::default()
    };
    let recorder = TraceRecorder::new(TimeUnit::BrowserUs, Budget::UNLIMITED, None).with_head(head);
    let mut threads = vec![Thread::default(); rows.threads.len()];
    for row in rows.rows.iter().filter(|row| matches!(row.what, What::PollStarted | What::Woken)) {
        threads[row.thread as usize].works = true;
    }
    let has_lanes = threads.iter().filter(|thread| thread.works).count() > 1;
    let futures = vec![Future::default(); rows.made.len()];
    let mut replay =
        Replay { recorder, made: &rows.made, names: &rows.threads, futures, threads, has_lanes, last_task: 0, now: 0 };
    for row in &rows.rows {
        replay.row(*row, rows);
    }
    let is_left = |future: &Future| future.task.is_some() && !matches!(future.life, Life::Over { .. });
    let end = match rows.lost {
        0 if replay.futures.iter().any(is_left) => End::Stopped,
        0 => End::Completed,
        _ => End::Events(rows.rows.len() as u32),
    };
    replay.recorder.end(now.max(replay.now), end);
    Trace { lost: rows.lost, ..replay.recorder.finish() }
}

impl Replay<'_> {
    fn record(&self, event: Event) {
        self.recorder.record(self.now, event);
    }

    fn row(&mut self, Row { time, of, thread, what }: Row, rows: &Rows) {
        // A clock of the caller's own may go back.
        self.now = self.now.max(time);
        let (i, at) = (of as usize, thread as usize);
        let task = self.futures[i].task;
        match what {
            What::Made => self.made(of, at),
            What::PollStarted if task.is_some() => self.poll_started(of, at),
            What::PollStarted => {
                let Some(within) = self.polled_on(at) else { return };
                self.threads[at].open.push(of);
                self.entered(of, within);
            }
            What::Pending | What::Ready | What::Panicked(_) => {
                if self.threads[at].open.pop_if(|open| *open == of).is_none() {
                    return;
                }
                if let What::Panicked(message) = what {
                    self.panicked(of, at, &rows.messages[message as usize]);
                }
                let outcome = match what {
                    What::Pending => Outcome::Pending,
                    What::Ready => Outcome::Ready,
                    _ => Outcome::Panicked,
                };
                if task.is_some() { self.poll_ended(of, at, outcome) } else { self.exited(of, at, outcome) }
            }
            What::Cloned => {
                self.futures[i].wakers += 1;
                self.record(Event::WakerCloned { task, count: self.futures[i].wakers });
            }
            What::Forgotten => {
                self.futures[i].wakers = self.futures[i].wakers.saturating_sub(1);
                self.record(Event::WakerDropped { task, count: self.futures[i].wakers });
            }
            What::Woken => self.woken(of, at),
            What::Dropped if task.is_some() => {
                let is_ready = self.futures[i].life == Life::Over { is_ready: true };
                self.futures[i].life = Life::Over { is_ready };
                let reason = if is_ready { DropReason::Completed } else { DropReason::Cancelled };
                self.record(Event::Dropped { task, reason });
            }
            What::Dropped => {}
            What::Wrapped => {
                if let Some(task) = self.polled_on(at) {
                    self.record(Event::Wrapped { task });
                }
            }
        }
    }

    /// The task that is polled innermost on a thread.
    fn polled_on(&self, thread: usize) -> Option<TaskId> {
        let tasks = self.threads[thread].open.iter().rev().map(|&of| self.futures[of as usize].task);
        tasks.into_iter().find(|task| task.is_some())
    }

    fn made(&mut self, of: Number, at: usize) {
        let Made { name, line, size, is_await } = &self.made[of as usize];
        let site = self.recorder.site(line.file(), line.line(), line.column());
        let role = if *is_await { FutureRole::Watched } else { FutureRole::Called };
        let kind = self.recorder.future_kind(name, role);
        let parent = self.polled_on(at).unwrap_or_default();
        let future = &mut self.futures[of as usize];
        (future.kind, future.site) = (kind, site);
        self.record(Event::Created { task: parent, future: kind, site, id: FutureId::NONE });
        if !*is_await {
            let task = self.spawn(name, TaskKind::Future, *size, parent);
            let future = &mut self.futures[of as usize];
            (future.task, future.life) = (task, Life::Queued);
            self.record(Event::Enqueued { task });
        }
    }

    fn spawn(&mut self, name: &str, kind: TaskKind, size: usize, parent: TaskId) -> TaskId {
        self.last_task += 1;
        let task = TaskId(self.last_task);
        let spawning = Spawning { name, kind, size, address: 0, parent, machine: NO_MACHINE, observation: None };
        self.recorder.spawned(self.now, task, spawning);
        task
    }

    /// A thread does something: what follows stands within a call on its lane, until it is left.
    fn enter_lane(&mut self, thread: usize) {
        if !self.has_lanes || !self.threads[thread].open.is_empty() {
            return;
        }
        if !self.threads[thread].lane.is_some() {
            self.threads[thread].lane = self.spawn(&self.names[thread], TaskKind::Callbacks, 0, TaskId::NONE);
        }
        let on = &mut self.threads[thread];
        on.calls += 1;
        let (task, nth) = (on.lane, on.calls);
        self.record(Event::CallStarted { task, nth });
    }

    fn leave_lane(&self, thread: usize) {
        if self.has_lanes && self.threads[thread].open.is_empty() {
            self.record(Event::CallEnded { task: self.threads[thread].lane });
        }
    }

    fn poll_started(&mut self, of: Number, thread: usize) {
        self.enter_lane(thread);
        let on = &mut self.threads[thread];
        on.open.push(of);
        on.stopped = SiteId::NONE;
        let future = &mut self.futures[of as usize];
        let (task, was) = (future.task, future.life);
        future.life = Life::Polled { is_woken: false };
        future.polls += 1;
        let nth = future.polls;
        if was != Life::Queued {
            // Who polls it did so without a wake.
            self.record(Event::Enqueued { task });
        }
        self.record(Event::PollStarted { task, nth });
    }

    fn poll_ended(&mut self, of: Number, thread: usize, outcome: Outcome) {
        let site = if outcome == Outcome::Pending { self.threads[thread].stopped } else { SiteId::NONE };
        let future = &mut self.futures[of as usize];
        let (task, was) = (future.task, future.life);
        future.life = match outcome {
            Outcome::Pending if was == (Life::Polled { is_woken: true }) => Life::Queued,
            Outcome::Pending => Life::Idle,
            Outcome::Ready | Outcome::Panicked => Life::Over { is_ready: outcome == Outcome::Ready },
        };
        let is_queued = future.life == Life::Queued;
        self.record(Event::PollEnded { task, outcome, site });
        if is_queued {
            self.record(Event::Enqueued { task });
        }
        self.leave_lane(thread);
    }

    /// An await of a task is polled.
    fn entered(&mut self, of: Number, task: TaskId) {
        let Future { kind, site, .. } = self.futures[of as usize];
        // It has one number for each task in which it is polled.
        let id = self.recorder.future(task, kind, of as usize, None);
        self.record(Event::Entered { task, future: kind, site, id });
    }

    fn exited(&mut self, of: Number, thread: usize, outcome: Outcome) {
        let Some(task) = self.polled_on(thread) else { return };
        let Future { kind: future, site, .. } = self.futures[of as usize];
        if outcome == Outcome::Pending {
            self.threads[thread].stopped = site;
        }
        self.record(Event::Exited { task, future, outcome });
    }

    /// A panic is told once, by the innermost future that it goes through.
    fn panicked(&mut self, of: Number, thread: usize, message: &str) {
        let own = self.futures[of as usize].task;
        let Some(task) = (if own.is_some() { Some(own) } else { self.polled_on(thread) }) else { return };
        // On its way out the task is the last that it goes through.
        if std::mem::replace(&mut self.threads[thread].panics, !own.is_some()) {
            return;
        }
        let message = self.recorder.name(message);
        self.record(Event::Panicked { task, message });
    }

    fn woken(&mut self, of: Number, thread: usize) {
        let by = self.polled_on(thread);
        self.enter_lane(thread);
        let lane = self.threads[thread].lane;
        let by = by.or(Some(lane).filter(|lane| lane.is_some())).map_or(WakeSource::Outside, WakeSource::Task);
        let future = &mut self.futures[of as usize];
        let task = future.task;
        let (life, effect) = match future.life {
            Life::Idle => (Life::Queued, WakeEffect::Queued),
            Life::Queued => (Life::Queued, WakeEffect::Coalesced),
            Life::Polled { .. } => (Life::Polled { is_woken: true }, WakeEffect::DuringPoll),
            over @ Life::Over { .. } => (over, WakeEffect::AfterDone),
        };
        future.life = life;
        self.record(Event::Woken { task, by, effect });
        if effect == WakeEffect::Queued {
            self.record(Event::Enqueued { task });
        }
        self.leave_lane(thread);
    }
}
