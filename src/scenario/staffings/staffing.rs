//! One staffing over the whole run: its spans, and what is counted over them.

use super::level::Level;
use super::{percentiles, sorted};
use crate::trace::event::Phase;
use std::cell::Cell;

/// What somebody did during a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum What {
    /// It speaks, or computes.
    Speaking,
    /// It rings: who is called has the turn, or the source.
    Ringing,
    /// It could go on, but it is not its turn.
    Queueing,
    /// The chair, or the worker, is taken, and nothing comes of it.
    Changing,
}

pub(super) struct Span {
    pub(super) is_call: bool,
    pub(super) lane: u32,
    pub(super) from: u64,
    pub(super) to: u64,
    pub(super) what: What,
}

/// One staffing.
#[derive(Default)]
pub(super) struct Staffing {
    pub(super) spans: Vec<Span>,
    /// When each call came, and at which event.
    pub(super) arrivals: Vec<(u64, usize)>,
    /// The end of each call, in order, at which event, and how long it took.
    pub(super) served: Vec<(u64, usize, u64)>,
    /// At which events a chair was taken.
    pub(super) taken: Vec<usize>,
    /// How many futures were alive at once, at most, from an event on.
    pub(super) alive: Vec<(usize, u32)>,
    /// Begins and ends of speaking, each sorted, with running sums.
    begins: Vec<(u64, u64)>,
    ends: Vec<(u64, u64)>,
    waiting: Level,
    speaking: Level,
    /// The percentiles asked for last, and of how many calls they are: most steps serve none.
    percentiles: Cell<(usize, Option<[u32; 3]>)>,
}

impl Staffing {
    pub(super) fn span(&mut self, is_call: bool, lane: u32, from: u64, to: u64, what: What) {
        if from < to {
            self.spans.push(Span { is_call, lane, from, to, what });
        }
    }

    /// When a call came.
    pub(super) fn came(&self, call: u32, or: u64) -> u64 {
        self.arrivals.get(call as usize).map_or(or, |&(came, _)| came)
    }

    /// A model's call goes on to its next phase.
    pub(super) fn step(
        &mut self,
        calls: &mut Vec<Option<(Phase, u64)>>,
        at: (u64, usize),
        phase: Phase,
        call: u32,
        seat: u32,
    ) {
        let now = at.0;
        calls.resize(calls.len().max(call as usize + 1), None);
        let before = calls[call as usize].replace((phase, now));
        let (before, since) = before.unwrap_or((Phase::Arrived, self.came(call, now)));
        let (what, is_seated) = match before {
            Phase::Arrived | Phase::Answered | Phase::Ready | Phase::Preempted => (What::Queueing, false),
            Phase::Seated | Phase::Switching | Phase::Looking => (What::Changing, true),
            // A chair that is kept while it rings is taken, and shown so.
            Phase::Ringing => (What::Ringing, phase == Phase::Talking),
            Phase::Waiting => (What::Ringing, false),
            Phase::Blocked => (What::Ringing, true),
            Phase::Dialling | Phase::Talking | Phase::Computing => (What::Speaking, true),
            Phase::Served | Phase::Finished => return,
        };
        let changes = matches!(before, Phase::Seated | Phase::Switching);
        self.span(true, call, since, now, if changes { What::Queueing } else { what });
        if is_seated {
            self.span(false, seat, since, now, what);
        } else if !matches!(phase, Phase::Arrived | Phase::Answered | Phase::Ready | Phase::Ringing) {
            self.taken.push(at.1);
        }
        if matches!(phase, Phase::Served | Phase::Finished) {
            self.serve(at, self.came(call, now));
        }
    }

    /// Reads off the spans what is asked for at each cursor.
    pub(super) fn index(&mut self) {
        let of = |is_call, what| {
            let spans = self.spans.iter().filter(move |s| s.is_call == is_call && s.what == what);
            spans.map(|s| (s.from, s.to))
        };
        let (begins, ends): (Vec<u64>, Vec<u64>) = of(false, What::Speaking).unzip();
        let levels = (Level::of(of(true, What::Ringing)), Level::of(of(false, What::Speaking)));
        (self.waiting, self.speaking) = levels;
        let with_sums = |times: Vec<u64>| {
            let sums = times.iter().scan(0, |sum, &t| {
                *sum += t;
                Some(*sum)
            });
            times.iter().copied().zip(sums.collect::<Vec<_>>()).collect()
        };
        self.begins = with_sums(sorted(begins));
        self.ends = with_sums(sorted(ends));
    }

    /// The time that all chairs together have spent speaking before `now`.
    pub(super) fn speaking_until(&self, now: u64) -> u64 {
        let until = |times: &[(u64, u64)]| {
            let n = times.partition_point(|&(t, _)| t < now);
            (n as u64, n.checked_sub(1).map_or(0, |i| times[i].1))
        };
        let ((begun, begins), (ended, ends)) = (until(&self.begins), until(&self.ends));
        ends + (begun - ended) * now - begins
    }

    /// How many wait at once, and how many speak: each now, and at most so far.
    pub(super) fn at_once(&self, now: u64) -> [[u32; 2]; 2] {
        [self.waiting.at(now), self.speaking.at(now)]
    }

    pub(super) fn percentiles_of(&self, served: usize) -> Option<[u32; 3]> {
        if self.percentiles.get().0 != served {
            self.percentiles.set((served, percentiles(&self.served[..served])));
        }
        self.percentiles.get().1
    }

    /// Calls are served in order of time, as events are.
    pub(super) fn serve(&mut self, (now, event): (u64, usize), came: u64) {
        self.served.push((now, event, now - came));
    }

    pub(super) fn all_served(&self, calls: u32) -> Option<u64> {
        (self.served.len() as u32 == calls).then(|| self.served.last().map_or(0, |&(end, ..)| end))
    }

    pub(super) fn most_alive(&self, cursor: usize) -> u32 {
        let n = self.alive.partition_point(|&(event, _)| event < cursor);
        n.checked_sub(1).map_or(0, |i| self.alive[i].1)
    }
}
