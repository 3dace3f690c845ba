//! The scenarios, by their whole traces.
//!
//! `UPDATE_EXPECT=1 cargo test --test scenarios` writes them anew; read what changed.

#![cfg(not(target_arch = "wasm32"))]

mod caveats;
mod ecosystem;
mod listing;
mod tasks;

use expect_test::expect_file;
use pollscope::scenario::{Kind, Recorded, Scenario, Setup, checks, find, scenarios};
use pollscope::trace::{Event, Trace};

/// What is taken from the heap is counted.
#[global_allocator]
static ALLOCATOR: pollscope::alloc::Counting = pollscope::alloc::Counting;

fn run(scenario: &Scenario, given: &[(&str, &str)]) -> Trace {
    scenario.start(given, Setup::default()).expect("good parameters").run()
}

fn answer(scenario: &Scenario, given: &[(&str, &str)]) -> Option<String> {
    run(scenario, given).answer
}

#[test]
fn recorded_runs_are_made_again() {
    for checks in checks() {
        let scenario = find(checks.id).expect("it is there");
        let is_deterministic = scenario.info().kind == Kind::Deterministic;
        assert_eq!(!checks.recorded.is_empty(), is_deterministic, "{}: it has a recorded run", checks.id);
        for recorded in checks.recorded {
            let Recorded { name, given, answer } = recorded;
            let trace = run(scenario, given);
            assert_eq!(trace.answer.as_deref(), *answer, "{name}");
            let text = trace.to_text();
            let lines: Vec<&str> = text.lines().filter(|l| !l.contains(" allocated ")).collect();
            expect_file![format!("../traces/{name}.txt")].assert_eq(&format!("{}\n", lines.join("\n")));
            if !trace.tracks.is_empty() {
                expect_file![format!("../traces/{name}.tracks.txt")].assert_eq(&trace.tracks_text());
            }
        }
    }
}

/// A question without an answer, or an answer that no option is, is a question that nobody can be right about.
#[test]
fn answers_are_options_of_their_question() {
    for checks in checks() {
        let question = find(checks.id).expect("it is there").info().question;
        for answer in checks.recorded.iter().filter_map(|recorded| recorded.answer) {
            assert!(question.options.contains(&answer), "{}: {answer}", checks.id);
        }
        let is_answered = checks.recorded.iter().any(|recorded| recorded.answer.is_some());
        assert!(is_answered || checks.recorded.is_empty() || question.options.is_empty(), "{}", checks.id);
    }
}

/// What tasks logged, in order.
fn logged(trace: &Trace) -> Vec<&str> {
    let said = |i| match trace.event(i) {
        Event::Logged { text, .. } => Some(trace.name(text)),
        _ => None,
    };
    (0..trace.len()).filter_map(said).collect()
}

#[test]
fn seed_changes_a_run_and_the_same_seed_makes_it_again() {
    let scenario = find("state-machine").expect("it is there");
    let times = |seed| {
        let trace = run(scenario, &[("callers", "20"), ("seed", seed)]);
        (0..trace.len()).map(|i| trace.time(i)).collect::<Vec<_>>()
    };
    assert_eq!(times("1"), times("1"));
    assert_ne!(times("1"), times("2"));
}

#[test]
fn every_line_of_a_trace_is_a_line_of_the_code() {
    for scenario in scenarios().iter().filter(|s| s.info().kind == Kind::Deterministic) {
        let trace = run(scenario, &[]);
        let info = scenario.info();
        for site in &trace.sites[1..] {
            let file = info.files.iter().find(|f| f.name == trace.name(site.file));
            let line = file.and_then(|f| f.source.lines().nth(site.line as usize - 1));
            assert!(line.is_some_and(|l| !l.trim().is_empty()), "{}: {}:{}", info.id, trace.name(site.file), site.line);
        }
    }
}
