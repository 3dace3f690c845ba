//! What the page measures: the rows, how each is run, and what a row's rounds say.

use super::{async_fn, boxed, by_hand, clerk_by_hand, four_deep};
use crate::alloc;
use crate::scenario::call_centre::code::{self, Call};
use crate::sorting::insertion_sort;
use serde::Serialize;
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// A row: a machine, and what drives it.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Its name, in messages and, after `poll_` or alone, among the recorded counts.
    pub id: &'static str,
    /// What is counted.
    pub unit: Unit,
    /// Serves or folds so many, once.
    run: fn(u32) -> u64,
    /// Makes its future, and gives the bytes of the machine, wherever it is.
    make: fn() -> usize,
}

/// What a row's time is divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub enum Unit {
    /// A poll, without an executor.
    Poll,
    /// A call, on the bare executor: two polls, a timer, a spawn.
    Call,
}

/// All rows, each kind led by the one that is written by hand.
pub const ROWS: [Row; 8] = [
    Row { id: "hand", unit: Unit::Poll, run: |n| super::run_hand(n).into(), make: || size_of_val(&by_hand::fold(1)) },
    Row {
        id: "async",
        unit: Unit::Poll,
        run: |n| super::run_async(n).into(),
        make: || size_of_val(&async_fn::fold(1)),
    },
    Row { id: "boxed", unit: Unit::Poll, run: |n| super::run_boxed(n).into(), make: || size_of_val(&*boxed::fold(1)) },
    Row {
        id: "boxed_dyn",
        unit: Unit::Poll,
        run: |n| super::run_boxed_dyn(n).into(),
        make: || size_of_val(&*boxed::fold_dyn(1)),
    },
    Row { id: "deep", unit: Unit::Poll, run: |n| super::run_deep(n).into(), make: || size_of_val(&four_deep::fold(1)) },
    Row { id: "seen", unit: Unit::Poll, run: |n| run_seen(n).into(), make: || size_of_val(&by_hand::fold(1)) },
    Row {
        id: "clerk_hand",
        unit: Unit::Call,
        run: super::run_clerk_hand,
        make: || size_of_val(&clerk_by_hand::call(CALL)),
    },
    Row { id: "clerk_async", unit: Unit::Call, run: super::run_clerk_async, make: || size_of_val(&code::call(CALL)) },
];

const CALL: Call = Call { dial: 1, ring: 20, talk: 1 };

/// The hand-written machine where the compiler sees it all: no poll need be left of it.
fn run_seen(n: u32) -> u32 {
    let mut future = pin!(by_hand::fold(n));
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            return value;
        }
    }
}

impl Row {
    /// Runs it `times` times with `n` numbers or calls: how many units that were.
    pub fn run(&self, n: u32, times: u32) -> f64 {
        for _ in 0..times {
            black_box((self.run)(black_box(n)));
        }
        // A fold of `n` numbers takes a poll more, to end.
        let units = match self.unit {
            Unit::Poll => f64::from(n) + 1.0,
            Unit::Call => f64::from(n),
        };
        units * f64::from(times)
    }

    /// The bytes of its machine, and how often it allocates to make one, as counted.
    pub fn facts(&self) -> (u32, u32) {
        let before = alloc::counts().allocations;
        let bytes = (self.make)();
        (bytes as u32, (alloc::counts().allocations - before) as u32)
    }
}

/// What the rounds of a row say, in ns a unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Spread {
    /// Half of the rounds took no longer.
    pub median: f64,
    /// A quarter took no longer.
    pub low: f64,
    /// A quarter took at least as long.
    pub high: f64,
}

impl Spread {
    /// Of at least one round.
    pub fn of(rounds: &[f64]) -> Self {
        let mut sorted = rounds.to_vec();
        // Times are no less than 0: they are in the order of their bits.
        insertion_sort(&mut sorted, |ns| ns.to_bits());
        // Between two neighbours it lies as far as the share says.
        let at = |share: f64| {
            let place = share * (sorted.len() - 1) as f64;
            let below = sorted[place.floor() as usize];
            below + (sorted[place.ceil() as usize] - below) * place.fract()
        };
        Spread { median: at(0.5), low: at(0.25), high: at(0.75) }
    }
}

/// A row, and what was measured of it so far.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct CostRow {
    /// Its name: `hand`, `async`, `boxed`, `boxed_dyn`, `deep`, `seen`, `clerk_hand` or `clerk_async`.
    pub id: &'static str,
    /// What is counted.
    pub unit: Unit,
    /// The bytes of its machine.
    pub bytes: u32,
    /// Allocations to make one.
    pub allocations: u32,
    /// Each round, in ns a unit, in the order of measuring.
    pub rounds: Vec<f64>,
    /// What they say, once there is one.
    pub spread: Option<Spread>,
}

/// A measurement: the rows, in rounds that each begin with another row.
#[derive(Debug)]
pub struct Costs {
    n: u32,
    round: f64,
    rounds: u32,
    compared: &'static [&'static str],
    rows: Vec<CostRow>,
}

