//! What numbers of version 1 opened: recorded in `version1.txt` when they counted the steps of models among the events.
//!
//! A run begins with the link that opens it and how many numbers it had. A line is a number, how many of the events up to it
//! are the run's own, and what was shown at it. The file is never written anew.

use crate::runs::run;
use pollscope::executor::Plan;
use pollscope::scenario::find;
use pollscope::trace::Trace;
use pollscope::trace::link::Link;
use pollscope::trace::moment::Found;

/// What is told of each event, without its time.
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
            // As long as models stand among the events, a number is its own cursor.
            let is_merged = lines.iter().any(|line| line.contains(" staffing "));
            let cursor: usize = if is_merged { at } else { own }.parse().expect("a number");
            assert_eq!(cursor_of(at.parse().expect("a number")), Found { cursor, exact: true }, "?{query}&at={at}");
            if !line.contains(" staffing ") {
                assert_eq!(lines[cursor - 1], line, "?{query}&at={at}");
            }
        }
        let all: u32 = all.parse().expect("a number");
        assert_eq!(cursor_of(all), Found { cursor: trace.len(), exact: true });
        assert_eq!(cursor_of(all + 1), Found { cursor: trace.len(), exact: false });
    }
}
