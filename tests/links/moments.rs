//! Every point of every run has a name, which finds it again, and which other events do not change.

use crate::runs::{default_run, deterministic};
use pollscope::trace::event::{DropReason, End, Event, Outcome, WakeEffect, WakeSource};
use pollscope::trace::ids::{NameId, SiteId, TaskId, TimerId};
use pollscope::trace::moment::{At, Found, Moment, find, moment_of};
use pollscope::trace::{Kind, TimeUnit, Trace};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn names(trace: &Trace) -> Vec<String> {
    (1..=trace.len()).map(|cursor| moment_of(trace, cursor).expect("something happened").to_string()).collect()
}

fn of(events: &[Event]) -> Trace {
    let mut trace = Trace::new(TimeUnit::VirtualMs);
    events.iter().for_each(|&event| trace.columns.push(0, event));
    trace
}

fn assert_round_trip(trace: &Trace) {
    assert_eq!(moment_of(trace, 0), None);
    let names = names(trace);
    for (i, name) in names.iter().enumerate() {
        let moment: Moment = name.parse().unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(moment.to_string(), *name);
        assert_eq!(find(trace, At::Moment(moment)), Found { cursor: i + 1, exact: true }, "{name}");
        assert!(name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.') && !name.ends_with('.'), "{name}");
    }
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), trace.len(), "no two have the same name");
}

#[test]
fn every_cursor_of_every_scenario_is_found_by_its_name() {
    for scenario in deterministic() {
        assert_round_trip(&default_run(scenario));
    }
}

const A: TaskId = TaskId(1);
const B: TaskId = TaskId(2);

/// A task that is polled twice, and one that its first poll wakes; a timer fires, another is cancelled.
fn small() -> Trace {
    let woken = |task, by| Event::Woken { task, by, effect: WakeEffect::Queued };
    let log = |task| Event::Logged { task, text: NameId(0), site: SiteId(0) };
    let ended = |task, outcome| Event::PollEnded { task, outcome, site: SiteId(0) };
    of(&[
        Event::Spawned { task: A },
        Event::Enqueued { task: A },
        Event::Spawned { task: B },
        Event::PollStarted { task: A, nth: 1 },
        log(A),
        Event::TimerSet { timer: TimerId(1), task: A, after: 5 },
        Event::TimerSet { timer: TimerId(2), task: A, after: 9 },
        woken(B, WakeSource::Task(A)),
        Event::Enqueued { task: B },
        log(A),
        ended(A, Outcome::Pending),
        Event::ClockAdvanced { task: TaskId::NONE, by: 5, site: SiteId(0) },
        Event::TimerFired { timer: TimerId(1), task: A },
        Event::WakeLost { task: A, by: WakeSource::Timer(TimerId(1)) },
        woken(A, WakeSource::Outside),
        Event::Enqueued { task: A },
        Event::PollStarted { task: A, nth: 2 },
        Event::TimerCancelled { timer: TimerId(2), task: A },
        ended(A, Outcome::Ready),
        Event::Dropped { task: A, reason: DropReason::Completed },
        Event::CallStarted { task: B, nth: 1 },
        log(B),
        Event::CallEnded { task: B },
        Event::Ended { end: End::Completed },
    ])
}

#[test]
fn moments_are_named_by_what_happens() {
    assert_eq!(
        names(&small()),
        [
            "t1.spawn",
            "t1.queue1",
            "t2.spawn",
            "t1.p1",
            "t1.p1.log1",
            "m1.set",
            "m2.set",
            "t2.w1",
            "t1.p1.queue1",
            "t1.p1.log2",
            "t1.p1.end",
            "x.clock1",
            "m1.fired",
            "t1.w1",
            "t1.w2",
            "t1.queue2",
            "t1.p2",
            "m2.cancelled",
            "t1.p2.end",
            "t1.drop",
            "t2.c1",
            "t2.c1.log1",
            "t2.c1.end",
            "end"
        ]
    );
}

#[test]
fn moment_that_is_not_there_is_near_the_last_one_that_comes_before_it() {
    let trace = small();
    let all = names(&trace);
    for (gone, near) in [
        ("t1.p7", "t1.p2.end"),
        ("t1.p7.log1", "t1.p2.end"),
        ("t1.p7.end", "t1.p2.end"),
        ("t1.p2.log1", "t1.p2"),
        ("t1.p1.log3", "t1.p1.log2"),
        ("t1.p1.queue2", "t1.p1.queue1"),
        ("t1.p1.end2", "t1.p1.end"),
        ("t1.w9", "t1.w2"),
        ("t2.w9", "t2.w1"),
        ("t2.p1", "t2.spawn"),
        ("t2.c3", "t2.c1.end"),
        ("t2.c1.log5", "t2.c1.log1"),
        ("t2.drop", "t2.c1.end"),
        ("t1.log4", "t1.spawn"),
        ("t1.queue5", "t1.queue2"),
        ("t9.spawn", "t2.spawn"),
        ("t9.p4.end", "t2.spawn"),
        ("t9.w1", "t2.spawn"),
        ("t9.drop", "t2.spawn"),
        ("m1.cancelled", "m1.fired"),
        ("m2.fired", "m2.cancelled"),
        ("m9.set", "m2.set"),
        ("m9.fired", "m2.set"),
        ("x.clock2", "x.clock1"),
        ("end2", "end"),
    ] {
        let found = find(&trace, gone.parse().expect("it is a moment"));
        assert_eq!((all[found.cursor - 1].as_str(), found.exact), (near, false), "{gone}");
    }
    let start = Found { cursor: 0, exact: false };
    assert_eq!(find(&trace, "x.log1".parse().expect("it is a moment")), start);
    assert_eq!(find(&of(&[]), "t1.p1".parse().expect("it is a moment")), start);
    assert_eq!(find(&of(&[Event::Idle, Event::Idle]), "end".parse().expect("it is a moment")).cursor, 2);
}

