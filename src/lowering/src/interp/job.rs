//! A run of a program, from its entry to its end: a [`Job`], as the runs of scenarios are, so that whatever makes those makes these.

use super::engine::{Bounds, Engine};
use super::stop::Stop;
use super::task::Task;
use super::transcript::transcript;
use crate::program::Program;
use pollscope::record::Budget;
use pollscope::scenario::{Job, RecordedExecutor, Setup, Work};
use pollscope::trace::Trace;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

/// The name under which a program's places are recorded.
pub const FILE: &str = "main.rs";

/// A program that ran.
pub struct Ran {
    /// What was recorded.
    pub trace: Trace,
    /// Why it stopped before its end, if it did.
    pub stopped: Option<Stop>,
}

impl Ran {
    /// What it [printed](transcript).
    pub fn transcript(&self, tasks: bool) -> String {
        transcript(&self.trace, tasks)
    }
}

/// A program that is about to run.
pub struct Begun {
    job: Job,
    engine: Rc<Engine>,
}

impl Begun {
    /// The run of a program whose task `main` is the future of that function, one of its [entries](Program::entries).
    ///
    /// # Errors
    /// Why it cannot begin; nothing was recorded then.
    pub fn new(program: Rc<Program>, entry: &str, bounds: Bounds, setup: &Setup) -> Result<Begun, Stop> {
        let engine = Engine::new(program, bounds);
        let main = engine.entry(entry)?;
        let executor = setup.executor();
        engine.record(executor.recorder(), FILE);
        let work = Interpreted { executor: executor.clone(), engine: engine.clone(), main: Some(main) };
        Ok(Begun { job: Job::new(executor, work), engine })
    }

    /// Makes the run, to its end. A panic of the program ends it: where panics unwind it is a run like others, and where they
    /// abort, its trace has left through the outlet.
    pub fn run(mut self) -> Ran {
        let _ = catch_unwind(AssertUnwindSafe(|| self.job.drive()));
        let stopped = self.engine.stopped();
        // Tasks that wait for ever are forgotten, as the end of a process forgets them.
        self.engine.stop(Stop::Panic("the run is over".into()));
        self.engine.forget_leaves();
        Ran { trace: self.job.finish(), stopped }
    }
}

struct Interpreted {
    executor: RecordedExecutor,
    engine: Rc<Engine>,
    main: Option<Task>,
}

impl Work for Interpreted {
    fn run(&mut self) {
        let Some(main) = self.main.take() else { return };
        let output = match main.machine() {
            Some(machine) => self.executor.block_on_machine(machine, Some(Task::observe), main),
            None => self.executor.block_on(main),
        };
        // The output's drop is the program's.
        self.executor.inside(|| drop(output));
    }
}

impl Drop for Interpreted {
    fn drop(&mut self) {
        // One that was never driven drops its future without anyone to see it.
        self.engine.stop(Stop::Panic("the run is over".into()));
    }
}

/// Runs a program's `main` to its end, in the queue's own order, under a virtual clock.
///
/// # Errors
/// Why it cannot begin.
pub fn run(program: Rc<Program>, bounds: Bounds) -> Result<Ran, Stop> {
    let setup = Setup { budget: Budget { time: u64::MAX, ..Budget::default() }, ..Setup::default() };
    Begun::new(program, "main", bounds, &setup).map(Begun::run)
}
