//! Exploring: the same run under other orders of its polls, in search of one that is stuck or comes to something else.
//!
//! A *choice* is a poll with two or more tasks ready; an *order* is what all choices of a run fall on. First those orders run
//! that are nearest to the queue's own (`deviations.rs`), with half of the budget: what they find is the shortest. If there
//! are more, one of each class of orders that cannot differ runs (`reduction.rs`). If these are all, no outcome is missing,
//! and the rest of the budget looks for a shorter order to each. Last, the number of all orders is estimated, if they did not
//! all run.
//!
//! An exploration can be made in *parts*, side by side, each with its share of both searches. Together, parts find what the
//! whole would, unless a budget cuts them off.

mod deviations;
mod outcome;
mod reduction;

pub use outcome::{Explored, Outcome, Verdict};

use crate::executor::{Choices, Guide, Plan, Sight, with_uses};
use crate::scenario::{Given, Job, Problem, Scenario, Setup};
use crate::trace::Trace;
use crate::trace::event::End;
use deviations::Deviations;
use outcome::outcome;
use reduction::Reduction;
use std::cell::RefCell;
use std::rc::Rc;

/// Runs by chance that the number of orders is estimated from. (Knuth: the mean of the products of how many were ready.)
const PROBES: u32 = 64;

/// Which part of an exploration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// From 0. The first one runs the queue's own order, too.
    pub nth: u32,
    /// How many there are.
    pub of: u32,
}

impl Part {
    /// All of it.
    pub const WHOLE: Part = Part { nth: 0, of: 1 };
}

/// What is to be explored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Search {
    /// The most runs.
    pub budget: u32,
    /// Which part of it.
    pub part: Part,
    /// Whether two runs differ that log the same lines in another order.
    pub lines_in_order: bool,
}

/// How far an exploration is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// The orders nearest to the queue's own.
    Near,
    /// One order of each class.
    Classes,
    /// More of the near ones, for the shortest to each outcome.
    Shortest,
    /// Orders by chance, of which so many ran.
    Probes(u32),
    /// Nothing is left to do.
    Over,
}

/// An exploration under way.
pub struct Explore {
    start: Box<dyn Fn(Setup) -> Result<Job, Problem>>,
    setup: Setup,
    search: Search,
    sight: Sight,
    phase: Phase,
    deviations: Deviations,
    reduction: Reduction,
    /// Runs that were made, those included that came to nothing new.
    runs: u32,
    /// Whether a run met a budget of its own: of what it would have come to, nothing is known.
    is_cut_off: bool,
    explored: Explored,
}

impl Explore {
    /// Of a scenario with these parameters.
    ///
    /// # Errors
    /// As [`Scenario::start`].
    pub fn new(scenario: &'static Scenario, given: Given<'_>, setup: Setup, search: Search) -> Result<Self, Problem> {
        Ok(Self::of(scenario.starter(given)?, setup, search, scenario.all_reported))
    }

    /// Of anything that can be started again and again. `all_reported`: whether its tasks share nothing but what the
    /// prelude's futures and cells report; if not, every order is a class of its own.
    pub fn of(
        start: impl Fn(Setup) -> Result<Job, Problem> + 'static,
        setup: Setup,
        search: Search,
        all_reported: bool,
    ) -> Self {
        Explore {
            start: Box::new(start),
            setup,
            search,
            sight: Sight { lines_in_order: search.lines_in_order, all_reported },
            phase: Phase::Near,
            deviations: Deviations::new(search.part),
            reduction: Reduction::new(search.part),
            runs: 0,
            is_cut_off: false,
            explored: Explored::none(search.budget),
        }
    }

    /// Makes one more run, if there is one to be made; says how far it has come.
    ///
    /// # Errors
    /// As [`Scenario::start`].
    pub fn advance(&mut self) -> Result<&Explored, Problem> {
        self.phase = self.next_phase();
        match self.phase {
            Phase::Near | Phase::Shortest => self.run_near()?,
            Phase::Classes => self.run_class()?,
            Phase::Probes(nth) => self.run_probe(nth)?,
            Phase::Over => {}
        }
        self.explored.every = self.deviations.is_through();
        let is_whole = self.explored.is_whole();
        self.explored.left = if is_whole { 0 } else { self.deviations.left() + self.reduction.left() };
        if self.explored.every && self.search.part.of == 1 {
            self.explored.orders = f64::from(self.explored.near);
        }
        self.explored.conclude();
        self.phase = self.next_phase();
        self.explored.ended = self.phase == Phase::Over;
        Ok(&self.explored)
    }

