//! Exploring: the same run under other schedules, in search of one that is stuck or comes to something else.
//!
//! A *choice* is a poll with two or more who are ready. A schedule is named by its *deviations*: the choices that do not
//! fall on the first in line. Schedules are tried in the order of how many deviations they have, so that the first one
//! that goes wrong is the shortest, and no schedule is tried twice: each makes those that deviate once more, later. (A
//! search in depth would try late deviations first, and most faults of a schedule need one or two early ones.)
//!
//! An exploration can be made in *parts*, side by side: each has its share of the first deviations, with all that comes
//! behind them. Together, parts try the schedules that the whole would, unless a budget cuts them off.

use crate::executor::{Choices, Plan};
use crate::scenario::{Given, Job, Problem, Scenario, Setup};
use crate::sorting::sorted;
use crate::trace::event::End;
use crate::trace::{Event, Trace};
use crate::view::Ending;
use serde::Serialize;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

/// The most outcomes that are distinguished.
const MOST_OUTCOMES: usize = 8;

/// What some of the schedules came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Outcome {
    /// How they ended.
    pub ending: Ending,
    /// The lines that they logged, sorted: in which order they did is no difference.
    pub lines: Vec<String>,
    /// How many schedules came to this.
    pub schedules: u32,
    /// The shortest of them, as changes of the run; empty if it is the queue's own order.
    pub changes: String,
    /// Its deviations.
    pub deviations: u32,
    /// Its events.
    pub events: u32,
}

/// What an exploration says of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// All schedules that ran came to the same.
    Same,
    /// Some are stuck.
    Stuck,
    /// None is stuck, and some came to something else.
    OtherEnd,
}

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

/// How far the exploration has come.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Explored {
    /// Schedules that ran.
    pub schedules: u32,
    /// The most that may run.
    pub budget: u32,
    /// Whether there is nothing more to do: no schedule is left, or the budget is used up.
    pub ended: bool,
    /// Whether every schedule there is has run.
    pub whole: bool,
    /// All schedules with at most so many deviations have run.
    pub deviations: u32,
    /// Schedules that are known and did not run; there may be more behind them.
    pub left: u32,
    /// What they came to, the queue's own order first, then as they were found.
    pub outcomes: Vec<Outcome>,
    /// Schedules that came to something that is none of the above.
    pub others: u32,
    /// What they say of the run.
    pub verdict: Verdict,
}

impl Explored {
    /// What two parts have come to together. The first part is to be the one that is merged into.
    pub fn merge(&mut self, other: Explored) {
        self.schedules += other.schedules;
        self.budget = self.budget.saturating_add(other.budget);
        self.ended &= other.ended;
        // Of a part that is whole no schedule is missing, however often it deviates.
        self.deviations = match (self.whole, other.whole) {
            (true, true) => self.deviations.max(other.deviations),
            (true, false) => other.deviations,
            (false, true) => self.deviations,
            (false, false) => self.deviations.min(other.deviations),
        };
        self.whole &= other.whole;
        self.left = self.left.saturating_add(other.left);
        self.others += other.others;
        other.outcomes.into_iter().for_each(|outcome| self.add(outcome));
        self.judge();
    }

    fn add(&mut self, outcome: Outcome) {
        let same = |o: &&mut Outcome| o.ending == outcome.ending && o.lines == outcome.lines;
        if let Some(known) = self.outcomes.iter_mut().find(same) {
            let schedules = known.schedules + outcome.schedules;
            if (outcome.deviations, outcome.events) < (known.deviations, known.events) {
                *known = outcome;
            }
            known.schedules = schedules;
        } else if self.outcomes.len() < MOST_OUTCOMES {
            self.outcomes.push(outcome);
        } else {
            self.others += outcome.schedules;
        }
    }

    fn judge(&mut self) {
        self.verdict = if self.outcomes.iter().any(|o| matches!(o.ending, Ending::Deadlock { .. })) {
            Verdict::Stuck
        } else if self.outcomes.len() > 1 || self.others > 0 {
            Verdict::OtherEnd
        } else {
            Verdict::Same
        };
    }
}

/// An exploration under way.
pub struct Explore {
    start: Box<dyn Fn(Setup) -> Result<Job, Problem>>,
    setup: Setup,
    part: Part,
    /// Schedules to be tried, by their deviations.
    queue: VecDeque<Vec<(u32, u32)>>,
    /// Whether some found no room in the queue.
    is_cut: bool,
    explored: Explored,
}

