//! The runner: makes a run that was asked for and sends out its trace as it is recorded.
//!
//! A *request* names a scenario, its parameters as they were typed, and what is changed in the run. What a runner sends
//! are *chunks* of bytes, the only thing that a viewer needs. This room knows scenarios and no view.

use crate::executor::Plan;
use crate::record::Peek;
use crate::scenario::{self, Given, Problem, Setup};

/// A run that is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The scenario's id.
    pub scenario: &'a str,
    /// Pairs of a field and what was typed into it; what is not given has its default.
    pub params: Given<'a>,
    /// What is changed in the run, as a link carries it; empty for nothing.
    pub changes: &'a str,
}

/// Makes the run and calls `send` with each chunk of its trace, in order.
///
/// # Errors
/// If the scenario is unknown, or parameters or changes are wrong; nothing was sent then.
pub fn run(request: Request<'_>, peek: Option<Peek>, mut send: impl FnMut(&[u8])) -> Result<(), Problem> {
    let scenario = scenario::find(request.scenario)?;
    let changes = Plan::read_changes(request.changes)?;
    let setup = Setup { peek, plan: Plan { changes, ..Plan::default() }, ..Setup::default() };
    let trace = scenario.start(request.params, setup)?.run();
    send(&trace.write());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::Trace;

    #[test]
    fn run_sends_what_a_viewer_can_read() {
        let mut received = Vec::new();
        let request = Request { scenario: "lazy", params: &[("then", "drop")], changes: "" };
        run(request, None, |chunk| received.extend_from_slice(chunk)).expect("good parameters");
        assert!(Trace::read(&received).expect("it is a trace").len() > 10);
    }
}
