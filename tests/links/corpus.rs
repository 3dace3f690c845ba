//! A corpus of links and what each opens, for ever: `corpus.txt`. A block is a link, as it may come out of an address, a chat
//! or a mail, and what becomes of it:
//!
//! - the scenario, its parameters, what is changed (`do`), and the run that it is compared with (`vs`);
//! - the cursor and the event that is shown (`near`, if the moment is not there);
//! - what is said of what could not be read, or is refused by the scenario;
//! - the link as it is copied on, which opens the same.
//!
//! `UPDATE_EXPECT=1 cargo test --test links` fills in new blocks. An old one never changes, but for the words of an event.

use crate::runs::run;
use expect_test::expect_file;
use pollscope::executor::Plan;
use pollscope::scenario::{FieldError, Kind, Problem, Scenario, find};
use pollscope::trace::Trace;
use pollscope::trace::link::{Link, VERSION};

fn pairs(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(name, value)| (&**name, &**value)).collect()
}

fn written(pairs: &[(String, String)]) -> String {
    pairs.iter().map(|(name, value)| format!(" {name}={value}")).collect()
}

/// Leaves out what the scenario refuses, and says it.
fn fit(link: &mut Link, scenario: &Scenario, said: &mut Vec<String>) {
    while let Err(Problem::Fields { errors }) = scenario.check(&pairs(&link.params)) {
        for error in errors {
            link.leave_out(error.field(), !matches!(error, FieldError::Unknown { .. }));
            said.push(error.to_string());
        }
    }
    for (field, value) in link.vs.clone() {
        if let Err(problem) = scenario.check(&[(&field, &value)]) {
            link.vs.retain(|(name, _)| *name != field);
            said.push(problem.to_string());
        }
    }
}

/// The run, if it has one that is made here; a change that finds nothing is said.
fn open(link: &Link, scenario: &Scenario, said: &mut Vec<String>) -> Option<Trace> {
    if scenario.info().kind != Kind::Deterministic {
        return None;
    }
    let trace = run(scenario, &pairs(&link.params), Plan { changes: link.changes.clone(), ..Plan::default() });
    let trace = trace.expect("what it refuses was left out");
    if trace.missed > 0 {
        said.push(format!("changes that found nothing: {}", trace.missed));
    }
    Some(trace)
}

fn shown(link: &Link, trace: &Trace) -> String {
    let found = link.cursor_of(trace);
    let text = trace.to_text();
    let line = found.cursor.checked_sub(1).map_or("start", |i| text.lines().nth(i).expect("it is there"));
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{} {} of {}: {line}", if found.exact { "at" } else { "near" }, found.cursor, trace.len())
}

/// What becomes of a link.
fn described(query: &str) -> String {
    let (mut link, unread) = Link::read(query);
    let mut said: Vec<String> = unread.iter().map(ToString::to_string).collect();
    let mut lines = Vec::new();
    let scenario = link.scenario.as_deref().map(find);
    let mut trace = None;
    match &scenario {
        None => lines.push("no scenario".to_owned()),
        Some(Err(problem)) => said.push(problem.to_string()),
        Some(Ok(scenario)) => {
            fit(&mut link, scenario, &mut said);
            lines.push(format!("{}{}", scenario.id, written(&link.params)));
            trace = open(&link, scenario, &mut said);
        }
    }
    if !link.changes.is_empty() {
        lines.push(format!("do {}", link.changes_text()));
    }
    if !link.vs.is_empty() {
        lines.push(format!("vs{}", written(&link.vs)));
    }
    lines.extend(link.show.as_ref().map(|show| format!("show {show}")));
    if let Some(trace) = &trace {
        let before = shown(&link, trace);
        link.upgrade(trace);
        assert_eq!(shown(&link, trace), before, "{query} is upgraded");
        lines.push(before);
    } else if let Some(at) = link.at {
        lines.push(format!("at {at}"));
    }
    lines.extend(said.into_iter().map(|said| format!("says {said}")));
    let copy = link.write();
    assert_copies(&copy, &link, trace.as_ref(), scenario.and_then(Result::ok));
    lines.push(copy);
    lines.into_iter().map(|line| format!("  {line}\n")).collect()
}

/// A link that is copied on survives, says the same, and opens the same.
fn assert_copies(copy: &str, link: &Link, trace: Option<&Trace>, scenario: Option<&Scenario>) {
    assert!(!copy.contains(['|', '(', ')', '"', '\'', '*', '<', '>', ' ', '[', ']']) && !copy.ends_with('.'), "{copy}");
    let (mut again, unread) = Link::read(copy);
    assert_eq!(unread, [], "{copy}");
    if let Some(scenario) = scenario {
        fit(&mut again, scenario, &mut Vec::new());
        assert_eq!(again, Link { version: VERSION, ..link.clone() }, "{copy}");
        if let Some(trace) = trace {
            let made = open(&again, scenario, &mut Vec::new()).expect("it has a run");
            assert_eq!(made.to_text(), trace.to_text(), "{copy} opens another run");
        }
    }
    assert_eq!(again.write(), copy);
}

#[test]
fn every_link_opens_what_it_opened() {
    let file = include_str!("corpus.txt");
    let links: Vec<&str> = file.lines().filter(|line| !line.is_empty() && !line.starts_with(' ')).collect();
    assert!(links.len() >= 100, "{} links", links.len());
    let blocks: Vec<String> = links.iter().map(|link| format!("{link}\n{}", described(link))).collect();
    expect_file!["corpus.txt"].assert_eq(&blocks.join("\n"));
}

#[test]
fn no_parameter_is_called_like_a_part_of_links() {
    for scenario in pollscope::scenario::scenarios() {
        let schema = serde_json::to_value(scenario.info().schema).expect("plain data");
        let mut fields = schema["properties"].as_object().expect("it has properties").keys();
        assert!(fields.all(|field| !["s", "v", "at", "do", "vs", "show"].contains(&&**field)), "{}", scenario.id);
    }
}

#[test]
fn reading_never_fails() {
    let mut chance = fastrand::Rng::with_seed(5);
    let pieces = [
        "s=",
        "lazy",
        "&",
        "do=",
        "at=",
        "vs=",
        "v=",
        "2",
        ".",
        "-",
        "_",
        "t1",
        "t3.p2",
        "-lose",
        "%",
        "%2",
        "%FF",
        "%00",
        "amp;",
        "=",
        "#",
        "?",
        "+",
        "é",
        "12",
        "99999999999",
        "x.log1",
        "end",
        "order.lifo",
        "&&",
        "(",
        ")",
    ];
    for _ in 0..20_000 {
        let query: String = (0..chance.usize(0..12)).map(|_| pieces[chance.usize(0..pieces.len())]).collect();
        let (link, _) = Link::read(&query);
        let (again, _) = Link::read(&link.write());
        assert_eq!(again.write(), link.write(), "{query}");
    }
}
