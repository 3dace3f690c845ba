//! The staffings of a call centre, read off a trace: what each chair and each call did when, and how well each
//! staffing has done at a cursor.

use crate::trace::Trace;
use crate::trace::event::{Event, Phase};
use crate::trace::ids::TaskId;
use serde::Serialize;
use std::cell::Cell;
use std::collections::BinaryHeap;

/// One staffing at a cursor.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
pub struct StaffingFrame {
    /// Its name: `one`, `pool`, `threads` or `async`.
    pub name: String,
    /// Whether it is simulated.
    pub model: bool,
    /// Threads.
    pub clerks: u32,
    /// Cores.
    pub chairs: u32,
    /// Calls served so far.
    pub served: u32,
    /// Calls that have come so far.
    pub arrived: u32,
    /// Percentiles of the time from a caller's arrival to the end of the call, in ms, of the calls served so
    /// far: the 50th, the 90th and the 99th.
    pub percentiles: Option<[u32; 3]>,
    /// When the last call was served, in ms, once it was.
    pub all_served: Option<u32>,
    /// The share of the chairs' time spent speaking, from 0 to 1, from the start to the cursor or the last call.
    pub speaking: f64,
    /// Calls served in a (virtual) second.
    pub throughput: f64,
    /// Bytes of stacks: reserved for the clerks there are.
    pub stacks: f64,
    /// Bytes of all futures that were alive at once, at most: measured sizes, counted so far. 0 in a model.
    pub futures: f64,
}

/// All staffings at a cursor.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
pub struct StaffingsFrame {
    /// In the order of the form.
    pub staffings: Vec<StaffingFrame>,
    /// Calls in all.
    pub calls: u32,
    /// The measured size of one call's future, in bytes; 0 if none ran.
    pub future_size: u32,
}

/// What somebody did during a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
enum What {
    Speaking,
    Ringing,
    Queueing,
    Changing,
}

struct Span {
    is_call: bool,
    lane: u32,
    from: u64,
    to: u64,
    what: What,
}

/// One staffing over the whole run.
#[derive(Default)]
struct Staffing {
    spans: Vec<Span>,
    /// When each call came, and at which event.
    arrivals: Vec<(u64, usize)>,
    /// The end of each call, in order, at which event, and how long it took.
    served: Vec<(u64, usize, u64)>,
    /// Begins and ends of speaking, each sorted, with running sums.
    begins: Vec<(u64, u64)>,
    ends: Vec<(u64, u64)>,
    /// How many futures were alive at once, at most, from an event on.
    alive: Vec<(usize, u32)>,
    /// The percentiles asked for last, and of how many calls they are: most steps serve none.
    percentiles: Cell<(usize, Option<[u32; 3]>)>,
}

/// The staffings of a run.
pub struct Staffings {
    staffings: Vec<Staffing>,
    calls: u32,
    future_size: u32,
}

impl Staffings {
    /// Reads them off a trace; none if it has none.
    pub fn of(trace: &Trace) -> Option<Self> {
        if trace.staffings.is_empty() {
            return None;
        }
        let mut staffings: Vec<Staffing> = trace.staffings.iter().map(|_| Staffing::default()).collect();
        let mut models: Vec<Vec<Option<(Phase, u64)>>> = vec![Vec::new(); staffings.len()];
        let mut futures = Futures::default();
        let real = trace.staffings.iter().position(|s| !s.model);
        for i in 0..trace.len() {
            let now = trace.time(i);
            match trace.event(i) {
                Event::Model { staffing, phase, call, seat } => {
                    let s = usize::from(staffing);
                    if phase == Phase::Arrived {
                        staffings[s].arrivals.push((now, i));
                    }
                    if Some(s) != real {
                        staffings[s].step(&mut models[s], (now, i), phase, call, seat);
                    }
                }
                event => {
                    if let Some(real) = real {
                        futures.step(trace, &mut staffings[real], (now, i), event);
                    }
                }
            }
        }
        let calls = staffings.iter().map(|s| s.arrivals.len()).max().unwrap_or(0) as u32;
        staffings.iter_mut().for_each(Staffing::index);
        Some(Staffings { staffings, calls, future_size: trace.tasks.first().map_or(0, |t| t.size) })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.staffings.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.staffings.is_empty()
    }

