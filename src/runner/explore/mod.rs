//! Exploring: the same run under other orders of its polls, in search of one that is stuck or comes to something else.
//!
//! A *choice* is a poll with two or more tasks ready; an *order* is what all choices of a run fall on. First a few orders run
//! that are nearest to the queue's own (`deviations.rs`): what they find is the shortest. If there are more, runs by chance
//! tell about how many. If that is within the budget, all of them run, and are counted. If not, one of each class of orders
//! that cannot differ runs (`reduction.rs`): if these are all, no outcome is missing, and what is left of the budget looks for
//! a shorter order to each.
//!
//! An exploration can be made in *parts*, side by side, each with its share of both searches. Together, parts find what the
//! whole would, unless a budget cuts them off.

mod deviations;
mod outcome;
mod reduction;

pub use outcome::{Explored, Order, Outcome, Verdict};

use crate::executor::{Choices, Guide, Plan, Sight, free_memory, with_uses};
use crate::record::TraceRecorder;
use crate::scenario::{Given, Job, Problem, Setup, Tried, runs_of};
use crate::trace::TimeUnit;
use crate::trace::event::End;
use deviations::Deviations;
use outcome::MOST_OUTCOMES;
use reduction::Reduction;
use std::cell::RefCell;
use std::rc::Rc;

/// How many of the nearest orders run before anything else is thought of.
const FIRST: u32 = 1000;

/// More orders than this are not kept to be drawn.
const MOST_DRAWN: usize = 1000;

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
    /// A few of the orders nearest to the queue's own.
    First,
    /// Orders by chance, of which so many ran.
    Probes(u32),
    /// All of the near ones, as it seems that there are not too many.
    Every,
    /// One order of each class.
    Classes,
    /// More of the near ones, for the shortest to each outcome.
    Shortest,
    /// Nothing is left to do.
    Over,
}

/// An exploration under way.
///
/// Its runs leave no traces: a [brief](TraceRecorder::brief) recorder, the memory of tasks and all lists are used again by the
/// next one.
pub struct Explore {
    start: Box<dyn Fn(Setup) -> Result<Job, Problem>>,
    setup: Setup,
    tried: Tried,
    search: Search,
    all_reported: bool,
    phase: Phase,
    deviations: Deviations,
    reduction: Reduction,
    /// Runs that were made, those included that came to nothing new; and those of them that were to be of a new class.
    runs: u32,
    in_classes: u32,
    /// Whether a run met a budget of its own: of what it would have come to, nothing is known.
    is_cut_off: bool,
    /// About how many orders there are.
    estimate: f64,
    explored: Explored,
    /// Of each outcome, what tells it apart; and of the run that was made last.
    ends: Vec<outcome::End>,
    last: outcome::End,
    /// The near orders that ran, until they are too many.
    orders: Vec<Order>,
}

impl Explore {
    /// Of the scenario of that name, with these parameters.
    ///
    /// # Errors
    /// If there is none, and as [`Scenario::start`](crate::scenario::Scenario::start).
    pub fn new(scenario: &str, given: Given<'_>, setup: Setup, search: Search) -> Result<Self, Problem> {
        let runs = runs_of(scenario)?;
        Ok(Self::of(runs.starter(given)?, setup, search, runs.all_reported))
    }

    /// Of anything that can be started again and again. `all_reported`: whether its tasks share nothing but what the
    /// prelude's futures and cells report; if not, every order is a class of its own.
    pub fn of(
        start: impl Fn(Setup) -> Result<Job, Problem> + 'static,
        setup: Setup,
        search: Search,
        all_reported: bool,
    ) -> Self {
        let choices = Choices::new(Sight { lines_in_order: search.lines_in_order, all_reported });
        let recorder = TraceRecorder::brief(TimeUnit::VirtualMs, setup.budget);
        let tried = Tried { choices: Rc::new(RefCell::new(choices)), recorder };
        Explore {
            start: Box::new(start),
            setup: Setup { tried: Some(tried.clone()), ..setup },
            tried,
            search,
            all_reported,
            phase: Phase::First,
            deviations: Deviations::new(search.part),
            reduction: Reduction::new(search.part),
            runs: 0,
            in_classes: 0,
            is_cut_off: false,
            estimate: 0.0,
            explored: Explored::none(search.budget),
            ends: Vec::new(),
            last: outcome::End::none(),
            orders: Vec::new(),
        }
    }

