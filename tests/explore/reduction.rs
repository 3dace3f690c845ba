//! No order is lost: what the reduction finds of a program is what all of its orders come to.

use super::enumerate::{Outcome, enumerate};
use super::finish;
use super::program::{Op, Program, programs, tasks};
use super::search;
use pollscope::executor::Plan;
use pollscope::runner::{Explore, Explored, Part, Search};
use pollscope::scenario::{Job, Setup};
use pollscope::trace::Event;
use pollscope::view::Ending;
use std::collections::BTreeSet;

/// More orders than this, and a program is not small.
const MOST_ORDERS: usize = 4000;

fn start(program: &Program, setup: &Setup) -> Job {
    let executor = setup.executor();
    for task in executor.inside(|| tasks(program)) {
        drop(executor.spawn("task", task));
    }
    Job::of_tasks(executor)
}

fn explore(program: &Program, search: Search) -> Explored {
    let program = program.clone();
    finish(Explore::of(move |setup| Ok(start(&program, &setup)), Setup::default(), search, true))
}

fn outcomes(explored: &Explored) -> BTreeSet<Outcome> {
    let end = |ending| match ending {
        Ending::Completed => "Completed".to_owned(),
        Ending::Deadlock { tasks } => format!("Deadlock({tasks})"),
        other => panic!("{other:?}"),
    };
    explored.outcomes.iter().map(|outcome| (end(outcome.ending), outcome.lines.clone())).collect()
}

/// A budget of which the near orders take little, so that the classes are what finds the outcomes.
const FEW: u32 = 4;

/// What the reduction alone finds: the near orders stop after two.
fn reduced(program: &Program, lines_in_order: bool, part: Part) -> Explored {
    let mut budget = FEW;
    loop {
        let explored = explore(program, Search { budget, part, lines_in_order });
        // Parts are through together if each is with its classes.
        if explored.reduced || part.of == 1 && explored.every || budget > 1 << 20 {
            return explored;
        }
        budget *= 2;
    }
}

/// The small programs, with what all their orders come to and how many those are.
fn small(count: usize, is_timed: bool, lines_in_order: bool) -> Vec<(Program, BTreeSet<Outcome>, usize)> {
    let all = programs(3 * count, is_timed).into_iter().filter_map(|program| {
        let (outcomes, orders) = enumerate(&program, lines_in_order, MOST_ORDERS)?;
        (orders > 1).then_some((program, outcomes, orders))
    });
    let small: Vec<_> = all.take(count).collect();
    assert_eq!(small.len(), count, "there are as many small programs");
    small
}

#[test]
fn reduction_finds_what_all_orders_come_to() {
    for is_timed in [false, true] {
        let (mut classes, mut all, mut reduced_away) = (0, 0, 0);
        for (program, outcomes_of_all, orders) in small(80, is_timed, false) {
            let explored = reduced(&program, false, Part::WHOLE);
            assert!(explored.is_whole(), "{program:?}: {explored:?}");
            assert_eq!(outcomes(&explored), outcomes_of_all, "{program:?}");
            assert!(explored.classes as usize <= orders, "{program:?}: {} of {orders}", explored.classes);
            reduced_away += u32::from(explored.reduced);
            classes += explored.classes as usize;
            all += orders;
        }
        assert!(reduced_away >= 50, "{reduced_away} of them were explored by their classes");
        assert!(classes * 2 < all, "{classes} classes of {all} orders");
    }
}

#[test]
fn reduction_finds_every_order_of_the_lines() {
    for (program, outcomes_of_all, _) in small(60, false, true) {
        let explored = reduced(&program, true, Part::WHOLE);
        if outcomes_of_all.len() <= 64 {
            assert_eq!(outcomes(&explored), outcomes_of_all, "{program:?}");
        }
    }
}

