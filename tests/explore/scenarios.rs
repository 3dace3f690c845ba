//! The scenarios, each in its default form and the wrong ones of `orders` besides: how many orders there are, how many runs
//! stand for all of them, and what they come to.
//!
//! `UPDATE_EXPECT=1 cargo test --test explore` writes `scenarios.txt` anew; read what changed.

use super::{finish, search};
use expect_test::expect_file;
use pollscope::executor::Plan;
use pollscope::runner::{Explore, Explored, Search};
use pollscope::scenario::{Kind, Setup, find, scenarios};
use pollscope::view::Viewer;
use pollscope::view::story::Say;

const BUDGET: u32 = 600;

fn explore(id: &str, given: &[(&str, &str)], search: Search) -> Explored {
    finish(Explore::new(id, given, Setup::default(), search).expect("good parameters"))
}

/// A line on what was found.
fn line(name: &str, explored: &Explored) -> String {
    let Explored { schedules, classes, orders, outcomes, others, .. } = explored;
    let how = match (explored.every, explored.reduced) {
        (true, _) => format!("all {orders} orders ran"),
        (_, true) => format!("{classes} runs stand for all of about {orders:.2e} orders"),
        _ => format!("{schedules} of about {orders:.2e} orders ran"),
    };
    let more = if *others > 0 { " and more" } else { "" };
    format!("{name}: {how}; {} outcomes{more}\n", outcomes.len())
}

#[test]
fn scenarios_are_explored_whole_or_their_orders_are_counted() {
    let mut text = String::new();
    for scenario in scenarios().iter().filter(|scenario| scenario.info().kind == Kind::Deterministic) {
        let explored = explore(scenario.id, &[], search(BUDGET));
        assert!(explored.ended && (explored.is_whole() || explored.orders > f64::from(BUDGET)), "{explored:?}");
        text += &line(scenario.id, &explored);
    }
    for shares in ["sum", "sum_kept", "locks", "locks_kept"] {
        text += &line(&format!("orders {shares}"), &explore("orders", &[("shares", shares)], search(100_000)));
    }
    expect_file!["scenarios.txt"].assert_eq(&text);
}

#[test]
fn orders_that_all_ran_can_be_drawn() {
    let explored = explore("orders", &[("quotes", "1")], search(100));
    let own = explored.tree.first().expect("they are few");
    assert_eq!((&*own.polls, &*own.changes), (&[1, 2, 3, 2, 2, 1][..], ""));
    assert_eq!(explored.tree.len() as u32, explored.near);
    let mut orders: Vec<_> = explored.tree.iter().map(|order| order.polls.clone()).collect();
    orders.sort();
    orders.dedup();
    assert_eq!(orders.len(), explored.tree.len(), "each stands there once");
    for (at, outcome) in (0..).zip(&explored.outcomes) {
        assert_eq!(explored.tree.iter().filter(|order| order.outcome == at).count() as u32, outcome.orders);
    }
}

#[test]
fn orders_lose_a_fee_or_hang_in_few_orders_and_in_none_when_cured() {
    let found = |shares| {
        let explored = explore("orders", &[("shares", shares)], search(100_000));
        assert!(explored.every, "{explored:?}");
        let outcome = |outcome: &pollscope::runner::Outcome| (outcome.lines.concat(), outcome.schedules);
        explored.outcomes.iter().map(outcome).collect::<Vec<_>>()
    };
    let [right, wrong] = &found("sum")[..] else { panic!("two outcomes") };
    assert_eq!((&*right.0, &*wrong.0), ("balance: 140", "balance: 150"));
    assert!(wrong.1 * 10 < right.1, "{} of {} lose the fee", wrong.1, right.1);
    let [right, stuck] = &found("locks")[..] else { panic!("two outcomes") };
    assert_eq!((&*right.0, &*stuck.0), ("balances: 95, 105", ""));
    assert!(stuck.1 * 10 < right.1, "{} of {} are stuck", stuck.1, right.1);
    assert_eq!(found("sum_kept").len(), 1);
    assert_eq!(found("locks_kept").len(), 1);
}

/// An order is told once, however many polls are out of turn in it: the story stays one of what happens.
#[test]
fn an_order_is_told_in_one_sentence() {
    let explored = explore("orders", &[("quotes", "1")], search(100));
    let order = explored.tree.iter().max_by_key(|order| order.changes.split('_').count()).expect("there are some");
    let n = order.changes.split('_').count() as u32;
    assert!(n > 2, "{}", order.changes);
    let plan = Plan { changes: Plan::read_changes(&order.changes).expect("they can be read"), ..Plan::default() };
    let setup = Setup { plan, ..Setup::default() };
    let trace = find("orders").expect("it is there").start(&[("quotes", "1")], setup).expect("good parameters").run();
    let mut viewer = Viewer::of(trace);
    let story = viewer.story();
    let said = |wanted| story.moments.iter().flat_map(|m| &m.sentences).filter(move |one| one.say == wanted);
    let told: Vec<u32> = said(Say::ChangedOrder).filter_map(|one| one.n).collect();
    assert_eq!((told, said(Say::ChangedNext).count()), (vec![n - 1], 0), "{}", order.changes);
}
