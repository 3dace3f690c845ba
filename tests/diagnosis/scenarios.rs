//! The findings of every scenario with every choice of every parameter, in one file: `findings.txt`, to be read as a whole.

use super::written;
use expect_test::expect_file;
use pollscope::executor::report_panic;
use pollscope::scenario::{Kind, Scenario, Setup, checks, find, scenarios};
use pollscope::trace::Trace;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

fn run(scenario: &Scenario, given: &[(&str, &str)]) -> Trace {
    static HOOK: Once = Once::new();
    // As the page's hook does.
    HOOK.call_once(|| {
        let default = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let payload = info.payload();
            let message = payload.downcast_ref::<&str>().map(|s| (*s).to_owned());
            if !report_panic(&message.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default()) {
                default(info);
            }
        }));
    });
    let mut job = scenario.start(given, Setup::default()).expect("good parameters");
    let _ = catch_unwind(AssertUnwindSafe(|| job.drive()));
    job.finish()
}

/// Every choice of each parameter that has some, but for those with which a run is recorded live, with the defaults of the others, and of any two of them.
fn choices(scenario: &Scenario) -> Vec<Vec<(String, String)>> {
    let schema = serde_json::to_value(scenario.info().schema).expect("plain data");
    let fields = schema["properties"].as_object().expect("it has properties");
    let of = |field: &serde_json::Value| -> Vec<String> {
        let names = |key: &str| -> Vec<String> {
            let all = field[key].as_array().map_or(&[][..], Vec::as_slice);
            all.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect()
        };
        // Of a list, none, each by itself, and all of them both ways round.
        let listed = names("x-list");
        let reversed: Vec<String> = listed.iter().rev().cloned().collect();
        let whole = [listed.join("."), reversed.join(".")];
        let lists = std::iter::once("none".to_owned()).chain(listed.iter().cloned()).chain(whole);
        names("enum").into_iter().chain(lists.filter(|_| !listed.is_empty())).collect()
    };
    let is_live = |name: &str| scenario.info().live.is_some_and(|live| live.field == name);
    let fields = fields.iter().filter(|(name, _)| !is_live(name));
    let fields: Vec<(&String, Vec<String>)> = fields.map(|(name, field)| (name, of(field))).collect();
    let chosen = fields.iter().flat_map(|(name, all)| all.iter().map(|one| ((*name).clone(), one.clone())));
    let chosen: Vec<(String, String)> = chosen.collect();
    let mut all = vec![Vec::new()];
    for (i, one) in chosen.iter().enumerate() {
        all.push(vec![one.clone()]);
        all.extend(chosen[..i].iter().filter(|other| other.0 != one.0).map(|other| vec![other.clone(), one.clone()]));
    }
    all
}

#[test]
fn findings_of_every_choice_are_recorded() {
    let mut text = String::new();
    for scenario in scenarios().iter().filter(|s| s.info().kind == Kind::Deterministic) {
        let mut seen: Vec<(String, Vec<String>)> = Vec::new();
        for given in choices(scenario) {
            let pairs: Vec<(&str, &str)> = given.iter().map(|(name, value)| (&**name, &**value)).collect();
            let found = written(&run(scenario, &pairs));
            let named: Vec<String> = given.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let named = if named.is_empty() { "as it is".to_owned() } else { named.join(" ") };
            match seen.iter_mut().find(|(of, _)| *of == found) {
                Some((_, names)) => names.push(named),
                None => seen.push((found, vec![named])),
            }
        }
        for (found, names) in seen {
            let found = if found.is_empty() { "nothing\n" } else { &*found };
            text += &format!("{}: {}\n{found}\n", scenario.id, names.join(" | "));
        }
    }
    expect_file!["findings.txt"].assert_eq(&text);
}

#[test]
fn scenarios_have_the_findings_that_they_are_meant_to_have_and_no_others() {
    for checks in checks().into_iter().filter(|checks| !checks.recorded.is_empty()) {
        let trace = run(find(checks.id).expect("it is there"), &[]);
        let found: Vec<String> = trace.findings().all.iter().map(|finding| finding.cause.to_string()).collect();
        assert_eq!(found, checks.findings, "{}", checks.id);
    }
}
