//! What an exploration has found: the outcomes, how many runs came to each, and what is known of the orders that did not run.

use crate::hash::fnv1a;
use crate::sorting::sorted;
use crate::trace::Trace;
use crate::trace::event;
use crate::trace::ids::NameId;
use crate::view::Ending;
use serde::Serialize;

/// The most outcomes that are distinguished.
pub(super) const MOST_OUTCOMES: usize = 64;

/// What some of the runs came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Outcome {
    /// How they ended.
    pub ending: Ending,
    /// The lines that they logged: sorted, unless their order counts.
    pub lines: Vec<String>,
    /// How many runs came to this.
    pub schedules: u32,
    /// How many orders, each counted once, of those nearest to the queue's own.
    pub orders: u32,
    /// The shortest of them, as changes of the run; empty if it is the queue's own order.
    pub changes: String,
    /// How many polls of it are out of turn.
    pub deviations: u32,
    /// All of its polls.
    pub polls: u32,
    /// Whether no order comes to this with fewer polls out of turn.
    pub is_shortest: bool,
}

/// One of the orders that ran.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Order {
    /// Whose polls they were.
    pub polls: Vec<u32>,
    /// What it came to: the place among the outcomes.
    pub outcome: u32,
    /// What makes it out of the queue's own order, as changes of the run.
    pub changes: String,
}

/// What an exploration says of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// All came to the same.
    Same,
    /// Some are stuck.
    Stuck,
    /// None is stuck, and some came to something else.
    OtherEnd,
}

/// How far the exploration has come.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Explored {
    /// Runs that were made.
    pub schedules: u32,
    /// The most that may be made.
    pub budget: u32,
    /// Whether there is nothing more to do: nothing is left to be found, or the budget is used up.
    pub ended: bool,
    /// Orders that ran, of those nearest to the queue's own: each of them once.
    pub near: u32,
    /// Whether these are all there are.
    pub every: bool,
    /// Whether of all orders that differ in nothing but polls that have nothing to do with each other, one has run.
    pub reduced: bool,
    /// Of these, how many runs there were.
    pub classes: u32,
    /// How many orders there are, where that is known or estimated; 0 where it is not.
    pub orders: f64,
    /// All orders with at most so many polls out of turn have run.
    pub deviations: u32,
    /// Orders that are known and did not run; there may be more behind them.
    pub left: u32,
    /// What the runs came to, the queue's own order first, then as they were found.
    pub outcomes: Vec<Outcome>,
    /// The orders themselves, the queue's own first: if they all ran in one part, and are few enough to be drawn.
    pub tree: Vec<Order>,
    /// Runs that came to something that is none of the above.
    pub others: u32,
    /// What they say of the run.
    pub verdict: Verdict,
}

impl Explored {
    /// Nothing so far.
    pub(super) fn none(budget: u32) -> Self {
        Explored {
            schedules: 0,
            budget,
            ended: false,
            near: 0,
            every: false,
            reduced: false,
            classes: 0,
            orders: 0.0,
            deviations: 0,
            left: 0,
            outcomes: Vec::new(),
            tree: Vec::new(),
            others: 0,
            verdict: Verdict::Same,
        }
    }

    /// Whether no order is left that could come to anything else.
    pub fn is_whole(&self) -> bool {
        self.every || self.reduced
    }

    /// What two parts have come to together. The first part is to be the one that is merged into.
    pub fn merge(&mut self, other: Explored) {
        self.tree.clear();
        self.schedules += other.schedules;
        self.near += other.near;
        self.budget = self.budget.saturating_add(other.budget);
        self.ended &= other.ended;
        // Of a part in which every order has run none is missing, however often it deviates.
        self.deviations = match (self.every, other.every) {
            (true, true) => self.deviations.max(other.deviations),
            (true, false) => other.deviations,
            (false, true) => self.deviations,
            (false, false) => self.deviations.min(other.deviations),
        };
        // The parts of the two ways of exploring are not the same.
        self.every &= other.every;
        self.reduced &= other.reduced;
        self.classes = self.classes.saturating_add(other.classes);
        self.left = self.left.saturating_add(other.left);
        self.others += other.others;
        other.outcomes.into_iter().for_each(|outcome| self.add(outcome));
        if self.every {
            self.orders = f64::from(self.near);
        }
        self.conclude();
    }

    fn add(&mut self, outcome: Outcome) {
        let same = |o: &&mut Outcome| o.ending == outcome.ending && o.lines == outcome.lines;
        if let Some(known) = self.outcomes.iter_mut().find(same) {
            let (schedules, orders) = (known.schedules + outcome.schedules, known.orders + outcome.orders);
            if (outcome.deviations, outcome.polls) < (known.deviations, known.polls) {
                *known = outcome;
            }
            (known.schedules, known.orders) = (schedules, orders);
        } else if self.outcomes.len() < MOST_OUTCOMES {
            self.outcomes.push(outcome);
        } else {
            self.others += outcome.schedules;
        }
    }

    /// Says what follows from what was found.
    pub(super) fn conclude(&mut self) {
        for outcome in &mut self.outcomes {
            outcome.is_shortest = self.every || outcome.deviations <= self.deviations + 1;
        }
        self.verdict = if self.outcomes.iter().any(|o| matches!(o.ending, Ending::Deadlock { .. })) {
            Verdict::Stuck
        } else if self.outcomes.len() > 1 || self.others > 0 {
            Verdict::OtherEnd
        } else {
            Verdict::Same
        };
    }
}

/// What tells an outcome apart: how the run ended, and which lines it logged, in their order, if that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct End {
    /// Of what follows: most that differ differ in it.
    hash: u64,
    pub(super) end: event::End,
    pub(super) lines: Vec<NameId>,
}

impl End {
    pub(super) fn none() -> Self {
        End { hash: 0, end: event::End::Stopped, lines: Vec::new() }
    }

    /// Becomes that of a run.
    pub(super) fn set(&mut self, end: event::End, lines: &[NameId], lines_in_order: bool) {
        self.end = end;
        self.lines.clear();
        self.lines.extend_from_slice(lines);
        if !lines_in_order {
            self.lines.sort_unstable();
        }
        self.hash = fnv1a(self.lines.iter().map(|line| line.0));
    }
}

/// Those lines as they were written: sorted, unless their order counts.
pub(super) fn lines(trace: &Trace, lines: &[NameId], in_order: bool) -> Vec<String> {
    let lines = lines.iter().map(|&line| trace.name(line).to_owned()).collect();
    if in_order { lines } else { sorted(lines) }
}