impl Costs {
    /// Of folds of `n` numbers, in `rounds` rounds of `round` ms at least; which of the rows are to be compared.
    pub(super) fn new(n: u32, round: f64, rounds: u32, compared: &'static [&'static str]) -> Self {
        let row = |row: &Row| {
            let (bytes, allocations) = row.facts();
            CostRow { id: row.id, unit: row.unit, bytes, allocations, rounds: Vec::new(), spread: None }
        };
        Costs { n, round, rounds, compared, rows: ROWS.iter().map(row).collect() }
    }

    /// How long a round of a row is to last at least, in ms, by a clock that ticks every `resolution` ms: a hundred
    /// ticks, so that the clock is wrong by a hundredth at most, but no longer than a reader waits for.
    pub fn lasts(&self, resolution: f64) -> f64 {
        self.round.max(100.0 * resolution).min(MOST)
    }

    /// Rounds in all.
    pub fn rounds(&self) -> u32 {
        self.rounds
    }

    /// Runs a row `times` times: how many units that were. Calls come in shifts of a thousand.
    pub fn run(&self, row: usize, times: u32) -> f64 {
        ROWS[row].run(if ROWS[row].unit == Unit::Call { CALLS } else { self.n }, times)
    }

    /// In which order the rows take their turns in a round.
    pub fn order(&self, round: u32) -> Vec<u32> {
        let len = ROWS.len() as u32;
        (0..len).map(|i| (i + round) % len).collect()
    }

    /// A round of a row took so many ns a unit.
    pub fn note(&mut self, row: usize, ns: f64) {
        let row = &mut self.rows[row];
        row.rounds.push(ns);
        row.spread = Some(Spread::of(&row.rounds));
    }

    /// What was measured so far.
    pub fn rows(&self) -> &[CostRow] {
        &self.rows
    }

    /// The row that takes longest, of those that are compared; none as long as the middle half of its rounds overlaps
    /// that of another.
    pub fn slowest(&self) -> Option<&'static str> {
        let compared = || self.rows.iter().filter(|r| self.compared.contains(&r.id));
        let spreads: Option<Vec<_>> = compared().map(|r| Some((r.id, r.spread?))).collect();
        let spreads = spreads?;
        let (id, most) = spreads.iter().max_by(|a, b| a.1.median.total_cmp(&b.1.median))?;
        spreads.iter().all(|(other, s)| other == id || s.high < most.low).then_some(*id)
    }
}

/// Calls in a shift.
const CALLS: u32 = 1000;

/// As long as a round lasts at most, in ms.
const MOST: f64 = 250.0;

#[cfg(test)]
mod tests {
    use super::super::drive;
    use super::*;

    #[test]
    fn spread_is_the_middle_half() {
        let check = |rounds: &[f64], low, median, high| assert_eq!(Spread::of(rounds), Spread { median, low, high });
        check(&[3.0], 3.0, 3.0, 3.0);
        check(&[5.0, 1.0], 2.0, 3.0, 4.0);
        check(&[9.0, 1.0, 5.0, 3.0, 7.0], 3.0, 5.0, 7.0);
        check(&[4.0, 1.0, 2.0, 3.0], 1.75, 2.5, 3.25);
    }

    #[test]
    fn slowest_is_none_where_spreads_overlap() {
        let slowest = |rounds: [&[f64]; 3]| {
            let mut costs = Costs::new(10, 1.0, 5, &["hand", "async"]);
            for (row, rounds) in rounds.into_iter().enumerate() {
                rounds.iter().for_each(|&ns| costs.note(row, ns));
            }
            costs.slowest()
        };
        assert_eq!(slowest([&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0], &[]]), Some("async"));
        assert_eq!(slowest([&[4.0, 5.0, 6.0], &[1.0, 2.0, 3.0], &[9.0]]), Some("hand"), "others do not take part");
        assert_eq!(slowest([&[1.0, 2.0, 9.0], &[4.0, 5.0, 6.0], &[]]), None);
        assert_eq!(slowest([&[1.0], &[], &[]]), None, "not all were measured");
    }

    #[test]
    fn rounds_last_longer_than_the_clock_ticks_and_begin_with_each_row() {
        let costs = Costs::new(10, 10.0, 5, &[]);
        assert_eq!([0.005, 0.1, 1.0, 100.0].map(|tick| costs.lasts(tick)), [10.0, 10.0, 100.0, 250.0]);
        assert_eq!(costs.order(1), [1, 2, 3, 4, 5, 6, 7, 0]);
    }

    #[test]
    fn rows_do_the_same_work_and_say_how_much() {
        for row in ROWS {
            let units = row.run(10, 3);
            assert_eq!(units, if row.unit == Unit::Poll { 33.0 } else { 30.0 }, "{}", row.id);
            let (bytes, allocations) = row.facts();
            assert!(bytes >= 12, "{}: {bytes}", row.id);
            assert_eq!(allocations, u32::from(row.id.starts_with("boxed")), "{}", row.id);
        }
        assert_eq!(run_seen(1000), drive(async_fn::fold(1000)));
    }
}
