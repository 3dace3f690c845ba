//! Random runs: a scenario, parameters within their ranges, an order, a seed, and changes that may or may not be met.

use pollscope::executor::{Plan, report_panic};
use pollscope::record::Budget;
use pollscope::scenario::{Kind, Scenario, Setup, scenarios};
use pollscope::trace::Trace;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

/// What a run is made from.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    pub(crate) scenario: &'static str,
    pub(crate) given: Vec<(String, String)>,
    pub(crate) changes: String,
}

impl Made {
    /// Of these numbers, each of which picks something.
    pub(crate) fn of(which: usize, numbers: &[u64], changes: &[(u32, u8, u32)]) -> Self {
        let deterministic: Vec<_> = scenarios().iter().filter(|s| s.info().kind == Kind::Deterministic).collect();
        let scenario = deterministic[which % deterministic.len()];
        let schema = serde_json::to_value(scenario.info().schema).expect("plain data");
        let properties = schema["properties"].as_object().expect("it has properties");
        // What is recorded live is recorded in a browser.
        let is_live = |name: &str| scenario.info().live.is_some_and(|live| live.field == name);
        let given = properties
            .iter()
            .filter(|(name, _)| !is_live(name))
            .zip(numbers.iter().cycle())
            .map(|((name, property), &n)| (name.clone(), pick(property, n)));
        let change = |&(at, what, whom): &(u32, u8, u32)| match what % 6 {
            0 => format!("{at}.lose"),
            1 => format!("{at}.wake.{whom}"),
            2 => format!("{at}.drop.{whom}"),
            3 => format!("{at}.fire.{whom}"),
            4 => format!("{at}.next.{whom}"),
            _ => format!("{at}.panic"),
        };
        let changes = changes.iter().map(change).collect::<Vec<_>>().join("_");
        Made { scenario: scenario.id, given: given.collect(), changes }
    }

    pub(crate) fn is_fifo(&self) -> bool {
        self.given.iter().all(|(name, value)| name != "order" || value == "fifo")
    }

    fn start(&self, scenario: &Scenario) -> pollscope::scenario::Job {
        let given: Vec<(&str, &str)> = self.given.iter().map(|(n, v)| (&**n, &**v)).collect();
        let plan = Plan { changes: Plan::read_changes(&self.changes).expect("made well"), ..Plan::default() };
        let budget = Budget { polls: 2000, events: 6000, ..Budget::default() };
        scenario.start(&given, Setup { plan, budget, ..Setup::default() }).expect("picked within range")
    }

    /// Runs it to its end, which may be a panic.
    pub(crate) fn run(&self) -> Trace {
        static HOOK: Once = Once::new();
        // Asks the executor whose the panic is, as the page's hook does; what is nobody's is a test's.
        HOOK.call_once(|| {
            let default = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |info| {
                let payload = info.payload();
                let message = payload.downcast_ref::<&str>().map(|s| (*s).to_owned());
                let message = message.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
                if !report_panic(&message) {
                    default(info);
                }
            }));
        });
        let scenario = pollscope::scenario::find(self.scenario).expect("it is there");
        let mut job = self.start(scenario);
        let ended = catch_unwind(AssertUnwindSafe(|| job.drive()));
        let trace = job.finish();
        assert!(ended.is_ok() || trace.to_text().trim_end().ends_with("Panicked"), "{self:?}: a panic of nobody's");
        trace
    }
}

/// A value of a property that keeps a run small.
fn pick(property: &serde_json::Value, n: u64) -> String {
    if let Some(names) = property["x-list"].as_array() {
        // From any of them on, so many.
        let names = names.iter().cycle().skip(n as usize % names.len()).take(n as usize / 7 % (names.len() + 1));
        let list: Vec<&str> = names.map(|name| name.as_str().expect("choices are names")).collect();
        return if list.is_empty() { "none".to_owned() } else { list.join(".") };
    }
    match property["enum"].as_array() {
        Some(names) => names[n as usize % names.len()].as_str().expect("choices are names").to_owned(),
        None => {
            let (min, max) = (property["minimum"].as_u64().unwrap(), property["maximum"].as_u64().unwrap());
            (min + n % (max.min(min + 9) - min + 1)).to_string()
        }
    }
}
