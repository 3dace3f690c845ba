//! The sweep: the same call centre with ever more callers, from one to a million.
//!
//! Each staffing of the form is run with the form's other parameters: three models and one of real futures, the same
//! code as in a recorded run, without a record. A fifth has no place in the form, since it has no number of clerks:
//! a clerk for each call, hired when the caller comes and gone when the call is over. That is a model, too.
//!
//! It goes on from point to point. What was measured stays when it is stopped.

mod real;
mod tally;

use super::calls::Calls;
use super::model::{Rules, Simulation};
use super::{CallCentre, CallCentreParams, threads};
use crate::scenario::spec::Spec;
use crate::scenario::{Given, Problem, params};
use serde::Serialize;
use tally::{Tallied, Tally};

/// How many callers there are, one after the other.
pub const SWEPT: [u32; 19] = [
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000,
    1_000_000,
];

/// How one staffing did with so many callers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct SweepPoint {
    /// The staffing: `one`, `pool`, `threads`, `each` (a clerk for each call) or `async`.
    pub staffing: &'static str,
    /// Whether it is simulated.
    pub model: bool,
    /// How many callers there were.
    pub callers: u32,
    /// Threads; of `each`, as many as there were at once, at most.
    pub clerks: u32,
    /// Cores.
    pub chairs: u32,
    /// When the last call was served, in ms.
    pub all_served: f64,
    /// Calls served in a (virtual) second.
    pub throughput: f64,
    /// The share of the chairs' time spent speaking, from 0 to 1.
    pub speaking: f64,
    /// The 50th and the 95th percentile of the time from a caller's arrival to the end of the call, in ms.
    pub takes: [f64; 2],
    /// Bytes of stacks: one for each clerk.
    pub stacks: f64,
    /// The measured size of one call's future, in bytes. 0 in a model, as are the next two.
    pub future_size: u32,
    /// How many futures were alive at once, at most, as measured.
    pub most_alive: u32,
    /// All that the executor held at once, at most, in bytes, as measured: slots, timers and queues. In its slot each
    /// future has the sweep's stopwatch beside it, of 4 bytes.
    pub held: f64,
}

/// How far a sweep has come.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct SweepProgress {
    /// Whether it is over.
    pub ended: bool,
    /// How much is done, from 0 to 1.
    pub done: f64,
    /// With how many callers it goes on.
    pub callers: u32,
    /// What was measured; none if there was nothing left to measure.
    pub point: Option<SweepPoint>,
}

/// The staffings, in the order of the form.
const STAFFINGS: [&str; 5] = ["one", "pool", "threads", "each", "async"];

/// A sweep under way.
pub struct Sweep {
    params: CallCentreParams,
    calls: Calls,
    /// What is still to be measured: how many callers, and which staffing. The last comes first.
    left: Vec<(u32, &'static str)>,
    /// In callers, each of which costs about as much as any other.
    all: f64,
}

impl Sweep {
    /// Part `part` of `parts` of a sweep with a form's parameters, up to `most` callers. What the form says of callers, and
    /// of what to compare, does not matter to it. Each part has some of the staffings.
    ///
    /// # Errors
    /// Every field that is wrong.
    pub fn new(given: Given<'_>, most: u32, part: usize, parts: usize) -> Result<Self, Problem> {
        let (params, seed) = params::read::<CallCentreParams>(given, CallCentre::SEEDED)?;
        let most = SWEPT.into_iter().rev().find(|&n| n <= most).unwrap_or(SWEPT[0]);
        let staffings = STAFFINGS.into_iter().enumerate().filter(|(i, _)| i % parts == part).map(|(_, name)| name);
        let of = |callers| staffings.clone().map(move |name| (callers, name));
        let mut left: Vec<(u32, &str)> = SWEPT.into_iter().filter(|&n| n <= most).flat_map(of).collect();
        left.reverse();
        let all = sum(&left);
        Ok(Sweep { params, calls: Calls::new(&params, seed, most), left, all })
    }

    /// Measures the next point.
    pub fn advance(&mut self) -> SweepProgress {
        let point = self.left.pop().map(|(callers, staffing)| self.point(callers, staffing));
        SweepProgress {
            ended: self.left.is_empty(),
            done: if self.left.is_empty() { 1.0 } else { 1.0 - sum(&self.left) / self.all },
            callers: self.left.last().map_or(self.calls.len(), |&(callers, _)| callers),
            point,
        }
    }

    fn point(&self, callers: u32, staffing: &'static str) -> SweepPoint {
        let calls = self.calls.first(callers);
        let params = &self.params;
        let rules = match staffing {
            "one" => Some(Rules::seated(1)),
            "pool" => Some(Rules::seated(params.chairs)),
            "threads" => Some(threads(params, params.clerks)),
            "each" => Some(threads(params, callers)),
            _ => None,
        };
        let (rules, mut tally, futures) = match rules {
            Some(rules) => {
                let mut simulation = Simulation::new(rules, calls.clone(), Tallied::new(calls));
                simulation.run();
                let Tallied { tally, most, .. } = simulation.observer;
                let clerks = if staffing == "each" { most } else { rules.clerks };
                (Rules { clerks, ..rules }, tally, real::Futures::default())
            }
            None => {
                let (tally, futures) = real::run(&calls);
                (Rules::seated(1), tally, futures)
            }
        };
        let model = staffing != "async";
        let Rules { clerks, chairs, .. } = rules;
        let Tally { ended, speaking, .. } = tally;
        let elapsed = ended as f64;
        let by_time = |of: f64, per: f64| if ended > 0 { of / (elapsed * per) } else { 0.0 };
        SweepPoint {
            staffing,
            model,
            callers,
            clerks,
            chairs,
            all_served: elapsed,
            throughput: by_time(f64::from(tally.served()) * 1000.0, 1.0),
            speaking: by_time(speaking as f64, f64::from(chairs)),
            takes: tally.percentiles([50, 95]).map(|ms| ms as f64),
            stacks: f64::from(self.params.stack) * 1024.0 * f64::from(clerks),
            future_size: futures.size,
            most_alive: futures.most,
            held: futures.held as f64,
        }
    }
}

fn sum(points: &[(u32, &str)]) -> f64 {
    points.iter().map(|&(callers, _)| f64::from(callers)).sum()
}
