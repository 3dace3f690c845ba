//! What if: every change that is offered at a cursor acts there, on the task or the timer that it names.

#![cfg(not(target_arch = "wasm32"))]

use pollscope::executor::Plan;
use pollscope::scenario::{Kind, Scenario, Setup, scenarios};
use pollscope::trace::event::Change;
use pollscope::trace::ids::{TaskId, TimerId};
use pollscope::trace::{Event, Trace};
use pollscope::view::{Replay, WhatIf};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs a scenario with its default form and these changes. A panic that was asked for ends the run.
fn run(scenario: &Scenario, changes: &str) -> Trace {
    let changes = Plan::read_changes(changes).expect("it was offered");
    let setup = Setup { plan: Plan { changes, ..Plan::default() }, ..Setup::default() };
    let mut job = scenario.start(&[], setup).expect("the defaults are good");
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| ()));
    let _ = catch_unwind(AssertUnwindSafe(|| while !job.advance(u32::MAX).ended {}));
    std::panic::set_hook(hook);
    job.finish()
}

/// Whether the loop that polls is about to go on, and looks for changes before it does.
fn is_between(event: Event) -> bool {
    matches!(event, Event::PollStarted { .. } | Event::ClockAdvanced { task: TaskId::NONE, .. } | Event::Ended { .. })
}

/// What a change at a cursor does instead of what the plain run did, and at which event; none if what it is about is over
/// before it could act.
fn expected(plain: &Trace, cursor: usize, offered: &WhatIf) -> Option<(usize, Event)> {
    let task = TaskId(offered.task);
    let next = |from: usize, is: &dyn Fn(Event) -> bool| (from..plain.len()).find(|&i| is(plain.event(i)));
    let between = next(cursor, &is_between).expect("the run ends");
    let until = |is: &dyn Fn(Event) -> bool| (cursor..between).any(|i| is(plain.event(i)));
    let of_task = |change| {
        let is_over = until(&|e| matches!(e, Event::Dropped { task: dropped, .. } if dropped == task));
        (!is_over).then_some((between, Event::Changed { change, task, timer: TimerId::NONE }))
    };
    match offered.kind {
        "lose" => match plain.event(cursor - 1) {
            Event::Woken { task: woken, by, .. } if woken == task => Some((cursor - 1, Event::WakeLost { task, by })),
            other => panic!("{offered:?} is offered at {other:?}"),
        },
        "wake" => of_task(Change::Wake),
        "drop" => of_task(Change::Drop),
        "next" => of_task(Change::Next),
        "fire" => {
            let digits = offered.change.rsplit(|c: char| !c.is_ascii_digit()).next().expect("there is a last part");
            let timer = TimerId(digits.parse().expect("it ends with a timer's number"));
            let is_over = until(&|e| match e {
                Event::TimerFired { timer: over, .. } | Event::TimerCancelled { timer: over, .. } => over == timer,
                _ => false,
            });
            (!is_over).then_some((between, Event::Changed { change: Change::Fire, task, timer }))
        }
        "panic" => {
            // It comes in a future that is polled; the last event may be the beginning of its poll.
            let stops = |e| matches!(e, Event::Entered { .. } | Event::PollEnded { .. });
            let at = next(cursor - 1, &stops).filter(|&i| matches!(plain.event(i), Event::Entered { .. }))?;
            Some((at + 1, Event::Changed { change: Change::Panic, task, timer: TimerId::NONE }))
        }
        other => panic!("{other} is no change"),
    }
}

/// What the change did instead of what it says, if it did something else.
fn fault(scenario: &Scenario, plain: &Trace, cursor: usize, offered: &WhatIf) -> Option<String> {
    let (at, event) = expected(plain, cursor, offered)?;
    let changed = run(scenario, &offered.change);
    let found = (at < changed.len()).then(|| changed.event(at));
    let parts = plain.first_difference(&changed);
    if changed.missed == 0 && found == Some(event) && parts == Some(at) {
        return None;
    }
    Some(format!(
        "{} {} at {cursor}: expected {event:?} at {at}, got {found:?}; the runs part at {parts:?}, {} changes missed",
        scenario.id, offered.change, changed.missed
    ))
}

/// Checks every wake that can be lost, and of the other offers so many, from all over the run.
fn check(scenario: &Scenario, most: usize) -> Vec<String> {
    let mut replay = Replay::new(run(scenario, ""));
    let plain = replay.trace().clone();
    let offers: Vec<(usize, WhatIf)> = (0..=plain.len())
        .flat_map(|cursor| replay.what_ifs(cursor).all.into_iter().map(move |offered| (cursor, offered)))
        .collect();
    let wakes = (0..plain.len()).filter(|&i| matches!(plain.event(i), Event::Woken { .. })).count();
    let (loses, others): (Vec<_>, Vec<_>) = offers.iter().partition(|(_, offered)| offered.kind == "lose");
    assert!(loses.len() <= wakes && (loses.is_empty() == (wakes == 0)), "{}", scenario.id);
    let some = others.iter().step_by(others.len() / most + 1);
    loses.iter().chain(some).filter_map(|(cursor, offered)| fault(scenario, &plain, *cursor, offered)).collect()
}

#[test]
fn change_that_is_offered_acts_where_it_is_offered() {
    let deterministic = scenarios().iter().filter(|s| s.info().kind == Kind::Deterministic);
    let faults: Vec<String> = deterministic.flat_map(|scenario| check(scenario, 100)).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
