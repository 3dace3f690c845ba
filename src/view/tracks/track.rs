//! One track over the whole run: its spans, and what is counted over them.

use super::level::Level;
use crate::sorting::sorted;
use crate::trace::tracks::{Entry, Phase};
use std::cell::Cell;

/// What somebody did during a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum Activity {
    /// It computes.
    Computing,
    /// It waits for something outside.
    Waiting,
    /// It could go on, but has no worker.
    Queueing,
    /// The worker is occupied, and nothing comes of it.
    Overhead,
}

/// A stretch of time on the lane of a worker or of a task.
pub(super) struct Span {
    pub(super) is_task: bool,
    pub(super) lane: u32,
    pub(super) from: u64,
    pub(super) to: u64,
    pub(super) activity: Activity,
}

/// When something happened, and the event from whose cursor on it is shown.
pub(super) type At = (u64, usize);

/// One track.
#[derive(Default)]
pub(super) struct Track {
    pub(super) spans: Vec<Span>,
    /// Whether it has its own steps, though it is no model.
    pub(super) is_measured: bool,
    /// When each task arrived.
    pub(super) arrivals: Vec<At>,
    /// The end of each task, in order, and how long it took.
    pub(super) finished: Vec<(At, u64)>,
    /// From which events on a worker has another task.
    pub(super) taken: Vec<usize>,
    /// How many futures were alive at once, at most, from an event on.
    pub(super) alive: Vec<(usize, u32)>,
    /// Begins and ends of computing, each sorted, with running sums.
    begins: Vec<(u64, u64)>,
    ends: Vec<(u64, u64)>,
    waiting: Level,
    computing: Level,
    /// The percentiles asked for last, and of how many tasks they are: most steps finish none.
    percentiles: Cell<(usize, Option<[u64; 3]>)>,
}

impl Track {
    /// A track of which only the arrivals are known, and whether it was measured.
    pub(super) fn arriving(arrivals: Vec<At>, is_measured: bool) -> Self {
        Track { is_measured, arrivals, ..Track::default() }
    }

    pub(super) fn span(&mut self, is_task: bool, lane: u32, from: u64, to: u64, activity: Activity) {
        if from < to {
            self.spans.push(Span { is_task, lane, from, to, activity });
        }
    }

    /// When a task arrived.
    pub(super) fn arrived(&self, task: u32, or: u64) -> u64 {
        self.arrivals.get(task as usize).map_or(or, |&(time, _)| time)
    }

    /// A task of a model, or of a track that was measured, goes on to its next phase. `phases` has the phase of each task, and since when.
    pub(super) fn step(&mut self, phases: &mut Vec<Option<(Phase, u64)>>, at: At, entry: &Entry) {
        let &Entry { time: now, phase, task, worker } = entry;
        phases.resize(phases.len().max(task as usize + 1), None);
        let before = phases[task as usize].replace((phase, now));
        let (before, since) = before.unwrap_or((Phase::Arrived, self.arrived(task, now)));
        let activity = match before {
            Phase::Arrived | Phase::Ready | Phase::Preempted => Activity::Queueing,
            Phase::Switching | Phase::Looking => Activity::Overhead,
            Phase::Blocked | Phase::Waiting => Activity::Waiting,
            Phase::Computing => Activity::Computing,
            Phase::Finished => return,
        };
        let queues = before == Phase::Switching;
        self.span(true, task, since, now, if queues { Activity::Queueing } else { activity });
        if before.has_worker() {
            self.span(false, worker, since, now, activity);
        } else if !matches!(phase, Phase::Arrived | Phase::Ready) {
            self.taken.push(at.1);
        }
        if phase == Phase::Finished {
            self.finish(at, self.arrived(task, now));
        }
    }

    /// Reads off the spans what is asked for at each cursor.
    pub(super) fn index(&mut self) {
        let of = |is_task, activity| {
            let spans = self.spans.iter().filter(move |s| s.is_task == is_task && s.activity == activity);
            spans.map(|s| (s.from, s.to))
        };
        let (begins, ends): (Vec<u64>, Vec<u64>) = of(false, Activity::Computing).unzip();
        let levels = (Level::of(of(true, Activity::Waiting)), Level::of(of(false, Activity::Computing)));
        (self.waiting, self.computing) = levels;
        let with_sums = |times: Vec<u64>| {
            let mut sum = 0_u64;
            let add = |time: u64| {
                sum = sum.wrapping_add(time);
                (time, sum)
            };
            sorted(times).into_iter().map(add).collect()
        };
        self.begins = with_sums(begins);
        self.ends = with_sums(ends);
    }

    /// The time that all workers together have spent computing before `now`. A forged trace may make it wrap.
    pub(super) fn computing_until(&self, now: u64) -> u64 {
        let until = |times: &[(u64, u64)]| {
            let n = times.partition_point(|&(t, _)| t < now);
            (n as u64, n.checked_sub(1).map_or(0, |i| times[i].1))
        };
        let ((begun, begins), (ended, ends)) = (until(&self.begins), until(&self.ends));
        (begun - ended).wrapping_mul(now).wrapping_add(ends).wrapping_sub(begins)
    }

    /// How many wait at once, and how many compute: each now, and at most so far.
    pub(super) fn at_once(&self, now: u64) -> [[u32; 2]; 2] {
        [self.waiting.at(now), self.computing.at(now)]
    }

    /// The nearest-rank 50th, 90th and 99th percentile of how long the first `finished` tasks took, in the trace's unit.
    pub(super) fn percentiles_of(&self, finished: usize) -> Option<[u64; 3]> {
        if self.percentiles.get().0 != finished {
            let durations = sorted(self.finished[..finished].iter().map(|&(_, d)| d).collect());
            let rank = |p| durations[super::nearest_rank(durations.len(), p)];
            self.percentiles.set((finished, (finished > 0).then(|| [50, 90, 99].map(rank))));
        }
        self.percentiles.get().1
    }

    /// A task is done. Tasks are in order of time, as events and entries are.
    pub(super) fn finish(&mut self, at: At, arrived: u64) {
        self.finished.push((at, at.0.saturating_sub(arrived)));
    }

    /// When the last of so many tasks was done, if it was.
    pub(super) fn all_finished(&self, tasks: u32) -> Option<u64> {
        (self.finished.len() as u32 == tasks).then(|| self.finished.last().map_or(0, |&((end, _), _)| end))
    }

    /// How many futures were alive at once, at most, at a cursor.
    pub(super) fn most_alive(&self, cursor: usize) -> u32 {
        let n = self.alive.partition_point(|&(event, _)| event < cursor);
        n.checked_sub(1).map_or(0, |i| self.alive[i].1)
    }
}