#[test]
fn numbers_count_the_events_of_version_1() {
    let trace = small();
    for n in 0..=trace.len() {
        assert_eq!(find(&trace, At::Event(n as u32)), Found { cursor: n, exact: true });
    }
    assert_eq!(find(&trace, At::Event(99)), Found { cursor: trace.len(), exact: false });
}

#[test]
fn what_names_no_moment_is_refused() {
    for wrong in [
        "",
        ".",
        "t1",
        "t1.",
        "t1.p",
        "t1.w",
        "t1.w0",
        "t.p1",
        "t01.p1",
        "t1.p01",
        "t1.p1.",
        "t1.p1.end.x",
        "t1.p1.end1",
        "t1.p1.end0",
        "t1.p1.start",
        "t1.p1.start1",
        "t1.p1.log",
        "t1.p1.log0",
        "t1.p1.nonsense1",
        "t1.spawn1",
        "t1.poll2",
        "t1.p1.wake1",
        "t1.p1.p1",
        "t1.w2.log1",
        "m1",
        "m1.gone",
        "m1.set1",
        "x.log",
        "x.spawn1",
        "x2.log1",
        "x",
        "end1",
        "end0",
        "e",
        "T1.p1",
        "t1.p+1",
        "t1.p1 ",
        "t4294967296.p1",
        "-1",
        "1.5",
        "4294967296",
        "12.lose",
        "t1.p1.log1.log1",
        "t1.w4294967296",
    ] {
        assert!(wrong.parse::<At>().is_err(), "{wrong}");
    }
    assert_eq!("12".parse(), Ok(At::Event(12)));
}

/// Events that break every rule of the order of events, too.
fn any_event() -> impl Strategy<Value = Event> {
    (0u8..16, 0u32..3, 0u32..3).prop_map(|(which, a, b)| {
        let (task, timer) = (TaskId(a), TimerId(a));
        match which {
            0 => Event::Spawned { task },
            1 => Event::Dropped { task, reason: DropReason::Cancelled },
            2 => Event::Woken { task, by: WakeSource::Outside, effect: WakeEffect::Queued },
            3 => Event::WakeLost { task, by: WakeSource::Outside },
            4 => Event::TimerSet { timer, task: TaskId(b), after: 0 },
            5 => Event::TimerFired { timer, task: TaskId(b) },
            6 => Event::TimerCancelled { timer, task: TaskId(b) },
            7 | 8 => Event::PollStarted { task, nth: b },
            9 | 10 => Event::PollEnded { task, outcome: Outcome::Pending, site: SiteId(0) },
            11 => Event::CallStarted { task, nth: b },
            12 => Event::CallEnded { task },
            13 => Event::Enqueued { task },
            14 => Event::Idle,
            _ => Event::Ended { end: End::Completed },
        }
    })
}

/// Kinds that have names of their own, and those between which a poll or a call is.
fn is_counted_apart(kind: Kind) -> bool {
    use Kind as K;
    matches!(
        kind,
        K::Spawned
            | K::Dropped
            | K::Woken
            | K::WakeLost
            | K::TimerSet
            | K::TimerFired
            | K::TimerCancelled
            | K::PollStarted
            | K::PollEnded
            | K::CallStarted
            | K::CallEnded
            | K::Ended
    )
}

proptest! {
    #[test]
    fn any_events_whatever_have_names_that_find_them(events in prop::collection::vec(any_event(), 1..60)) {
        assert_round_trip(&of(&events));
    }

    #[test]
    fn nearest_moment_in_a_run_that_ends_before_it_is_one_of_that_run(
        events in prop::collection::vec(any_event(), 1..60),
        cut in 0usize..60,
    ) {
        let whole = of(&events);
        let short = of(&events[..cut.min(events.len())]);
        for cursor in short.len() + 1..=whole.len() {
            let moment = moment_of(&whole, cursor).expect("something happened");
            let found = find(&short, At::Moment(moment));
            prop_assert!(!found.exact && found.cursor <= short.len(), "{moment}");
        }
    }

    #[test]
    fn one_more_event_renames_only_those_of_its_kind(which in 0usize..100, at in 0usize..100_000, like in 0usize..100_000) {
        let scenarios: Vec<_> = deterministic().collect();
        let trace = default_run(scenarios[which % scenarios.len()]);
        let like = trace.event(like % trace.len());
        let kind = trace.columns.kind((0..trace.len()).find(|&i| trace.event(i) == like).expect("it is there"));
        prop_assume!(!is_counted_apart(kind));
        let at = at % (trace.len() + 1);
        let events: Vec<Event> = (0..trace.len()).map(|i| trace.event(i)).collect();
        let more = of(&[&events[..at], &[like], &events[at..]].concat());
        for i in 0..events.len() {
            if trace.columns.kind(i) != kind {
                let now = if i < at { i } else { i + 1 };
                prop_assert_eq!(moment_of(&trace, i + 1), moment_of(&more, now + 1));
            }
        }
    }
}
