//! Runs to name moments in.

use pollscope::executor::{Plan, report_panic};
use pollscope::scenario::{Kind, Problem, Scenario, Setup, scenarios};
use pollscope::trace::Trace;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

/// The scenarios whose runs are made natively.
pub(crate) fn deterministic() -> impl Iterator<Item = &'static Scenario> {
    scenarios().iter().filter(|s| s.info().kind == Kind::Deterministic)
}

/// A run to its end, which may be a panic.
pub(crate) fn run(scenario: &Scenario, given: &[(&str, &str)], plan: Plan) -> Result<Trace, Problem> {
    static HOOK: Once = Once::new();
    // As the page's hook: the executor records the panic. One of no run is a test's own.
    HOOK.call_once(|| {
        let default = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let payload = info.payload();
            let message = payload.downcast_ref::<&str>().map(|s| (*s).to_owned());
            if !report_panic(&message.unwrap_or_default()) {
                default(info);
            }
        }));
    });
    let mut job = scenario.start(given, Setup { plan, ..Setup::default() })?;
    let _ = catch_unwind(AssertUnwindSafe(|| job.drive()));
    Ok(job.finish())
}

/// A run with default parameters.
pub(crate) fn default_run(scenario: &Scenario) -> Trace {
    run(scenario, &[], Plan::default()).expect("it has defaults")
}