    /// Makes so many more runs, as far as there are some to be made; says how far it has come.
    ///
    /// # Errors
    /// As [`Scenario::start`](crate::scenario::Scenario::start).
    pub fn advance(&mut self, runs: u32) -> Result<&Explored, Problem> {
        with_uses(|| {
            for _ in 0..runs {
                self.phase = self.next_phase();
                match self.phase {
                    Phase::First | Phase::Every | Phase::Shortest => self.run_near()?,
                    Phase::Classes => self.run_class()?,
                    Phase::Probes(nth) => self.run_probe(nth)?,
                    Phase::Over => break,
                }
                self.explored.every = self.deviations.is_through();
                // What is to be done next depends on it.
                if let Phase::Classes | Phase::Shortest = self.phase {
                    self.explored.conclude();
                }
            }
            Ok::<(), Problem>(())
        })?;
        self.explored.conclude();
        let is_whole = self.explored.is_whole();
        self.explored.left = if is_whole { 0 } else { self.deviations.left() + self.reduction.left() };
        self.explored.orders = match self.search.part {
            Part { of: 1, .. } if self.explored.every => f64::from(self.explored.near),
            // There are no fewer than have run.
            Part { nth: 0, .. } if self.estimate > 0.0 => self.estimate.max(f64::from(self.explored.near)),
            _ => 0.0,
        };
        self.phase = self.next_phase();
        self.explored.ended = self.phase == Phase::Over;
        if self.explored.ended && self.explored.every && self.search.part.of == 1 {
            self.explored.tree.append(&mut self.orders);
        }
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
        let half = budget.div_ceil(2);
        let is_through = self.deviations.is_through();
        // Where every order is a class of its own, the near ones are as good as the classes.
        let most_near = if self.all_reported { half } else { budget };
        let are_few = self.estimate / f64::from(part.of) < f64::from(most_near);
        match self.phase {
            Phase::First if is_through && part.of == 1 => Phase::Over,
            Phase::First if !is_through && self.runs < half.min(FIRST) => Phase::First,
            Phase::First => Phase::Probes(0),
            Phase::Probes(nth) if nth < PROBES => self.phase,
            Phase::Probes(_) if !are_few && self.all_reported => Phase::Classes,
            // If there are more than it seemed, the classes are next.
            Phase::Probes(_) | Phase::Every if is_through && part.of == 1 || is_spent => Phase::Over,
            Phase::Probes(_) | Phase::Every if !is_through && self.runs < most_near => Phase::Every,
            Phase::Probes(_) | Phase::Every => Phase::Classes,
            Phase::Classes if !is_spent && !self.explored.reduced && self.in_classes < half => Phase::Classes,
            Phase::Classes | Phase::Shortest => {
                let is_known = self.explored.outcomes.iter().all(|outcome| outcome.is_shortest);
                let is_done = is_spent || is_through || self.explored.reduced && is_known;
                if is_done { Phase::Over } else { Phase::Shortest }
            }
            Phase::Over => Phase::Over,
        }
    }

    /// Makes a run that a guide decides.
    fn run(&self, guide: Guide) -> Result<(), Problem> {
        self.tried.choices.borrow_mut().begin(guide);
        self.tried.recorder.begin_again();
        (self.start)(self.setup.clone())?.drive();
        Ok(())
    }

    fn run_near(&mut self) -> Result<(), Problem> {
        let Some(deviations) = self.deviations.next() else { return Ok(()) };
        let many = deviations.len();
        self.run(Guide::Deviations(deviations))?;
        self.runs += 1;
        // The other parts run the queue's own order to learn of its choices.
        if many > 0 || self.search.part.nth == 0 {
            self.count(1);
        }
        let room = self.search.budget.saturating_sub(self.runs) as usize;
        self.deviations.branch(self.tried.choices.borrow().ready(), room);
        self.explored.deviations = self.deviations.passed(many);
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
        self.run(guide)?;
        self.runs += 1;
        self.in_classes += 1;
        if counts && !self.tried.choices.borrow().is_redundant() {
            self.explored.classes += 1;
            self.count(0);
        }
        let choices = &mut *self.tried.choices.borrow_mut();
        self.reduction.learn(self.tried.recorder.with_trace(|trace| choices.take_steps(trace)));
        Ok(())
    }

    fn run_probe(&mut self, nth: u32) -> Result<(), Problem> {
        self.run(Guide::Chance(fastrand::Rng::with_seed(nth.into())))?;
        let orders: f64 = self.tried.choices.borrow().ready().iter().map(|&ready| f64::from(ready)).product();
        self.estimate += orders / f64::from(PROBES);
        self.phase = Phase::Probes(nth + 1);
        Ok(())
    }

    /// Takes note of what a run came to, which is one of the near orders or none.
    fn count(&mut self, near: u32) {
        let Explore { tried, explored, ends, last, orders, .. } = self;
        let choices = tried.choices.borrow();
        let in_order = self.search.lines_in_order;
        tried.recorder.with_outcome(|lines, end| last.set(end.unwrap_or(End::Stopped), lines, in_order));
        self.is_cut_off |= !matches!(last.end, End::Completed | End::Deadlock(_));
        explored.schedules += 1;
        explored.near += near;
        // Only where a run is the first or the shortest, or is drawn, anybody looks at what there is of it.
        let changes = || tried.recorder.with_trace(|trace| Plan::changes_text(&choices.changes(trace)));
        let known = ends.iter().position(|known| known == last);
        let length = (choices.made() as u32, choices.polled().len() as u32);
        match known.map(|at| &mut explored.outcomes[at]) {
            Some(known) => {
                known.schedules += 1;
                known.orders += near;
                // Only the shortest is kept.
                if length < (known.deviations, known.polls) {
                    (known.deviations, known.polls) = length;
                    known.changes = changes();
                }
            }
            None if ends.len() < MOST_OUTCOMES => {
                explored.outcomes.push(Outcome {
                    ending: last.end.into(),
                    lines: tried.recorder.with_trace(|trace| outcome::lines(trace, &last.lines, in_order)),
                    schedules: 1,
                    orders: near,
                    changes: changes(),
                    deviations: length.0,
                    polls: length.1,
                    is_shortest: false,
                });
                ends.push(last.clone());
            }
            None => explored.others += 1,
        }
        let is_drawn = self.search.part.of == 1 && explored.near as usize <= MOST_DRAWN && explored.others == 0;
        if near > 0 && is_drawn {
            let outcome = known.unwrap_or(explored.outcomes.len() - 1) as u32;
            let polls = choices.polled().iter().map(|task| task.0).collect();
            orders.push(Order { polls, outcome, changes: changes() });
        }
        if !is_drawn {
            orders.clear();
        }
    }
}

impl Drop for Explore {
    fn drop(&mut self) {
        free_memory();
    }
}
