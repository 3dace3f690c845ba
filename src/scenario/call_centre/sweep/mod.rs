//! The sweep: the same call centre with ever more callers, from one to a million.
//!
//! Each staffing of the form is run with the form's other parameters: three models and one of real futures, the same
//! code as in a recorded run, without a record. A fifth has no place in the form, since it has no number of clerks:
//! a clerk for each call, hired when the caller comes and gone when the call is over. That is a model, too.
//!
//! It goes on in slices, so that it can be stopped. What was measured until then stays.

mod real;
mod tally;

use super::calls::Calls;
use super::model::{Rules, Simulation};
use super::{CallCentre, CallCentreParams, threads};
use crate::scenario::spec::Spec;
use crate::scenario::{Given, Problem, params};
use real::Real;
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
    /// What was measured in this slice.
    pub points: Vec<SweepPoint>,
}

/// The staffings, in the order of the form.
const STAFFINGS: [&str; 5] = ["one", "pool", "threads", "each", "async"];

enum UnderWay {
    Model(Rules, Simulation<Tallied>),
    Real(Real),
}

/// A sweep under way.
pub struct Sweep {
    params: CallCentreParams,
    calls: Calls,
    /// Which number of callers, and which staffing.
    at: (usize, usize),
    under_way: Option<UnderWay>,
}

impl Sweep {
    /// A sweep with a form's parameters, up to `most` callers. What the form says of callers, and of what to compare,
    /// does not matter to it.
    ///
    /// # Errors
    /// Every field that is wrong.
    pub fn new(given: Given<'_>, most: u32) -> Result<Self, Problem> {
        let (params, seed) = params::read::<CallCentreParams>(given, CallCentre::SEEDED)?;
        let most = SWEPT.into_iter().rev().find(|&n| n <= most).unwrap_or(SWEPT[0]);
        Ok(Sweep { params, calls: Calls::new(&params, seed, most), at: (0, 0), under_way: None })
    }

    /// Goes on for about `steps` polls of futures or things that happen in a model.
    pub fn advance(&mut self, steps: u32) -> SweepProgress {
        let (params, calls) = (&self.params, &self.calls);
        let Some(callers) = self.callers() else {
            return SweepProgress { ended: true, done: 1.0, callers: calls.len(), points: Vec::new() };
        };
        let under_way = self.under_way.get_or_insert_with(|| begin(self.at.1, params, calls.first(callers)));
        let over = match under_way {
            UnderWay::Model(_, simulation) => simulation.advance(steps),
            UnderWay::Real(real) => real.advance(steps),
        };
        let mut points = Vec::new();
        if over && let Some(under_way) = self.under_way.take() {
            points.push(self.point(callers, under_way));
            self.at = if self.at.1 + 1 < STAFFINGS.len() { (self.at.0, self.at.1 + 1) } else { (self.at.0 + 1, 0) };
        }
        SweepProgress { ended: self.callers().is_none(), done: self.done(), callers, points }
    }

    fn callers(&self) -> Option<u32> {
        SWEPT.get(self.at.0).copied().filter(|&n| n <= self.calls.len())
    }

    /// In callers: each costs about as much as any other.
    fn done(&self) -> f64 {
        let sum = |of: &[u32]| of.iter().copied().map(f64::from).sum::<f64>();
        let all = sum(&SWEPT[..SWEPT.partition_point(|&n| n <= self.calls.len())]);
        let share = self.under_way.as_ref().map_or(0.0, |under_way| match under_way {
            UnderWay::Model(_, simulation) => f64::from(simulation.came()) / f64::from(self.callers().unwrap_or(1)),
            UnderWay::Real(real) => real.done(),
        });
        let here = f64::from(self.callers().unwrap_or(0)) * (self.at.1 as f64 + share) / STAFFINGS.len() as f64;
        (sum(&SWEPT[..self.at.0]) + here) / all
    }

    fn point(&self, callers: u32, over: UnderWay) -> SweepPoint {
        let staffing = STAFFINGS[self.at.1];
        let (model, rules, mut tally, futures) = match over {
            UnderWay::Model(rules, Simulation { observer, .. }) => {
                let clerks = if staffing == "each" { observer.most } else { rules.clerks };
                (true, Rules { clerks, ..rules }, observer.tally, real::Futures::default())
            }
            UnderWay::Real(real) => {
                let (tally, futures) = real.finish();
                (false, Rules::seated(1), tally, futures)
            }
        };
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

fn begin(staffing: usize, params: &CallCentreParams, calls: Calls) -> UnderWay {
    let rules = match STAFFINGS[staffing] {
        "one" => Rules::seated(1),
        "pool" => Rules::seated(params.chairs),
        "threads" => threads(params, params.clerks),
        "each" => threads(params, calls.len()),
        _ => return UnderWay::Real(Real::new(&calls)),
    };
    UnderWay::Model(rules, Simulation::new(rules, calls.clone(), Tallied::new(calls)))
}
