//! What numbers of version 1 opened: recorded in `version1.txt` when they counted the steps of models among the events.
//!
//! A run begins with the link that opens it and how many numbers it had. A line is a number, how many of the events up to it
//! are the run's own and of a kind that there was then, and what was shown at it. The file is never written anew.

use crate::runs::{deterministic, run};
use pollscope::executor::Plan;
use pollscope::scenario::find;
use pollscope::trace::Trace;
use pollscope::trace::link::Link;
use pollscope::trace::moment::{At, Found};
use proptest::prelude::*;

/// What is said of each event, without its time.
fn lines(trace: &Trace) -> Vec<String> {
    trace.to_text().lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

fn open(query: &str) -> Trace {
    let (link, unread) = Link::read(query);
    assert_eq!((link.version, unread), (1, Vec::new()), "{query}");
    let scenario = find(link.scenario.as_deref().expect("it names one")).expect("it is there");
    let given: Vec<(&str, &str)> = link.params.iter().map(|(name, value)| (&**name, &**value)).collect();
    run(scenario, &given, Plan { changes: link.changes, ..Plan::default() }).expect("good parameters")
}

#[test]
fn numbers_open_what_they_opened() {
    let file = include_str!("version1.txt");
    for block in file.split("\n?").map(|block| block.trim_start_matches('?')) {
        let (first, samples) = block.split_once('\n').expect("there are samples");
        let (query, all) = first.rsplit_once(' ').expect("how many numbers there were");
        let trace = open(query);
        let lines = lines(&trace);
        let cursor_of = |at: u32| Link::read(&format!("{query}&at={at}")).0.cursor_of(&trace);
        for sample in samples.lines() {
            let (numbers, line) = sample.split_once(": ").expect("a sample");
            let (at, own) = numbers.split_once(' ').expect("two numbers");
            let found = cursor_of(at.parse().expect("a number"));
            if trace.tracks.iter().all(|track| track.model) && !trace.tracks.is_empty() {
                // Of models alone: the time is the same.
                let time = found.cursor.checked_sub(1).map_or(0, |i| trace.time(i));
                assert!(found.exact && line.starts_with(&format!("{time} ")), "?{query}&at={at}: {line} at {time}");
                continue;
            }
            let own: usize = own.parse().expect("a number");
            let cursor = found.cursor;
            let events = (0..cursor).filter(|&i| trace.columns.kind(i).since() == 1).count();
            assert_eq!((events, found.exact), (own, true), "?{query}&at={at}");
            // The end came when the last model was done; its own time is that of the run.
            if line.ends_with(" end") {
                assert!(lines[cursor - 1].ends_with(" end"), "?{query}&at={at}");
            } else if !line.contains(" staffing ") {
                // The code that is read may have been wrapped anew since: the event is the same, its line need not be.
                assert_eq!(without_lines(&lines[cursor - 1]), without_lines(line), "?{query}&at={at}");
            }
        }
        let all: u32 = all.parse().expect("a number");
        assert_eq!(cursor_of(all), Found { cursor: trace.len(), exact: true });
        assert_eq!(cursor_of(all + 1), Found { cursor: trace.len(), exact: false });
    }
}

/// Any changes of version 1, as the numbers from which they are made.
fn numbered(changes: &[(u32, u8, u32)]) -> String {
    let change = |&(at, what, whom): &(u32, u8, u32)| match what % 6 {
        0 => format!("{at}.lose"),
        1 => format!("{at}.panic"),
        2 => format!("{at}.wake.{whom}"),
        3 => format!("{at}.drop.{whom}"),
        4 => format!("{at}.fire.{whom}"),
        _ => format!("{at}.next.{whom}"),
    };
    changes.iter().map(change).collect::<Vec<_>>().join("_")
}

proptest! {
    #[test]
    fn link_that_is_upgraded_opens_the_same_run(
        which in 0usize..100,
        changes in prop::collection::vec((1u32..140, 0u8..6, 1u32..5), 1..3),
        at in 1u32..100,
    ) {
        let scenarios: Vec<_> = deterministic().collect();
        let scenario = scenarios[which % scenarios.len()];
        let query = format!("?s={}&do={}&at={at}", scenario.id, numbered(&changes));
        let trace = open(&query);
        if trace.missed > 0 {
            return Ok(());
        }
        let (mut link, _) = Link::read(&query);
        let cursor = link.cursor_of(&trace);
        link.upgrade(&trace);
        prop_assert!(link.changes.iter().all(|change| matches!(change.at, At::Moment(_))), "{}", link.write());
        let again = run(scenario, &[], Plan { changes: link.changes.clone(), ..Plan::default() }).expect("good");
        prop_assert_eq!(again.to_text(), trace.to_text(), "{} is {}", query, link.write());
        prop_assert_eq!(link.cursor_of(&again).cursor, cursor.cursor);
    }
}

/// A line of a trace without the numbers of lines of code: `Pending at code.rs:17` is `Pending at code.rs`.
fn without_lines(text: &str) -> String {
    let mut words =
        text.split(' ').map(|word| word.rsplit_once(".rs:").map_or(word.to_owned(), |(name, _)| format!("{name}.rs")));
    let first = words.next().unwrap_or_default();
    words.fold(first, |all, word| format!("{all} {word}"))
}