    /// How far it has come.
    pub fn explored(&self) -> &Explored {
        &self.explored
    }

    /// What is to be done next.
    fn next_phase(&self) -> Phase {
        let Search { budget, part, .. } = self.search;
        let is_spent = self.runs >= budget;
        // The parts of the two searches are not the same: together they are through with one only if each part is.
        let is_through = self.deviations.is_through();
        let last = if part.nth == 0 && (part.of > 1 || !is_through) { Phase::Probes(0) } else { Phase::Over };
        match self.phase {
            Phase::Near if is_through && part.of == 1 => Phase::Over,
            Phase::Near if !is_through && self.runs < budget.div_ceil(2) => Phase::Near,
            Phase::Near | Phase::Classes if !is_spent && !self.explored.reduced => Phase::Classes,
            Phase::Near | Phase::Classes | Phase::Shortest => {
                let is_known = self.explored.outcomes.iter().all(|outcome| outcome.is_shortest);
                if is_spent || is_through || is_known { last } else { Phase::Shortest }
            }
            Phase::Probes(nth) if nth < PROBES => self.phase,
            Phase::Probes(_) | Phase::Over => Phase::Over,
        }
    }

    /// Makes a run that a guide decides.
    fn run(&self, guide: Guide) -> Result<(Trace, Choices), Problem> {
        let choices = Rc::new(RefCell::new(Choices::new(guide, self.sight)));
        let setup = Setup { choices: Some(choices.clone()), ..self.setup.clone() };
        let trace = with_uses(|| (self.start)(setup).map(Job::run))?;
        let nothing = Choices::new(Guide::Deviations(Vec::new()), self.sight);
        let choices = choices.replace(nothing);
        Ok((trace, choices))
    }

    fn run_near(&mut self) -> Result<(), Problem> {
        let Some(deviations) = self.deviations.next() else { return Ok(()) };
        let is_own_order = deviations.is_empty();
        let (trace, choices) = self.run(Guide::Deviations(deviations.clone()))?;
        self.runs += 1;
        // The other parts run the queue's own order to learn of its choices.
        if !is_own_order || self.search.part.nth == 0 {
            self.count(&trace, &choices, 1);
        }
        let room = self.search.budget.saturating_sub(self.runs) as usize;
        self.deviations.branch(&deviations, choices.ready(), room);
        self.explored.deviations = self.deviations.passed(deviations.len());
        Ok(())
    }

    fn run_class(&mut self) -> Result<(), Problem> {
        let Some((guide, counts)) = self.reduction.next() else {
            self.explored.reduced = !self.is_cut_off;
            if self.is_cut_off {
                self.runs = self.search.budget;
            }
            return Ok(());
        };
        let (trace, choices) = self.run(guide)?;
        self.runs += 1;
        if counts && !choices.is_redundant() {
            self.explored.classes += 1;
            self.count(&trace, &choices, 0);
        }
        self.reduction.learn(choices.into_steps(&trace));
        Ok(())
    }

    fn run_probe(&mut self, nth: u32) -> Result<(), Problem> {
        let (_, choices) = self.run(Guide::Chance(fastrand::Rng::with_seed(nth.into())))?;
        let orders: f64 = choices.ready().iter().map(|&ready| f64::from(ready)).product();
        self.explored.orders += orders / f64::from(PROBES);
        self.phase = Phase::Probes(nth + 1);
        Ok(())
    }

    /// Takes note of what a run came to, which is one of the near orders or none.
    fn count(&mut self, trace: &Trace, choices: &Choices, near: u32) {
        let (end, lines) = outcome(trace, self.search.lines_in_order);
        self.is_cut_off |= !matches!(end, End::Completed | End::Deadlock(_));
        let (deviations, events) = (choices.made() as u32, trace.len() as u32);
        let ending = end.into();
        let explored = &mut self.explored;
        let mut known = explored.outcomes.iter().filter(|o| o.ending == ending && o.lines == lines);
        // Only those of the shortest are kept.
        let is_shortest = known.all(|known| (deviations, events) < (known.deviations, known.events));
        let changes = if is_shortest { Plan::changes_text(&choices.changes(trace)) } else { String::new() };
        explored.schedules += 1;
        explored.near += near;
        let (schedules, orders) = (1, near);
        let is_shortest = false;
        explored.add(Outcome { ending, lines, schedules, orders, changes, deviations, events, is_shortest });
    }
}
