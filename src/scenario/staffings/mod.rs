//! Staffings, read off a trace: what each chair and each call did when, and how well each has done at a cursor.
//!
//! The words are the call centre's: a *clerk* is a thread, a *chair* a core or a worker, a *call* a task. *Speaking* is
//! computing, *ringing* is waiting for something outside.

mod frame;
mod level;
mod passing;
mod real;
mod staffing;

pub use frame::{StaffingFrame, StaffingsFrame};
pub(super) use passing::Passing;

use crate::trace::event::Phase;
use crate::trace::{Event, Trace};
use real::Futures;
use staffing::{Staffing, What};
use std::collections::BinaryHeap;

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
        let arrived = |i| matches!(trace.event(i), Event::Model { phase: Phase::Arrived, .. });
        let arrive = (0..trace.len()).any(arrived);
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
                    // Where nobody arrives by themselves, a task is there in all of them when it is spawned.
                    if !arrive && matches!(event, Event::Spawned { .. }) {
                        for (s, info) in staffings.iter_mut().zip(&trace.staffings) {
                            s.arrivals.push((now, i));
                            if info.model {
                                s.alive.push((i, s.arrivals.len() as u32));
                            }
                        }
                    }
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

    /// Whether somebody speaks before the call `call` gives the turn to something outside for the first time, or is over;
    /// none if the call never comes as far as that.
    pub fn others_speak_before_it_rings(&self, staffing: usize, call: u32) -> Option<bool> {
        let s = &self.staffings[staffing];
        let of = |mine| s.spans.iter().filter(move |span| span.is_call && (span.lane == call) == mine);
        let rings = of(true).filter(|span| span.what == What::Ringing).map(|span| span.from).min();
        let spoken = || of(true).filter(|span| span.what == What::Speaking).map(|span| span.to).max();
        let until = rings.or_else(spoken)?;
        Some(of(false).any(|span| span.what == What::Speaking && span.from < until))
    }

    /// The picture after the first `cursor` events.
    pub fn frame(&self, trace: &Trace, cursor: usize) -> StaffingsFrame {
        let now = cursor.checked_sub(1).map_or(0, |i| trace.time(i.min(trace.len() - 1)));
        let frame = |(info, s): (&crate::trace::Staffing, &Staffing)| {
            let served = s.served.partition_point(|&(_, event, _)| event < cursor);
            // What is over, or was cut off, does no worse from then on.
            let elapsed = s.all_served(self.calls).or(info.cut).map_or(now, |end| end.min(now));
            let speaking = s.speaking_until(elapsed) as f64;
            let [waiting, speaking_at_once] = if cursor == 0 { [[0; 2]; 2] } else { s.at_once(now) };
            let each = if info.model { info.each as f64 } else { f64::from(self.future_size) };
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
                futures: f64::from(s.most_alive(cursor)) * each,
                waiting,
                speaking_at_once,
                taken: s.taken.partition_point(|&event| event < cursor) as u32,
                cut: info.cut.filter(|&cut| cut <= now).map(|cut| cut as u32),
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

/// By a heap, whose code is a fraction of the standard sort's.
pub(super) fn sorted<T: Ord>(times: Vec<T>) -> Vec<T> {
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