    /// The one that serves its last call before all others do; none on a tie, or if one never does.
    pub fn served_first(&self) -> Option<usize> {
        let ends: Option<Vec<u64>> = self.staffings.iter().map(|s| s.all_served(self.calls)).collect();
        let ends = ends?;
        let (first, end) = ends.iter().enumerate().min_by_key(|(_, end)| **end)?;
        (ends.iter().filter(|e| *e == end).count() == 1).then_some(first)
    }

    /// The picture after the first `cursor` events.
    pub fn frame(&self, trace: &Trace, cursor: usize) -> StaffingsFrame {
        let now = cursor.checked_sub(1).map_or(0, |i| trace.time(i.min(trace.len() - 1)));
        let frame = |(info, s): (&crate::trace::Staffing, &Staffing)| {
            let served = s.served.partition_point(|&(_, event, _)| event < cursor);
            let elapsed = s.all_served(self.calls).map_or(now, |end| end.min(now));
            let speaking = s.speaking_until(elapsed) as f64;
            StaffingFrame {
                name: trace.name(info.name).to_owned(),
                model: info.model,
                clerks: info.clerks,
                chairs: info.chairs,
                served: served as u32,
                arrived: s.arrivals.partition_point(|&(_, event)| event < cursor) as u32,
                percentiles: s.percentiles_of(served),
                all_served: s.all_served(self.calls).filter(|_| served == s.served.len()).map(|end| end as u32),
                speaking: if elapsed > 0 { speaking / (elapsed as f64 * f64::from(info.chairs)) } else { 0.0 },
                throughput: if elapsed > 0 { served as f64 * 1000.0 / elapsed as f64 } else { 0.0 },
                stacks: info.stack as f64 * f64::from(info.clerks),
                futures: f64::from(s.most_alive(cursor)) * f64::from(self.future_size),
            }
        };
        StaffingsFrame {
            staffings: trace.staffings.iter().zip(&self.staffings).map(frame).collect(),
            calls: self.calls,
            future_size: self.future_size,
        }
    }

    /// All spans: rows of staffing times two (plus one for calls), lane, from, to, what.
    pub fn spans(&self) -> Vec<u32> {
        let mut rows = Vec::with_capacity(5 * self.staffings.iter().map(|s| s.spans.len()).sum::<usize>());
        for (i, s) in self.staffings.iter().enumerate() {
            for span in &s.spans {
                let group = 2 * i as u32 + u32::from(span.is_call);
                rows.extend([group, span.lane, span.from as u32, span.to as u32, span.what as u32]);
            }
        }
        rows
    }
}

impl Staffing {
    fn span(&mut self, is_call: bool, lane: u32, from: u64, to: u64, what: What) {
        if from < to {
            self.spans.push(Span { is_call, lane, from, to, what });
        }
    }

    /// A model's call goes on to its next phase.
    fn step(&mut self, calls: &mut Vec<Option<(Phase, u64)>>, at: (u64, usize), phase: Phase, call: u32, seat: u32) {
        let now = at.0;
        calls.resize(calls.len().max(call as usize + 1), None);
        if let Some((before, since)) = calls[call as usize].replace((phase, now)) {
            let what = match before {
                Phase::Arrived | Phase::Answered => What::Queueing,
                Phase::Seated => What::Changing,
                Phase::Ringing => What::Ringing,
                Phase::Dialling | Phase::Talking | Phase::Served => What::Speaking,
            };
            self.span(true, call, since, now, if what == What::Changing { What::Queueing } else { what });
            let seated = matches!(before, Phase::Seated | Phase::Dialling | Phase::Talking);
            // A chair that is kept while it rings is taken, and shown so.
            if seated || (before == Phase::Ringing && phase == Phase::Talking) {
                self.span(false, seat, since, now, what);
            }
        }
        if phase == Phase::Served {
            self.serve(at, self.arrivals[call as usize].0);
        }
    }