#[test]
fn parts_of_a_reduction_find_what_the_whole_finds() {
    for (program, outcomes_of_all, _) in small(40, true, false) {
        for of in [2, 3] {
            let parts = (0..of).map(|nth| reduced(&program, false, Part { nth, of }));
            let merged = parts.reduce(|mut merged, part| {
                merged.merge(part);
                merged
            });
            let merged = merged.expect("there are parts");
            assert!(merged.is_whole(), "{program:?}: {merged:?}");
            assert_eq!(outcomes(&merged), outcomes_of_all, "{program:?}, in {of} parts");
        }
    }
}

/// What explores keeps no trace: what it says of a run is what the trace of that run says.
#[test]
fn changes_of_an_outcome_lead_there() {
    let mut outcomes = 0;
    for (program, ..) in small(60, true, false) {
        let explored = explore(&program, search(2000));
        for outcome in &explored.outcomes {
            let plan =
                Plan { changes: Plan::read_changes(&outcome.changes).expect("they can be read"), ..Plan::default() };
            let trace = start(&program, &Setup { plan, ..Setup::default() }).run();
            let event = |i| trace.event(i);
            let mut lines: Vec<String> = (0..trace.len())
                .filter_map(|i| {
                    if let Event::Logged { text, .. } = event(i) { Some(trace.name(text).to_owned()) } else { None }
                })
                .collect();
            lines.sort();
            let Event::Ended { end } = event(trace.len() - 1) else { panic!("it has an end") };
            let polls = (0..trace.len()).filter(|&i| matches!(event(i), Event::PollStarted { .. })).count();
            let turns = (0..trace.len()).filter(|&i| matches!(event(i), Event::Changed { .. })).count();
            assert_eq!(trace.missed, 0, "{program:?}: {}", outcome.changes);
            assert_eq!(
                (Ending::from(end), &lines),
                (outcome.ending, &outcome.lines),
                "{program:?}: {}",
                outcome.changes
            );
            assert_eq!((polls, turns), (outcome.polls as usize, outcome.deviations as usize), "{program:?}");
            outcomes += 1;
        }
    }
    assert!(outcomes > 80, "{outcomes} outcomes");
}

/// A comparison that could not fail would hold nothing.
#[test]
fn near_orders_alone_do_not_find_all() {
    let missed = small(80, false, false)
        .into_iter()
        .filter(|(program, outcomes_of_all, _)| outcomes(&explore(program, search(3))).len() < outcomes_of_all.len());
    assert!(missed.count() > 10);
}

#[test]
fn shortest_run_to_each_outcome_is_known_to_be_the_shortest() {
    let lost_update =
        vec![vec![Op::Yield, Op::Yield, Op::Read(0), Op::Yield, Op::Write(0)], vec![Op::Add(5), Op::Write(0)]];
    let explored = explore(&lost_update, search(1000));
    assert!(explored.is_whole());
    assert!(explored.outcomes.iter().all(|outcome| outcome.is_shortest), "{explored:?}");
}

#[cfg(not(any(loom, miri)))]
#[test]
fn shuttle_finds_the_same() {
    use super::shuttled::{Found, shuttled};
    let programs: Vec<_> =
        small(200, false, false).into_iter().filter(|(_, _, orders)| *orders <= 100).take(60).collect();
    assert_eq!(programs.len(), 60);
    let mut stuck = 0;
    for (program, ..) in programs {
        let explored = reduced(&program, false, Part::WHOLE);
        let is_stuck = |outcome: &pollscope::runner::Outcome| outcome.ending != Ending::Completed;
        let found = shuttled(&program);
        if explored.outcomes.iter().any(is_stuck) {
            stuck += 1;
            assert_eq!(found, Found::Stuck, "{program:?}");
        } else {
            let lines = explored.outcomes.iter().map(|outcome| outcome.lines.clone()).collect();
            assert_eq!(found, Found::Lines(lines), "{program:?}");
        }
    }
    assert!(stuck > 0, "some of them are stuck");
}