impl Explore {
    /// Of a scenario with these parameters: at most `budget` schedules.
    ///
    /// # Errors
    /// As [`Scenario::start`].
    pub fn new(
        scenario: &'static Scenario,
        given: Given<'_>,
        setup: Setup,
        budget: u32,
        part: Part,
    ) -> Result<Self, Problem> {
        scenario.check(given)?;
        let given: Vec<(String, String)> = given.iter().map(|&(f, v)| (f.to_owned(), v.to_owned())).collect();
        let start = move |setup| {
            let given: Vec<(&str, &str)> = given.iter().map(|(f, v)| (&**f, &**v)).collect();
            scenario.start(&given, setup)
        };
        Ok(Self::of(start, setup, budget, part))
    }

    /// Of anything that can be started again and again.
    pub fn of(start: impl Fn(Setup) -> Result<Job, Problem> + 'static, setup: Setup, budget: u32, part: Part) -> Self {
        let explored = Explored {
            schedules: 0,
            budget,
            ended: false,
            whole: false,
            deviations: 0,
            left: 0,
            outcomes: Vec::new(),
            others: 0,
            verdict: Verdict::Same,
        };
        let queue = VecDeque::from([Vec::new()]);
        Explore { start: Box::new(start), setup, part, queue, is_cut: false, explored }
    }

    /// Runs one more schedule, if there is one; says how far it has come.
    ///
    /// # Errors
    /// As [`Scenario::start`].
    pub fn advance(&mut self) -> Result<&Explored, Problem> {
        if self.explored.schedules < self.explored.budget
            && let Some(deviations) = self.queue.pop_front()
        {
            // Those before it in the queue deviate at most as often.
            self.explored.deviations = (deviations.len() as u32).saturating_sub(1);
            let is_own_order = deviations.is_empty();
            let choices = Rc::new(RefCell::new(Choices::new(deviations)));
            let setup = Setup { choices: Some(choices.clone()), ..self.setup.clone() };
            let trace = (self.start)(setup)?.run();
            let choices = choices.borrow();
            // The other parts run it to learn of its choices.
            if !is_own_order || self.part.nth == 0 {
                self.explored.schedules += 1;
                self.count(&trace, &choices);
            }
            self.branch(&choices);
        }
        let explored = &mut self.explored;
        explored.left = self.queue.len() as u32;
        explored.whole = self.queue.is_empty() && !self.is_cut;
        explored.ended = self.queue.is_empty() || explored.schedules >= explored.budget;
        if let Some(next) = self.queue.front() {
            explored.deviations = (next.len() as u32).saturating_sub(1);
        }
        Ok(explored)
    }

    /// Queues the schedules that deviate once more than this one, later.
    fn branch(&mut self, choices: &Choices) {
        let deviations = choices.deviations();
        let from = deviations.last().map_or(0, |&(choice, _)| choice as usize + 1);
        let room = (self.explored.budget - self.explored.schedules) as usize;
        let mut first = 0..;
        for (choice, &ready) in choices.ready().iter().enumerate().skip(from) {
            for place in 1..ready {
                if deviations.is_empty() && first.next().is_some_and(|n: u32| n % self.part.of != self.part.nth) {
                    continue;
                }
                if self.queue.len() >= room {
                    self.is_cut = true;
                    return;
                }
                let mut more = deviations.to_vec();
                more.push((choice as u32, place));
                self.queue.push_back(more);
            }
        }
    }

    fn count(&mut self, trace: &Trace, choices: &Choices) {
        let (ending, lines) = outcome(trace);
        let (deviations, events) = (choices.made() as u32, trace.len() as u32);
        let mut known = self.explored.outcomes.iter().filter(|o| o.ending == ending && o.lines == lines);
        // Only those of the shortest are kept.
        let is_shortest = known.all(|known| (deviations, events) < (known.deviations, known.events));
        let changes = if is_shortest { Plan::changes_text(&choices.changes(trace)) } else { String::new() };
        self.explored.add(Outcome { ending, lines, schedules: 1, changes, deviations, events });
        self.explored.judge();
    }
}

/// What a run came to: how it ended, and what it said, in whatever order.
fn outcome(trace: &Trace) -> (Ending, Vec<String>) {
    let mut end = End::Stopped;
    let mut lines = Vec::new();
    for i in 0..trace.len() {
        match trace.event(i) {
            Event::Logged { text, .. } => lines.push(trace.name(text).to_owned()),
            Event::Ended { end: e } => end = e,
            _ => {}
        }
    }
    (end.into(), sorted(lines))
}