    fn index(&mut self) {
        let speaking = self.spans.iter().filter(|s| !s.is_call && s.what == What::Speaking);
        let (begins, ends): (Vec<u64>, Vec<u64>) = speaking.map(|s| (s.from, s.to)).unzip();
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
    fn speaking_until(&self, now: u64) -> u64 {
        let until = |times: &[(u64, u64)]| {
            let n = times.partition_point(|&(t, _)| t < now);
            (n as u64, n.checked_sub(1).map_or(0, |i| times[i].1))
        };
        let ((begun, begins), (ended, ends)) = (until(&self.begins), until(&self.ends));
        ends + (begun - ended) * now - begins
    }

    fn percentiles_of(&self, served: usize) -> Option<[u32; 3]> {
        if self.percentiles.get().0 != served {
            self.percentiles.set((served, percentiles(&self.served[..served])));
        }
        self.percentiles.get().1
    }

    /// Calls are served in order of time, as events are.
    fn serve(&mut self, (now, event): (u64, usize), came: u64) {
        self.served.push((now, event, now - came));
    }

    fn all_served(&self, calls: u32) -> Option<u64> {
        (self.served.len() as u32 == calls).then(|| self.served.last().map_or(0, |&(end, ..)| end))
    }

    fn most_alive(&self, cursor: usize) -> u32 {
        let n = self.alive.partition_point(|&(event, _)| event < cursor);
        n.checked_sub(1).map_or(0, |i| self.alive[i].1)
    }
}

/// The real calls: one task each, in the order of arrival.
#[derive(Default)]
struct Futures {
    /// Since when each call waits, and until when it rings.
    waits: Vec<Option<(u64, u64)>>,
    since: u64,
    alive: u32,
    most: u32,
}

impl Futures {
    fn step(&mut self, trace: &Trace, s: &mut Staffing, at: (u64, usize), event: Event) {
        let now = at.0;
        let came = |task: TaskId| s.arrivals.get(task.0 as usize - 1).map_or(now, |&(came, _)| came);
        match event {
            Event::Spawned { task } => {
                let came = came(task);
                self.waits.push(Some((came, came)));
                self.alive += 1;
                self.most = self.most.max(self.alive);
                s.alive.push((at.1, self.most));
            }
            Event::TimerSet { timer, task, .. } => {
                self.waits[task.0 as usize - 1] = Some((now, trace.timers[timer.0 as usize - 1]));
            }
            Event::PollStarted { task, .. } => {
                self.since = now;
                if let Some((from, rings_until)) = self.waits[task.0 as usize - 1].take() {
                    s.span(true, task.0 - 1, from, rings_until.min(now), What::Ringing);
                    s.span(true, task.0 - 1, rings_until, now, What::Queueing);
                }
            }
            Event::PollEnded { task, .. } => {
                s.span(true, task.0 - 1, self.since, now, What::Speaking);
                s.span(false, 0, self.since, now, What::Speaking);
            }
            Event::Dropped { task, .. } => {
                self.alive -= 1;
                let came = came(task);
                s.serve(at, came);
            }
            _ => {}
        }
    }
}

/// By a heap, whose code is a fraction of the standard sort's.
fn sorted(times: Vec<u64>) -> Vec<u64> {
    BinaryHeap::from(times).into_sorted_vec()
}

/// The nearest-rank 50th, 90th and 99th percentile of the durations.
fn percentiles(served: &[(u64, usize, u64)]) -> Option<[u32; 3]> {
    if served.is_empty() {
        return None;
    }
    let durations = sorted(served.iter().map(|&(_, _, d)| d).collect());
    Some([50, 90, 99].map(|p| durations[nearest_rank(durations.len(), p)] as u32))
}

/// Where the percentile `p` stands among `len` sorted values.
pub(super) fn nearest_rank(len: usize, p: usize) -> usize {
    (len * p).div_ceil(100).max(1) - 1
}
