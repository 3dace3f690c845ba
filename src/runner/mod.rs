//! The runner: makes what was asked for, and sends it out as it is made.
//!
//! A *request* names a scenario, its parameters as they were typed, and what is changed in the run. What a runner sends of
//! a run are *chunks* of bytes, the only thing that a viewer needs: what the trace says of itself, the code that ran, the
//! events, and at the end the answer to the scenario's question. A runner has the scenarios that it is given, so that a
//! module holds the code of its own ones alone. This room shows nothing.

mod explore;

pub use explore::{Explore, Explored, Order, Outcome, Part, Search, Verdict};

use crate::executor::Plan;
use crate::record::{Outlet, Peek};
use crate::scenario::{Given, Problem, Scenario, Setup};
use crate::trace::{Head, Region, Trace};
use std::rc::Rc;

/// A run that is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The scenario's id.
    pub scenario: &'a str,
    /// What the trace is to be called, in the reader's language; empty for the id.
    pub title: &'a str,
    /// Pairs of a field and what was typed into it; what is not given has its default.
    pub params: Given<'a>,
    /// What is changed in the run, as a link carries it; empty for nothing.
    pub changes: &'a str,
}

/// What a program has that makes runs.
#[derive(Clone)]
pub struct Runner {
    /// The scenarios whose runs it makes.
    pub scenarios: &'static [Scenario],
    /// How bytes of its memory are read, if they can be.
    pub peek: Option<Peek>,
    /// How that memory is divided; empty where nobody knows.
    pub regions: Vec<Region>,
    /// Makes what the chunks of a run leave through.
    pub outlet: Rc<dyn Fn() -> Outlet>,
}

impl Runner {
    /// Makes a deterministic run, to its end. If it unwinds, the last chunk left before that.
    ///
    /// # Errors
    /// If the scenario is unknown or of another kind, or parameters or changes are wrong; nothing was sent then.
    pub fn run(&self, request: Request<'_>) -> Result<Trace, Problem> {
        let scenario = self.find(request.scenario)?;
        Ok(scenario.start(request.params, self.setup(request)?)?.run())
    }

    /// Records a live run, which takes as long as it takes.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub async fn record(&self, request: Request<'_>) -> Result<Trace, Problem> {
        let scenario = self.find(request.scenario)?;
        scenario.record(request.params, self.setup(request)?).await
    }

    fn setup(&self, request: Request<'_>) -> Result<Setup, Problem> {
        let plan = Plan { changes: Plan::read_changes(request.changes)?, ..Plan::default() };
        let head = Head { title: request.title.to_owned(), regions: self.regions.clone(), ..Head::default() };
        Ok(Setup { peek: self.peek, plan, head, outlet: Some(self.outlet.clone()), ..Setup::default() })
    }

    fn find(&self, id: &str) -> Result<&'static Scenario, Problem> {
        let found = self.scenarios.iter().find(|s| s.id == id);
        found.ok_or_else(|| Problem::UnknownScenario { id: id.to_owned() })
    }
}
