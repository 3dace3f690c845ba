//! What of a link crosses to the page: plain data, in which moments and changes are the texts that links have for them.

use pollscope::trace::link::Link;
use pollscope::trace::moment::{At, Moment};
use pollscope::trace::plan::{Intervention, Plan};
use serde_json::{json, to_value};

#[test]
fn link_crosses_with_the_texts_that_it_is_written_with() {
    let query = "?s=lazy&held=3&do=t3.w4-lose_12.drop.2&vs=held.4&at=t1.p1&show=sweep&v=2";
    let (link, unread) = Link::read(query);
    assert_eq!(unread, []);
    assert_eq!(
        to_value(&link).expect("plain data"),
        json!({
            "version": 2,
            "scenario": "lazy",
            "params": [["held", "3"]],
            "changes": "t3.w4-lose_12.drop.2",
            "vs": [["held", "4"]],
            "at": "t1.p1",
            "show": "sweep",
            "unknown": [],
        })
    );
    assert_eq!(link.write(), query);
    let changes = link.changes.iter().map(|change| to_value(change).expect("plain data"));
    assert_eq!(changes.collect::<Vec<_>>(), ["t3.w4-lose", "12.drop.2"]);
}

#[test]
fn what_cannot_be_read_crosses_by_its_kind_and_is_said_in_a_sentence() {
    let (_, unread) = Link::read(&format!("?do=1.eat_{}&at=here&vs=chalk&v=99", "1.lose_".repeat(256)));
    let crossed = unread.iter().map(|one| to_value(one).expect("plain data"));
    assert_eq!(
        crossed.collect::<Vec<_>>(),
        [
            json!({ "kind": "newer", "version": 99 }),
            json!({ "kind": "too_many_changes", "max": 256 }),
            json!({ "kind": "not_a_change", "value": "1.eat" }),
            json!({ "kind": "not_a_moment", "value": "here" }),
            json!({ "kind": "not_a_parameter", "value": "chalk" }),
        ]
    );
    assert_eq!(
        unread.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "the link is of version 99, and 2 is the last one known",
            "a run takes at most 256 changes",
            "\"1.eat\" is not a change of a run",
            "\"here\" is not a moment of a run",
            "\"chalk\" is not a parameter and its value",
        ]
    );
}

#[test]
fn what_is_refused_where_it_is_read_is_said_in_the_same_sentence() {
    let many = Plan::read_changes(&"1.lose_".repeat(257)).expect_err("one too many");
    assert_eq!(many.to_string(), "a run takes at most 256 changes");
    let change = "1.eat".parse::<Intervention>().expect_err("it is no change");
    assert_eq!(change.to_string(), "\"1.eat\" is not a change of a run");
    let moment = "here".parse::<At>().expect_err("it is no moment");
    assert_eq!(moment.to_string(), "\"here\" is not a moment of a run");
}

#[test]
fn moment_is_debugged_by_its_name() {
    let moment: Moment = "t3.p2.end".parse().expect("it is a moment");
    assert_eq!(format!("{moment:?}"), "Moment(t3.p2.end)");
}
